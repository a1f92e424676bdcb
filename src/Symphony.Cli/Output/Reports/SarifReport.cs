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
    public override string Name => "sarif";

    public override string FileName => "results.sarif";

    public override void Write(EvidenceRun run, TextWriter output) => Sarif.Write(output, json => WriteRun(json, run));

    private static void WriteRun(Utf8JsonWriter json, EvidenceRun run)
    {
        var all = run.Checks.Where(item => item.Check.Verdict != Verdict.Pass).ToList();
        // The most severe first, otherwise in the order of the evidence: where a reader stops, the rest matters less.
        var shown = all.OrderBy(item => Rank(item.Check)).Take(Sarif.MostResults).ToList();
        var rules = new SarifRules(run.Checks.Select(item => item.Check.Kind));
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
            Sarif.WriteNotification(json, "error", $"{problem.Stage}: {TerminalText.Escape(problem.Note)}");
        }

        foreach (var note in run.Run.WaiverNotes)
        {
            Sarif.WriteNotification(json, "note", TerminalText.Escape(note));
        }

        if (omitted > 0)
        {
            Sarif.WriteOmitted(json, omitted);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
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
        Sarif.WriteMessage(json, string.Join('\n', ReportText.Lines(bundle, check)));
        WriteLocation(json, check);
        fingerprints.Write(json, bundle, check);
        if (ReportText.Waiver(check) is { } waiver)
        {
            Sarif.WriteSuppression(json, "accepted", waiver);
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
        Sarif.WritePlace(
            json,
            check.Location.Path,
            "%SRCROOT%",
            ("startLine", check.Location.Line),
            ("startColumn", check.Location.Column),
            ("endLine", check.Location.EndLine),
            ("endColumn", check.Location.EndColumn)
        );
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
}
