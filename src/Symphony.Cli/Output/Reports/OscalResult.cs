using System.Globalization;
using System.Text.Json;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>The one result of a run: what was looked at, what was seen, and what follows.</summary>
internal sealed class OscalResult(Utf8JsonWriter json, EvidenceRun run)
{
    private static readonly DateOnly LastDay = new(2999, 12, 31);
    private static readonly Guid Tool = NameUuid.Of("tool", "symphony");

    public void Write()
    {
        var runId = run.Run.RunId;
        json.WriteStartObject();
        json.WriteString("uuid", NameUuid.Of("result", runId));
        json.WriteString("title", $"Invariants verified in run {runId}");
        json.WriteString("description", $"{run.Run.Verdict.Word()}: {Description()}");
        json.WriteString("start", run.Run.Started);
        json.WriteString("end", run.Run.Ended);
        Properties(
            ("verdict", run.Run.Verdict.Word()),
            ("exit-code", run.Run.ExitCode.ToString(CultureInfo.InvariantCulture)),
            ("mode", run.Run.Mode),
            ("commit", run.Run.Git?.Commit),
            ("tool-version", run.Run.ToolVersion)
        );
        WriteDefinitions();
        WriteReviewed();
        List("observations", run.Checks, item => WriteObservation(item.Bundle, item.Check));
        List("risks", run.Checks.Where(item => item.Check.Verdict != Verdict.Pass), item => WriteRisk(item.Check));
        List("findings", run.Checks.GroupBy(item => item.Check.Id), WriteFinding);
        json.WriteEndObject();
    }

