using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Evidence.Signing;
using Symphony.Manifests;
using Symphony.Manifests.Changes;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>What one verification is about.</summary>
internal sealed record VerifyRequest(ConnectionTarget Target, ManifestSet Manifests, IReadOnlyList<Invariant> Selected)
{
    public required string EvidenceFolder { get; init; }

    public required Severity FailOn { get; init; }

    public required bool Json { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The command that shows a failure again.</summary>
    public string Command { get; init; } = "verify";

    /// <summary>The options that the command which shows a failure again needs.</summary>
    public required string Again { get; init; }

    /// <summary><c>verify</c> or <c>gate</c>, for the run document.</summary>
    public required string Mode { get; init; }

    /// <summary>Signs the evidence, and holds its log against a checkpoint; null when nobody asked for it.</summary>
    public EvidenceSeal? Seal { get; init; }

    /// <summary>What became of the manifests since a revision; null when nobody asked.</summary>
    public ChangesSince? Since { get; init; }

    /// <summary>The views of the evidence that were asked for.</summary>
    public IReadOnlyList<ReportTarget> Reports { get; init; } = [];

    /// <summary>When the run began, on the context's clock.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What was done before the verification: milliseconds by phase.</summary>
    public IReadOnlyDictionary<string, long> DurationsMs { get; init; } = new Dictionary<string, long>();

    /// <summary>Of a gate: what its stages were, and what it says as a whole, once the verification has ended.</summary>
    public Func<
        Report,
        ExitCode,
        TimeSpan,
        TrialStages,
        (IReadOnlyList<StageDocument> Stages, ExitCode Exit)
    >? Conclude { get; init; }

    /// <summary>For what follows the catalog's word; the catalog's own session is opened with its own.</summary>
    public SessionLimits Limits { get; init; } = SessionLimits.Default;

    /// <summary>Whether the database is made to act, and where.</summary>
    public ProbeMode Probe { get; init; }

    /// <summary>What the schema's fingerprint covers: what the session was opened with.</summary>
    public FingerprintScope Fingerprint { get; init; }

    /// <summary>Whether every guarantee is taken away on purpose.</summary>
    public bool Prove { get; init; }
}

/// <summary>Verify, write evidence, tell: the same for <c>verify</c> and <c>gate</c>.</summary>
internal sealed class VerifyFlow(CliContext context)
{
    public async Task<ExitCode> RunAsync(VerifyRequest request, Task<CatalogSession> open, CancellationToken cancel)
    {
        // A folder that cannot be written is told before the database is asked anything.
        var store = EvidenceStore.Open(request.EvidenceFolder);
        request.Seal?.RequireConsistent(store.Root);
        var git = GitRepository.ObserveAsync(context.WorkingDirectory, request.EvidenceFolder, cancel);

        using var ahead = new EvidenceAhead(store, RunId.Create(request.Started), request.Manifests, request.Selected);
        var began = context.Clock.GetTimestamp();
        var waivers = new WaiverBook(request.Manifests.Waivers, DateOnly.FromDateTime(request.Started.UtcDateTime));
        var (report, failure) = await VerificationRun.VerifyAsync(
            request.Selected,
            request.Target,
            open,
            waivers,
            cancel,
            // What follows the catalog's word makes other checks of them.
            request is { Probe: ProbeMode.Off, Prove: false }
                ? ahead
                : null
        );
        var verified = context.Clock.GetElapsedTime(began);
        if (ServerVersions.Warning(report.Target.ServerVersionNum) is { } warning)
        {
            await context.Error.WriteLineAsync($"symphony: {warning}");
        }

        var trials = new TrialStages(context, request);
        (report, var second) = await trials.RunAsync(report, waivers, cancel);
        failure ??= second;
        var (stages, exit) =
            request.Conclude?.Invoke(report, ExitFor(report, request.FailOn), verified, trials)
            ?? ([], ExitFor(report, request.FailOn));
        var durations = new Dictionary<string, long>([
            .. request.DurationsMs,
            .. stages
                .Where(stage => stage.Name != "verify" && stage.Result != "SKIPPED")
                .Select(stage => KeyValuePair.Create(stage.Name, stage.DurationMs)),
        ])
        {
            ["verify"] = (long)verified.TotalMilliseconds,
        };
        foreach (var (stage, milliseconds) in trials.DurationsMs)
        {
            durations[stage] = milliseconds;
        }

        var run = await WriteEvidenceAsync(
            store,
            request,
            report,
            git,
            waivers.Today,
            durations,
            stages,
            exit,
            ahead,
            cancel
        );
        var (files, unwritten) = new ReportWriter(context).HoldAndWrite(
            request.Reports,
            store.FullPath(EvidenceStore.RunFolder(run.RunId)),
            request.Seal?.Key,
            cancel
        );
        Tell(store, request, report, run, files, verified, trials);
        foreach (var one in new[] { failure, unwritten }.OfType<SymphonyException>())
        {
            CommandLine.Report(one, context);
        }

        // Who asked for a report may look at nothing else: one that is missing is never a success.
        return unwritten is not null && exit == ExitCode.Ok ? ExitCode.Unobserved : exit;
    }

