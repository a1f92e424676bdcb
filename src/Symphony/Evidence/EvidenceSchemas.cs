using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Symphony.Manifests.Binding;

namespace Symphony.Evidence;

/// <summary>The JSON Schemas (draft 2020-12) of the evidence documents, made from their records.</summary>
public static class EvidenceSchemas
{
    private static readonly JsonSerializerOptions Layout = new(EvidenceJson.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Of a bundle; the same text every time.</summary>
    public static string OfBundle() => Text(EvidenceJson.Default.Bundle, "Symphony evidence bundle", Bundle.Identifier);

    /// <summary>Of a run.json; the same text every time.</summary>
    public static string OfRun() => Text(EvidenceJson.Default.RunDocument, "Symphony run", RunDocument.Identifier);

    /// <summary>Of a line of log.jsonl; the same text every time.</summary>
    public static string OfLogEntry() =>
        Text(EvidenceJson.Default.LogEntry, "Symphony log entry", Log.LogEntry.Identifier);

    /// <summary>Of a reports.json; the same text every time.</summary>
    public static string OfReports() =>
        Text(EvidenceJson.Default.ReportIndex, "Symphony reports of a run", Reports.ReportIndex.Identifier);

    private static string Text(JsonTypeInfo type, string title, string identifier)
    {
        var schema = JsonSchemas.Of(type).AsObject();
        schema["properties"]!["schema"]!["const"] = identifier;
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Layout) + "\n";
    }
}
