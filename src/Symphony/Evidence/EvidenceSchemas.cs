using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Symphony.Evidence;

/// <summary>The JSON Schemas (draft 2020-12) of the evidence documents, made from their records.</summary>
public static class EvidenceSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => DescriptionOf(context) is { } words ? Describe(schema, words) : schema,
    };

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

    private static string Text(JsonTypeInfo type, string title, string identifier)
    {
        var schema = (JsonObject)type.GetJsonSchemaAsNode(Options);
        schema["properties"]!["schema"]!["const"] = identifier;
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Describe(JsonNode schema, string words)
    {
        // The schema of anything is `true`, which has no place for words; an empty one means the same.
        var described = schema as JsonObject ?? [];
        described.Remove("description");
        described.Insert(0, "description", words);
        return described;
    }

    /// <summary>A property's words before those of its type.</summary>
    private static string? DescriptionOf(JsonSchemaExporterContext context) =>
        DescriptionAt(context.PropertyInfo?.AttributeProvider) ?? DescriptionAt(context.TypeInfo.Type);

    private static string? DescriptionAt(ICustomAttributeProvider? place) =>
        place?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute { Description: var words }] ? words : null;
}
