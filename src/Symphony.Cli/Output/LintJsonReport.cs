using System.Text.Json;
using Symphony.Cli.Output.Reports;
using Symphony.Linting;
using Symphony.Linting.Rules;

namespace Symphony.Cli.Output;

/// <summary>
/// The findings as JSON: <c>{"findings": [{"rule", "severity", "file", "line", "statement", "message", "remedy"}]}</c>,
/// and beside them what is waived, what was judged, notes, and why judging ended early.
/// </summary>
internal static class LintJsonReport
{
    public static void Write(LintReport report, TextWriter output) =>
        JsonText.Write(
            output,
            writer =>
            {
                writer.WriteStartObject();
                Write(writer, "findings", report.Counting);
                Write(writer, "waived", report.Findings.Where(finding => finding.Waiver is not null));
                Write(writer, "judged", report.Judged.Select(file => file.Path));
                Write(writer, "notes", report.Notes);
                WriteFailure(writer, report.Failure);
                writer.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<FileFinding> findings)
    {
        writer.WriteStartArray(name);
        foreach (var entry in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", entry.Finding.Rule.Id);
            writer.WriteString("severity", Word(entry.Finding.Rule.Severity));
            writer.WriteString("file", entry.Path);
            writer.WriteNumber("line", entry.Line);
            writer.WriteString("statement", entry.Finding.Statement.Summary);
            writer.WriteString("about", entry.Finding.About);
            writer.WriteString("message", entry.Finding.Message);
            writer.WriteString("remedy", entry.Finding.Remedy);
            if (entry.Waiver is { } waiver)
            {
                writer.WriteString("reason", waiver.Reason);
                writer.WriteString("until", waiver.Until.ToString("yyyy-MM-dd", null));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter writer, UnobservedException? failure)
    {
        if (failure is null)
        {
            writer.WriteNull("error");
            return;
        }

        writer.WriteStartObject("error");
        writer.WriteString("message", failure.Message);
        writer.WriteString("found", failure.Found);
        writer.WriteString("next", failure.Next);
        writer.WriteEndObject();
    }

    public static string Word(LintSeverity severity) => severity == LintSeverity.Error ? "error" : "warning";
}