    /// <summary>Counts, and what no check speaks of.</summary>
    private string Description()
    {
        var counts = run.Checks.CountBy(item => item.Check.Verdict).OrderBy(count => count.Key);
        return string.Join(
            ", ",
            counts
                .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key.Word()}"))
                .Concat(
                    run.Problems.Select(problem =>
                        $"{problem.Stage} {problem.Verdict.Word()}: {MarkdownText.Escape(problem.Note)}"
                    )
                )
        );
    }

    private void WriteDefinitions()
    {
        json.WriteStartObject("local-definitions");
        List(
            "components",
            Databases(),
            database => WriteComponent(database.Uuid, database.Title, "The database that was read.")
        );
        json.WriteStartObject("assessment-assets");
        List(
            "components",
            [Tool],
            tool => WriteComponent(tool, "Symphony", "Reads a database's catalog and judges it.")
        );
        json.WriteStartArray("assessment-platforms");
        json.WriteStartObject();
        json.WriteString("uuid", NameUuid.Of("platform", run.Run.Host));
        json.WriteString("title", "Where the run was started");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private IEnumerable<(Guid Uuid, string Title)> Databases() =>
        run
            .Bundles.Select(bundle => bundle.Target)
            .DistinctBy(Database)
            .Select(target => (Database(target), MarkdownText.Escape($"Database {target.Database ?? "unknown"}")));

    /// <summary>The same in every run against it.</summary>
    private static Guid Database(TargetDocument target) =>
        NameUuid.Of("database", target.SystemIdentifier, target.Database);

    private void WriteComponent(Guid uuid, string title, string description)
    {
        json.WriteStartObject();
        json.WriteString("uuid", uuid);
        json.WriteString("type", "software");
        json.WriteString("title", title);
        json.WriteString("description", description);
        json.WriteStartObject("status");
        json.WriteString("state", "operational");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteReviewed()
    {
        json.WriteStartObject("reviewed-controls");
        json.WriteStartArray("control-selections");
        json.WriteStartObject();
        json.WriteString("description", "The invariants that the manifests declare.");
        json.WriteStartObject("include-all");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteObservation(Bundle bundle, CheckDocument check)
    {
        json.WriteStartObject();
        json.WriteString("uuid", Observation(check));
        json.WriteString("title", MarkdownText.Escape($"{check.Id}: {ReportText.Subject(check)}"));
        json.WriteString("description", MarkdownText.Escape($"{check.Verdict.Word()}: {ReportText.Title(check)}"));
        Properties(
            ("task", bundle.TaskId),
            ("failure-signature", bundle.FailureSignature),
            ("invariant", check.Id),
            ("kind", check.Kind),
            ("severity", check.Severity.ToString()),
            ("verdict", check.Verdict.Word()),
            ("query-sha256", check.QuerySha256)
        );
        // The catalog is examined; where it was made to act, the database was tested.
        Strings("methods", check.Proof?.Behaviour is null ? ["EXAMINE"] : ["EXAMINE", "TEST"]);
        Strings("types", ["control-objective"]);
        WriteOrigin();
        json.WriteStartArray("subjects");
        json.WriteStartObject();
        json.WriteString("subject-uuid", Database(bundle.Target));
        json.WriteString("type", "component");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("relevant-evidence");
        json.WriteStartObject();
        json.WriteString("href", $"#{OscalReport.EvidenceOf(run.Run, bundle)}");
        json.WriteString("description", "The bundle that holds the claim, the facts and the query.");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("collected", run.Run.Started);
        json.WriteEndObject();
    }

    private void WriteOrigin()
    {
        json.WriteStartArray("origins");
        json.WriteStartObject();
        json.WriteStartArray("actors");
        json.WriteStartObject();
        json.WriteString("type", "tool");
        json.WriteString("actor-uuid", Tool);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteRisk(CheckDocument check)
    {
        json.WriteStartObject();
        json.WriteString("uuid", Risk(check));
        json.WriteString("title", MarkdownText.Escape($"{check.Id}: {ReportText.Subject(check)}"));
        json.WriteString("description", MarkdownText.Escape(ReportText.Explanation(check) ?? ReportText.Title(check)));
        json.WriteString(
            "statement",
            string.Join("\n\n", ReportText.Differences(check).Append(Because(check)).Select(MarkdownText.Escape))
        );
        Properties(("severity", check.Severity.ToString()), ("verdict", check.Verdict.Word()));
        json.WriteString("status", check.Waiver is null ? "open" : "deviation-approved");
        // The last day is still in force. OSCAL's times end with the year 2999: whoever waives for longer sets no deadline.
        if (check.Waiver is { } waiver && waiver.Expires < LastDay)
        {
            json.WriteString(
                "deadline",
                waiver.Expires.AddDays(1).ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture)
            );
        }

        WriteRemedy(check);
        WriteReference("related-observations", "observation-uuid", [Observation(check)]);
        json.WriteEndObject();
    }

    private static string Because(CheckDocument check) =>
        ReportText.Waiver(check) ?? check.Next ?? $"{check.Verdict.Word()} {ReportText.At(check)}";

    private void WriteRemedy(CheckDocument check)
    {
        if (check.Remedy.Count == 0)
        {
            return;
        }

        json.WriteStartArray("remediations");
        json.WriteStartObject();
        json.WriteString("uuid", Identify("remediation", check));
        json.WriteString("lifecycle", "recommendation");
        json.WriteString("title", "Restore the guarantee");
        json.WriteString("description", MarkdownText.SqlBlock(ReportText.Remedy(check)));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>An invariant is satisfied where every object that it is about holds; a waiver does not make it so.</summary>
    private void WriteFinding(IGrouping<string, (Bundle Bundle, CheckDocument Check)> invariant)
    {
        var checks = invariant.Select(item => item.Check).ToList();
        var open = checks.Where(check => check.Verdict != Verdict.Pass).ToList();
        json.WriteStartObject();
        json.WriteString("uuid", NameUuid.Of("finding", run.Run.RunId, invariant.Key));
        json.WriteString("title", MarkdownText.Escape(invariant.Key));
        json.WriteString("description", MarkdownText.Escape(ReportText.Title(checks[0])));
        WriteOrigin();
        json.WriteStartObject("target");
        json.WriteString("type", "objective-id");
        // A token begins with a letter, which an id need not.
        json.WriteString("target-id", $"invariant.{invariant.Key}");
        json.WriteStartObject("status");
        json.WriteString("state", open.Count == 0 ? "satisfied" : "not-satisfied");
        json.WriteString(
            "reason",
            open.Count == 0 ? "pass"
                : open.Exists(check => check.Verdict == Verdict.Fail) ? "fail"
                : "other"
        );
        json.WriteEndObject();
        json.WriteEndObject();
        WriteReference("related-observations", "observation-uuid", checks.Select(Observation));
        WriteReference("related-risks", "risk-uuid", open.Select(Risk));
        json.WriteEndObject();
    }

    private void WriteReference(string list, string name, IEnumerable<Guid> uuids) =>
        List(
            list,
            uuids,
            uuid =>
            {
                json.WriteStartObject();
                json.WriteString(name, uuid);
                json.WriteEndObject();
            }
        );

    private Guid Observation(CheckDocument check) => Identify("observation", check);

    private Guid Risk(CheckDocument check) => Identify("risk", check);

    private Guid Identify(string what, CheckDocument check) =>
        NameUuid.Of(what, run.Run.RunId, check.Id, check.Subject);

    /// <summary>A property has a value of one line without blanks around it, or is left out.</summary>
    private void Properties(params (string Name, string? Value)[] properties) =>
        List(
            "props",
            properties.Where(property => !string.IsNullOrWhiteSpace(property.Value)),
            property =>
            {
                json.WriteStartObject();
                json.WriteString("name", property.Name);
                json.WriteString("ns", "urn:symphony:evidence");
                json.WriteString("value", TerminalText.Escape(property.Value!).Trim());
                json.WriteEndObject();
            }
        );

    private void Strings(string name, IEnumerable<string> values) => List(name, values, json.WriteStringValue);

    /// <summary>No list of the format may be empty: one that would be is left out.</summary>
    private void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        all.ForEach(write);
        json.WriteEndArray();
    }
}
