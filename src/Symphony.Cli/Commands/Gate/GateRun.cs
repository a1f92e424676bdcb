using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Manifests;
using Symphony.Servers;
using Symphony.Verification;

namespace Symphony.Cli.Commands.Gate;

/// <summary>What the stages of one gate hand on to each other, and how each of them ended.</summary>
internal sealed class GateRun(CliContext context, GateRequest request) : IAsyncDisposable
{
    private readonly List<StageResult> _results = [];

    public CliContext Context { get; } = context;

    public GateRequest Request { get; } = request;

    public IReadOnlyList<StageResult> Results => _results;

    public ManifestSet? Manifests { get; set; }

    public IReadOnlyList<Invariant> Selected { get; set; } = [];

    /// <summary>The fresh server; null when a given database is gated.</summary>
    public EphemeralServer? Server { get; set; }

    public ConnectionTarget? Target { get; set; }

    /// <summary>The first failure: what went wrong before anything else could.</summary>
    public StageResult? FirstFailure => _results.FirstOrDefault(result => result.Outcome is { Exit: not ExitCode.Ok });

    /// <summary>Bad input, then a FAIL, then an ERROR: the same order as for one verification.</summary>
    public ExitCode Exit =>
        new[] { ExitCode.BadInput, ExitCode.Failed, ExitCode.Unobserved }.FirstOrDefault(code =>
            _results.Exists(result => result.Outcome?.Exit == code)
        );

    public StageResult? Result(string stage) => _results.Find(result => result.Name == stage);

    /// <summary>Whether the stage was run and ended well.</summary>
    public bool HasPassed(string stage) =>
        _results.Exists(result => result.Name == stage && result.Outcome is { Exit: ExitCode.Ok });

    public async Task RunAsync(GateStage stage, StageSelection selection, CancellationToken cancel)
    {
        if (!selection.Includes(stage.Name))
        {
            _results.Add(new StageResult(stage.Name, null, TimeSpan.Zero, selection.Reason(stage.Name)));
            return;
        }

        if (stage.Needs.FirstOrDefault(needed => !HasPassed(needed)) is { } missing)
        {
            _results.Add(new StageResult(stage.Name, null, TimeSpan.Zero, $"{missing} has not passed"));
            return;
        }

        var began = Context.Clock.GetTimestamp();
        StageOutcome outcome;
        try
        {
            outcome = await stage.RunAsync(this, cancel);
        }
        catch (SymphonyException failure)
        {
            CommandLine.Report(failure, Context);
            outcome = StageOutcome.Of(failure);
        }

        Add(stage.Name, outcome, Context.Clock.GetElapsedTime(began));
    }

    public void Skip(string stage, StageSelection selection, string reason) =>
        _results.Add(
            new StageResult(stage, null, TimeSpan.Zero, selection.Includes(stage) ? reason : selection.Reason(stage))
        );

    /// <summary>The verification is over: the last stages, and what the gate as a whole says.</summary>
    public (IReadOnlyList<StageDocument> Stages, ExitCode Exit) Conclude(
        StageSelection selection,
        Report report,
        ExitCode verified,
        TimeSpan elapsed,
        TrialStages trials
    )
    {
        var counts = string.Join(
            ", ",
            Enum.GetValues<Verdict>().Select(verdict => $"{report.Count(verdict)} {verdict.Word()}")
        );
        var blocking = report.Checks.FirstOrDefault(check => check.Verdict is Verdict.Fail or Verdict.Error);
        var first =
            verified == ExitCode.Ok || blocking is null
                ? ""
                : $": {blocking.Invariant.Task} {blocking.Invariant.FailureSignature} {blocking.Invariant.Id}";
        Add("verify", new StageOutcome(verified, counts + first), elapsed);
        if (ProbesOf(report, verified) is { } probes)
        {
            Add("probe", probes, trials.Probing);
        }

        if (ProofOf(report) is { } proof)
        {
            Add("prove", proof, trials.Proving);
        }
        else
        {
            Skip("prove", selection, "the database is not the gate's own");
        }

        if (selection.Includes("tasks"))
        {
            Add(
                "tasks",
                TaskCheck.Of(Context, Request.Invariants, Manifests!, Selected, report, verified),
                TimeSpan.Zero
            );
        }
        else
        {
            Skip("tasks", selection, "");
        }

        return ([.. _results.Select(result => result.ToDocument())], Exit);
    }

    /// <summary>Null when the database was not made to act. How, <c>--probe</c> says: they are no stage of their own to choose.</summary>
    private static StageOutcome? ProbesOf(Report report, ExitCode verified)
    {
        var heard = report
            .Checks.Select(check => check.Behaviour)
            .OfType<BehaviourWitness>()
            .SelectMany(witness => witness.Testimonies)
            .ToList();
        var contradicted = heard.Count(testimony => testimony.Outcome == TestimonyOutcome.Contradicted);
        var unobserved = heard.Count(testimony => testimony.Outcome == TestimonyOutcome.Unobserved);
        return heard.Count == 0
            ? null
            : new StageOutcome(
                // What they found is in the verdicts, where waivers and --fail-on have been heard: it is no worse than those.
                contradicted + unobserved
                > 0
                    ? verified
                    : ExitCode.Ok,
                $"{heard.Count} probe{(heard.Count == 1 ? "" : "s")}, {heard.Count(testimony => testimony.Outcome == TestimonyOutcome.Confirmed)} confirmed, {contradicted} contradicted"
                    + (unobserved > 0 ? $", {unobserved} unobserved" : "")
            );
    }

    /// <summary>Null when no guarantee was taken away on purpose.</summary>
    private static StageOutcome? ProofOf(Report report)
    {
        var proofs = report.Checks.Select(check => check.Sabotages).OfType<SabotageProof>().ToList();
        var survived = proofs.Sum(proof => proof.Count(TrialOutcome.Survived));
        return proofs.Count == 0
            ? null
            : new StageOutcome(
                survived == 0 ? ExitCode.Ok : ExitCode.Failed,
                $"{proofs.Sum(proof => proof.Count(TrialOutcome.Detected))} sabotages detected, {survived} survived"
            );
    }

    private void Add(string stage, StageOutcome outcome, TimeSpan elapsed) =>
        _results.Add(new StageResult(stage, outcome, elapsed));

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
