using System.Text.Json;

namespace Symphony.Cli.Output.Reports;

/// <summary>What every SARIF 2.1.0 (OASIS) file of ours has in common.</summary>
internal static class Sarif
{
    /// <summary>GitHub refuses a file with more results in one run.</summary>
    public const int MostResults = 25_000;

    private const int LongestMessage = 8_000;

    /// <summary>A document of one run.</summary>
    /// <param name="writeRun">Writes the members of the run.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> writeRun) =>
        JsonText.Write(
            output,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
                json.WriteString("version", "2.1.0");
                json.WriteStartArray("runs");
                json.WriteStartObject();
                writeRun(json);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>A message may hold links, [text](target) (section 3.11.6); what a database says is none.</summary>
    public static void WriteMessage(Utf8JsonWriter json, string text) =>
        WriteText(
            json,
            "message",
            ReportText.Shorten(text.Replace("](", "] (", StringComparison.Ordinal), LongestMessage)
        );

    public static void WriteNotification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteMessage(json, text);
        json.WriteEndObject();
    }

    /// <summary>Says how many results were left out.</summary>
    public static void WriteOmitted(Utf8JsonWriter json, int omitted) =>
        WriteNotification(
            json,
            "warning",
            $"{omitted} more results are not in this file: a run may have {MostResults}."
        );

    /// <summary>Where a result is, as members of a location.</summary>
    /// <param name="uriBaseId">What the path is relative to; null where that is not said.</param>
    public static void WritePlace(
        Utf8JsonWriter json,
        string path,
        string? uriBaseId,
        params IEnumerable<(string Name, int Value)> region
    )
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ReportText.Uri(path));
        if (uriBaseId is not null)
        {
            json.WriteString("uriBaseId", uriBaseId);
        }

        json.WriteEndObject();
        json.WriteStartObject("region");
        foreach (var (name, value) in region)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Somebody decided that the result does not count.</summary>
    /// <param name="status">Null where that is not said.</param>
    public static void WriteSuppression(Utf8JsonWriter json, string? status, string justification)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        if (status is not null)
        {
            json.WriteString("status", status);
        }

        json.WriteString("justification", justification);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
