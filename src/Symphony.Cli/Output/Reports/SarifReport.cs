using System.Text.Json;
using Symphony.Evidence;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS) for code scanning: what does not pass, each at the invariant that declares it. A waived failure
/// is there as suppressed, with who decided it; a run that is clean has no results.
/// </summary>
internal sealed class SarifReport : ReportFormat
{
    /// <summary>GitHub refuses a file with more results in one run.</summary>
    private const int MostResults = 25_000;

    private const int LongestMessage = 8_000;

    public override string Name => "sarif";

    public override string FileName => "results.sarif";

    public override void Write(EvidenceRun run, TextWriter output) =>
        JsonText.Write(
            output,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
                json.WriteString("version", "2.1.0");
                json.WriteStartArray("runs");
                WriteRun(json, run);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void WriteRun(Utf8JsonWriter json, EvidenceRun run)
    {
        var all = run.Checks.Where(item => item.Check.Verdict != Verdict.Pass).ToList();
        // The most severe first, otherwise in the order of the evidence: where a reader stops, the rest matters less.
        var shown = all.OrderBy(item => Rank(item.Check)).Take(MostResults).ToList();
        var rules = new SarifRules(run.Checks.Select(item => item.Check.Kind));
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Symphony");
        json.WriteString("version", run.Run.ToolVersion);
        rules.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        // The part before the last slash is the category under which code scanning compares runs.
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"symphony/{run.Run.RunId}");
        json.WriteEndObject();
        WriteInvocation(json, run, all.Count - shown.Count);
        WriteProperties(json, run.Run);
        json.WriteStartArray("results");
        var fingerprints = new SarifFingerprints();
        foreach (var (bundle, check) in shown)
        {
            WriteResult(json, bundle, check, rules, fingerprints);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, EvidenceRun run, int omitted)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", run.Run.ExitCode is 0 or 1);
        json.WriteNumber("exitCode", run.Run.ExitCode);
        json.WriteString("startTimeUtc", run.Run.Started);
        json.WriteString("endTimeUtc", run.Run.Ended);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var problem in run.Problems)
        {
            WriteNotification(json, "error", $"{problem.Stage}: {TerminalText.Escape(problem.Note)}");
        }

        foreach (var note in run.Run.WaiverNotes)
        {
            WriteNotification(json, "note", TerminalText.Escape(note));
        }

        if (omitted > 0)
        {
            WriteNotification(
                json,
                "warning",
                $"{omitted} more results are not in this file: a run may have {MostResults}."
            );
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteText(json, "message", Prose(text));
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, RunDocument run)
    {
        json.WriteStartObject("properties");
        json.WriteString("runId", run.RunId);
        json.WriteString("verdict", run.Verdict.Word());
        json.WriteString("commit", run.Git?.Commit);
        json.WriteEndObject();
    }

    private static void WriteResult(
        Utf8JsonWriter json,
        Bundle bundle,
        CheckDocument check,
        SarifRules rules,
        SarifFingerprints fingerprints
    )
    {
        json.WriteStartObject();
        json.WriteString("ruleId", check.Kind);
        json.WriteNumber("ruleIndex", rules.IndexOf(check.Kind));
        json.WriteString("level", Level(check));
        WriteText(json, "message", Prose(string.Join('\n', ReportText.Lines(bundle, check))));
        WriteLocation(json, check);
        fingerprints.Write(json, bundle, check);
        if (ReportText.Waiver(check) is { } waiver)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            json.WriteString("justification", waiver);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        json.WriteString("task", bundle.TaskId);
        json.WriteString("failureSignature", bundle.FailureSignature);
        json.WriteString("invariant", check.Id);
        json.WriteString("severity", check.Severity.ToString());
        json.WriteString("verdict", check.Verdict.Word());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, CheckDocument check)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ReportText.Uri(check.Location.Path));
        json.WriteString("uriBaseId", "%SRCROOT%");
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", check.Location.Line);
        json.WriteNumber("startColumn", check.Location.Column);
        json.WriteNumber("endLine", check.Location.EndLine);
        json.WriteNumber("endColumn", check.Location.EndColumn);
        json.WriteEndObject();
        json.WriteEndObject();
        if (check.Subject is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", ReportText.Subject(check));
            json.WriteString("kind", "object");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>What was not observed is never less than an error.</summary>
    private static string Level(CheckDocument check) =>
        check.Verdict == Verdict.Error || check.Severity <= Severity.P1 ? "error"
        : check.Severity == Severity.P2 ? "warning"
        : "note";

    private static int Rank(CheckDocument check) =>
        check.Verdict switch
        {
            Verdict.Waived => 10,
            Verdict.Error => 0,
            _ => 1,
        } + (int)check.Severity;

    /// <summary>A message may hold links, [text](target) (section 3.11.6); what a database says is none.</summary>
    private static string Prose(string text) =>
        ReportText.Shorten(text.Replace("](", "] (", StringComparison.Ordinal), LongestMessage);
}