    /// <summary>1 for a FAIL that blocks; 2 for an ERROR, or when nothing was checked; 0 otherwise.</summary>
    internal static ExitCode ExitFor(Report report, Severity failOn) =>
        report.Checks.Any(check => check.Verdict == Verdict.Fail && check.Invariant.Severity <= failOn)
            ? ExitCode.Failed
        : report.Checks.Count == 0 || report.Error is not null || report.Count(Verdict.Error) > 0 ? ExitCode.Unobserved
        : ExitCode.Ok;

    private Task<RunDocument> WriteEvidenceAsync(
        EvidenceStore store,
        VerifyRequest request,
        Report report,
        Task<GitState?> git,
        DateOnly waiverDate,
        IReadOnlyDictionary<string, long> durations,
        IReadOnlyList<StageDocument> stages,
        ExitCode exit,
        EvidenceAhead ahead,
        CancellationToken cancel
    )
    {
        var info = new RunInfo
        {
            RunId = ahead.RunId,
            Started = request.Started,
            DurationsMs = durations,
            Stages = stages,
            Git = git,
            Host = request.Target.Host,
            Port = request.Target.Port,
            Arguments = request.Arguments,
            ReproCommand = Reproduction.Of(request.Command, request.Selected, request.Manifests, request.Again),
            Mode = request.Mode,
            Since = request.Since,
            Fingerprint = request.Fingerprint,
            WaiverDate = waiverDate,
            ExitCode = (int)exit,
        };
        return new EvidenceWriter(store, context.Clock) { Seal = request.Seal, Ahead = ahead }.WriteAsync(
            report,
            request.Manifests,
            request.Selected,
            info,
            cancel
        );
    }

    private void Tell(
        EvidenceStore store,
        VerifyRequest request,
        Report report,
        RunDocument run,
        IReadOnlyList<string> reports,
        TimeSpan elapsed,
        TrialStages trials
    )
    {
        if (request.Json)
        {
            JsonReport.Write(run, store, context.Output);
            return;
        }

        var text = new TextReport(context.Output, new Style(context.Colour)) { WaiverDate = run.WaiverDate };
        text.Write(report, check => Reproduction.Of(request.Command, check, request.Again));
        foreach (var bundle in run.Bundles)
        {
            context.Output.WriteLine(
                $"evidence  {Path.GetRelativePath(context.WorkingDirectory, Path.Combine(request.EvidenceFolder, bundle.Path))}"
            );
        }

        foreach (var file in reports)
        {
            context.Output.WriteLine(
                TerminalText.Escape($"report    {Path.GetRelativePath(context.WorkingDirectory, file)}")
            );
        }

        if (request.Since is { } since)
        {
            text.WriteChanges(since);
        }

        if (request.Seal?.Key is { } key)
        {
            context.Output.WriteLine($"signed    by {key.Public.Id}");
        }

        text.WriteSummary(report, elapsed);
        var proof = new ProofReport(context.Output, new Style(context.Colour));
        proof.WriteProbes(report, trials.Probing);
        proof.WriteSummary(report, trials.Proving, details: request.Command == "prove");
    }
}
