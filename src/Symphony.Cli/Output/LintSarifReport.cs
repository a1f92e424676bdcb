using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Symphony.Linting;
using Symphony.Linting.Rules;

namespace Symphony.Cli.Output;

/// <summary>Findings as SARIF 2.1.0: each rule with its help, each waiver as a suppression.</summary>
internal static class LintSarifReport
{
    public static void Write(LintReport report, TextWriter output)
    {
        using var json = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                json,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }
            )
        )
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer);
            WriteInvocation(writer, report);
            writer.WriteStartArray("results");
            foreach (var entry in report.Findings)
            {
                Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(json.ToArray()));
    }

    private static void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "symphony lint");
        writer.WriteStartArray("rules");
        foreach (var rule in RuleRegistry.Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            WriteText(writer, "shortDescription", rule.Condition);
            WriteText(writer, "fullDescription", rule.Effect);
            WriteText(writer, "help", rule.SafeWay);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A run that could not judge everything says so: no results would otherwise look like none to find.</summary>
    private static void WriteInvocation(Utf8JsonWriter writer, LintReport report)
    {
        writer.WriteStartArray("invocations");
        writer.WriteStartObject();
        writer.WriteBoolean("executionSuccessful", report.Failure is null);
        if (report.Failure is { } failure)
        {
            writer.WriteStartArray("toolExecutionNotifications");
            writer.WriteStartObject();
            writer.WriteString("level", "error");
            WriteText(writer, "message", $"{failure.Message}: {failure.Found}");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, FileFinding entry)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", entry.Finding.Rule.Id);
        writer.WriteString("level", LintJsonReport.Word(entry.Finding.Rule.Severity));
        WriteText(writer, "message", $"{entry.Finding.Message} {entry.Finding.Remedy}");
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString(
            "uri",
            Uri.EscapeDataString(entry.Path.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal)
        );
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", entry.Line);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (entry.Waiver is { } waiver)
        {
            writer.WriteStartArray("suppressions");
            writer.WriteStartObject();
            writer.WriteString("kind", "external");
            writer.WriteString("justification", waiver.Reason);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}
