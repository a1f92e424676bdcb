using System.Text.Json;
using Symphony.Cli.Output.Reports;
using Symphony.Linting;
using Symphony.Linting.Rules;

namespace Symphony.Cli.Output;

/// <summary>Findings as SARIF 2.1.0: each rule with its help, each waiver as a suppression.</summary>
internal static class LintSarifReport
{
    public static void Write(LintReport report, TextWriter output) =>
        Sarif.Write(output, json => WriteRun(json, report));

    private static void WriteRun(Utf8JsonWriter json, LintReport report)
    {
        WriteTool(json);
        WriteInvocation(json, report);
        json.WriteStartArray("results");
        foreach (var entry in report.Findings.Take(Sarif.MostResults))
        {
            Write(json, entry);
        }

        json.WriteEndArray();
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "symphony lint");
        json.WriteStartArray("rules");
        foreach (var rule in RuleRegistry.Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Sarif.WriteText(json, "shortDescription", rule.Condition);
            Sarif.WriteText(json, "fullDescription", rule.Effect);
            Sarif.WriteText(json, "help", rule.SafeWay);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A run that could not judge everything says so: no results would otherwise look like none to find.</summary>
    private static void WriteInvocation(Utf8JsonWriter json, LintReport report)
    {
        var omitted = report.Findings.Count - Sarif.MostResults;
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Failure is null);
        if (report.Failure is not null || omitted > 0)
        {
            json.WriteStartArray("toolExecutionNotifications");
            if (report.Failure is { } failure)
            {
                Sarif.WriteNotification(json, "error", $"{failure.Message}: {failure.Found}; {failure.Next}");
            }

            if (omitted > 0)
            {
                Sarif.WriteOmitted(json, omitted);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FileFinding entry)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", entry.Finding.Rule.Id);
        json.WriteString("level", LintJsonReport.Word(entry.Finding.Rule.Severity));
        Sarif.WriteMessage(json, $"{entry.Finding.Message} {entry.Finding.Remedy}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        Sarif.WritePlace(json, entry.Path.Replace('\\', '/'), uriBaseId: null, ("startLine", entry.Line));
        json.WriteEndObject();
        json.WriteEndArray();
        if (entry.Waiver is { } waiver)
        {
            Sarif.WriteSuppression(json, status: null, waiver.Reason);
        }

        json.WriteEndObject();
    }
}
