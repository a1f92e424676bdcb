using System.Globalization;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;

namespace Symphony.Cli.Output.Html;

/// <summary>Who, when, where and how.</summary>
internal static class RunSection
{
    /// <summary>What two lines show.</summary>
    private const int LongestCommand = 200;

    public static Markup Write(EvidenceRun evidence)
    {
        var run = evidence.Run;
        var target = evidence.Bundles.Count > 0 ? evidence.Bundles[0].Target : null;
        var address = run.Port is { } port ? $"{run.Host}:{port}" : run.Host;
        return Markup.Of(
            $"""
            <section id="run" aria-labelledby="run-title">
            <h2 id="run-title">Run</h2>
            <dl class="facts">
            {Fact("Database", target?.Database)}
            {Fact("Server", Server(target) + (run.Standby ? ", a standby" : ""))}
            {Fact("Cluster", target?.SystemIdentifier)}
            {Fact("Address", address)}
            {Fact("Role", run.Role)}
            {Fact("Symphony", run.ToolVersion)}
            {Fact("Started", Time(run.Started))}
            {Fact("Ended", Time(run.Ended))}
            {Fact("Waivers judged at", Day(run.WaiverDate))}
            {Fact("Run", run.RunId)}
            {Fact("Mode", $"{run.Mode}, exit code {run.ExitCode}")}
            {Fact("Migrated to", run.Ledger?.Version)}
            {Fact("Commit", Commit(run.Git), "wide")}
            {Fact("Schema fingerprint", target?.SchemaFingerprint, "wide")}
            {Fact("Arguments", string.Join(' ', run.Argv), "wide")}
            {(run.ReproCommand is { } again ? Fact("Verify again", Command(again), "wide") : Markup.None)}
            </dl>
            {Errors(evidence.Bundles)}
            {Stages(run.Stages)}
            {Notes(run)}
            </section>
            """
        );
    }

    /// <summary>Such as <c>PostgreSQL 18.4</c>.</summary>
    public static string Server(TargetDocument? target) =>
        target is null or { ServerVersionNum: 0 }
            ? "an unknown server"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL {target.ServerVersionNum / 10000}.{target.ServerVersionNum % 10000}"
            );

    /// <summary>A time of the evidence as people read it; whatever else stands there, as it stands.</summary>
    public static Markup Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Markup.Of(
                $"<time datetime=\"{text}\">{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC</time>"
            )
            : Markup.Of($"{text}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Commit(GitState? git) =>
        git?.Commit is not { } commit
            ? null
            : git.Dirty switch
            {
                true => $"{commit}, with changes that are not in it",
                false => commit,
                null => $"{commit}; nobody could say whether with changes",
            };

    /// <summary>A command that names every invariant is long, and whoever wants it opens it.</summary>
    private static Markup Command(string command) =>
        command.Length <= LongestCommand
            ? Markup.Of($"{command}")
            : Markup.Of(
                $"<details><summary>{command[..command.LastIndexOf(' ', LongestCommand)]} …</summary>{command}</details>"
            );

    private static Markup Fact(string name, string? value, string width = "") =>
        Fact(name, value is null ? Markup.Of($"<span class=\"muted\">unknown</span>") : Markup.Of($"{value}"), width);

    private static Markup Fact(string name, Markup value, string width = "") =>
        Markup.Of($"<div class=\"{width}\"><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>");

    private static IEnumerable<Markup> Errors(IReadOnlyList<Bundle> bundles) =>
        from bundle in bundles
        where bundle.Error is not null
        select Markup.Of(
            $"<p class=\"note\" data-verdict=\"ERROR\"><strong>Not observed whole:</strong> {bundle.TaskId} {bundle.FailureSignature}: <bdi>{bundle.Error!.Message}</bdi> {bundle.Error.Sqlstate}</p>\n"
        );

    private static Markup Stages(IReadOnlyList<StageDocument> stages) =>
        stages.Count == 0
            ? Markup.None
            : Markup.Of(
                $"""
                <h3>Stages of the gate</h3>
                <div class="scroll" role="group" aria-label="Stages of the gate" tabindex="0"><table class="stages">
                <thead><tr><th scope="col">Stage</th><th scope="col">Result</th><th scope="col" class="number">ms</th><th scope="col">What it found</th></tr></thead>
                <tbody>{stages.Select(Stage)}</tbody>
                </table></div>
                """
            );

    private static Markup Stage(StageDocument stage) =>
        Markup.Of(
            $"<tr><th scope=\"row\">{stage.Name}</th><td>{Markup.Badge(stage.Result)}</td><td class=\"number\">{stage.DurationMs.ToString("N0", CultureInfo.InvariantCulture)}</td><td>{stage.Note}</td></tr>\n"
        );

    private static Markup Notes(RunDocument run)
    {
        var changes =
            run.Since is not { } since ? []
            : since.Changes.Count == 0
                ? [$"Since {since.Revision}, no invariant and no waiver was loosened, removed or changed."]
            : since.Changes.Select(change => $"Since {since.Revision}, {change}");
        var notes = run.WaiverNotes.Concat(changes).ToList();
        return notes.Count == 0
            ? Markup.None
            : Markup.Of(
                $"<h3>Notes</h3><ul class=\"notes\">{notes.Select(note => Markup.Of($"<li><bdi>{note}</bdi></li>"))}</ul>"
            );
    }
}
