using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>Manifests and a database to a report: the order of the steps, and nothing else.</summary>
public static class VerificationRun
{
    /// <summary>
    /// Verifies on a session of its own. A database that cannot be observed gives a report of ERRORs, so that there
    /// is evidence of that too.
    /// </summary>
    /// <param name="invariants">What is to be verified.</param>
    /// <param name="target">Where the database is.</param>
    /// <param name="open">The session, perhaps already being opened while the manifests were read.</param>
    /// <param name="waivers">Judged at the run's date.</param>
    /// <param name="cancel">Ends the verification.</param>
    /// <param name="progress">Hears of the verdicts while the rest is still being read.</param>
    public static async Task<(Report Report, UnobservedException? Failure)> VerifyAsync(
        IReadOnlyList<Invariant> invariants,
        ConnectionTarget target,
        Task<CatalogSession> open,
        WaiverBook waivers,
        CancellationToken cancel,
        IVerificationProgress? progress = null
    )
    {
        try
        {
            await using var session = await open;
            return (await VerifyAsync(invariants, session, waivers, cancel, progress), null);
        }
        catch (UnobservedException failure)
        {
            var unknown = Target.Unknown with { Database = target.Database, Role = target.Username };
            return (Verifier.Unobserved(invariants, unknown, failure, waivers), failure);
        }
    }

    /// <summary>The report is of one moment: where definitions changed while they were read, they are read once more.</summary>
    /// <exception cref="UnobservedException">
    /// The rules' objects could not be read, or definitions changed the second time, too.
    /// </exception>
    public static async Task<Report> VerifyAsync(
        IReadOnlyList<Invariant> invariants,
        CatalogSession session,
        WaiverBook waivers,
        CancellationToken cancel,
        IVerificationProgress? progress = null
    )
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var report = await ReadAndJudgeAsync(invariants, session, waivers, progress, cancel);
            if (report.Error is not null || !await session.HasMovedOnAsync(cancel))
            {
                return report;
            }
        }

        throw new UnobservedException(
            "cannot read the catalog as of one moment",
            "definitions that stand still while they are read",
            "definitions that changed meanwhile, and again when they were read once more",
            "run again when the migration has ended"
        );
    }

    private static async Task<Report> ReadAndJudgeAsync(
        IReadOnlyList<Invariant> invariants,
        CatalogSession session,
        WaiverBook waivers,
        IVerificationProgress? progress,
        CancellationToken cancel
    )
    {
        var selectors = Plan.SelectorsOf(invariants);
        var matches = await session.MatchAsync(selectors, cancel);
        var planning = new PlanningAhead(invariants, ByReference(selectors, matches), session.Major);
        var judging = new JudgingAhead(planning, waivers, progress);
        var (results, snapshot) = await judging.FinishAsync(
            session.ReadAsync(await planning.ReadyAsync(), planning.QuestionsAsync(), judging.Take, cancel)
        );
        var plan = await planning.Whole;
        if (snapshot.Error is null && results.Any(result => result.IsWaiting))
        {
            snapshot = await ReadFormsAsync(session, snapshot, cancel);
            var statements = plan.Queries.Where(query => query.IsStatement);
            snapshot = await session.ReadStatementsAsync(snapshot, statements, cancel);
            Verifier.JudgeWaiting(plan, snapshot, results);
        }

        return judging.Report is { } judged && snapshot.Error is null
            ? judged with
            {
                Target = snapshot.Target,
            }
            : Verifier.Report(plan, snapshot, results, waivers);
    }

    /// <summary>Judges one check again, by the facts as they are now: what a change made of it.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    internal static async Task<CheckResult> JudgeAgainAsync(Plan plan, CatalogSession session, CancellationToken cancel)
    {
        var snapshot = await session.ReadFactsAsync([.. plan.Queries.Where(query => !query.IsStatement)], cancel);
        var results = Verifier.Judge(plan, snapshot);
        if (snapshot.Error is null && results.Any(result => result.IsWaiting))
        {
            if (snapshot.Forms.Wanted.Count > 0)
            {
                await session.ReadFormsAsync(snapshot.Forms, cancel);
            }

            var statements = plan.Queries.Where(query => query.IsStatement);
            snapshot = await session.ReadStatementsAsync(snapshot, statements, cancel);
            Verifier.JudgeWaiting(plan, snapshot, results);
        }

        return results.Single();
    }

    /// <summary>What the facts decided stays decided: only the checks that wait for a form are not observed.</summary>
    private static async Task<Snapshot> ReadFormsAsync(
        CatalogSession session,
        Snapshot snapshot,
        CancellationToken cancel
    )
    {
        if (snapshot.Forms.Wanted.Count == 0)
        {
            return snapshot;
        }

        try
        {
            await session.ReadFormsAsync(snapshot.Forms, cancel);
            return snapshot;
        }
        catch (UnobservedException failure)
        {
            return snapshot with
            {
                Error = new ObservationError($"{failure.Message}: {failure.Found}", failure.SqlState),
            };
        }
    }

    private static Dictionary<Selector, IReadOnlyList<Subject>> ByReference(
        IReadOnlyList<Selector> selectors,
        IReadOnlyList<IReadOnlyList<Subject>> matches
    ) => selectors.Zip(matches).ToDictionary(pair => pair.First, pair => pair.Second);
}
