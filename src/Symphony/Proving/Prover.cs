using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Proving;

/// <summary>How far a proof has come.</summary>
/// <param name="Checks">The checks whose sabotages have all been tried.</param>
public readonly record struct ProvingProgress(int Checks, int Of);

/// <summary>
/// Takes every guarantee away on purpose, one change at a time, and looks whether the verifier notices. Each change
/// has its own savepoint in one transaction that is rolled back; only the check that it is about is judged again.
/// </summary>
public sealed class Prover(
    RolledBackSession session,
    IReadOnlyList<RowRecipe> recipes,
    IProgress<ProvingProgress>? progress = null
)
{
    private static readonly Dictionary<Selector, IReadOnlyList<Subject>> NoMatches = [];

    /// <summary>The changes to what a probe rests on are changes to tables.</summary>
    private readonly Prober _prober = new(session, ProbeMode.Direct, recipes);

    /// <summary>The report with what was proven of each check that holds. One that does not hold has nothing to lose.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<Report> ProveAsync(Report report, WaiverBook waivers, CancellationToken cancel)
    {
        var proven = new List<CheckResult>(report.Checks.Count);
        foreach (var check in report.Checks)
        {
            proven.Add(await ProveAsync(check, cancel));
            progress?.Report(new ProvingProgress(proven.Count, report.Checks.Count));
        }

        return report.With(proven, waivers);
    }

    private async Task<CheckResult> ProveAsync(CheckResult check, CancellationToken cancel)
    {
        if (check.Verdict != Verdict.Pass || check.Claim is not { } claim)
        {
            return check;
        }

        var plan = Plan.Compile([check.Invariant with { Claim = claim, Rule = null }], NoMatches, session.Major);
        var trials = new List<SabotageTrial>();
        foreach (
            var sabotage in check
                .Invariant.Kind.Sabotages(claim)
                .Where(sabotage => !sabotage.Harmless && sabotage.AppliesTo(session.Major))
        )
        {
            IReadOnlyList<string> statements = sabotage.NeedsCatalogWrite
                ? ["SET LOCAL allow_system_table_mods = on", .. sabotage.Statements]
                : sabotage.Statements;
            trials.Add(
                await session.UndoAsync(statements, refusal => TryAsync(sabotage, refusal, plan, cancel), cancel)
            );
        }

        return new SabotageProof(trials).Conclude(check);
    }

    private async Task<SabotageTrial> TryAsync(Sabotage sabotage, Refusal? refusal, Plan plan, CancellationToken cancel)
    {
        if (refusal is not null)
        {
            return new SabotageTrial(sabotage, TrialOutcome.NotApplicable, null, refusal.Message, refusal.SqlState);
        }

        var judged = await JudgeAsync(plan, cancel);
        var outcome =
            judged.Verdict != Verdict.Pass ? TrialOutcome.Detected
            : sabotage.Speculative ? TrialOutcome.Unaffected
            : TrialOutcome.Survived;
        return new SabotageTrial(sabotage, outcome, judged.Verdict, judged.Explanation, null);
    }

    private async Task<CheckResult> JudgeAsync(Plan plan, CancellationToken cancel)
    {
        if (!plan.Checks[0].Invariant.Kind.IsBehavioural)
        {
            await using var once = session.LookOnce();
            return await VerificationRun.JudgeAgainAsync(plan, once, cancel);
        }

        CheckResult judged;
        await using (var look = await session.LookAsync(cancel))
        {
            judged = await VerificationRun.JudgeAgainAsync(plan, look, cancel);
        }

        // The catalog alone has nothing to say of such a claim; of all others it must notice by itself.
        _prober.ForgetTables();
        return await _prober.ProbeAsync(judged, cancel);
    }
}
