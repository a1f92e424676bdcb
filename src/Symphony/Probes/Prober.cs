using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shadows;
using Symphony.Probes.Shapes;
using Symphony.Probes.Witnesses;
using Symphony.Verification;

namespace Symphony.Probes;

/// <summary>
/// Makes the database act on what it is claimed to do, and hears it as a second witness beside the catalog. Every
/// probe has a savepoint of its own in one transaction that is rolled back.
/// </summary>
public sealed class Prober(RolledBackSession session, ProbeMode mode, IReadOnlyList<RowRecipe> recipes)
{
    /// <summary>What a row looks like stays the same while only rows are written, and those are rolled back.</summary>
    private readonly ShapeReader _shapes = new(session);

    private ShadowPlanner? _shadows;

    private ShadowPlanner Planner => _shadows ??= new ShadowPlanner(session, _shapes, recipes);

    /// <summary>The report with the second witness heard on every check that speaks of writes.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<Report> ProbeAsync(Report report, WaiverBook waivers, CancellationToken cancel)
    {
        var heard = new CheckResult[report.Checks.Count];
        // A setting of a user's own that was set once is never unset again in a session, only empty: who sets some is
        // heard last, so that nobody else's row depends on who came before.
        foreach (var i in Enumerable.Range(0, heard.Length).OrderBy(i => Sets(report.Checks[i])))
        {
            heard[i] = await ProbeAsync(report.Checks[i], cancel);
        }

        return report.With(heard, waivers);
    }

    /// <summary>One check. What is not there cannot act, and what was waived has been decided.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<CheckResult> ProbeAsync(CheckResult check, CancellationToken cancel)
    {
        if (check is not { Claim: { } claim, Observed: not null } || check.Verdict == Verdict.Waived)
        {
            return check;
        }

        var testimonies = new List<Testimony>();
        foreach (var behaviour in check.Invariant.Kind.Behaviours(claim))
        {
            testimonies.AddRange(await HearApartAsync(behaviour, cancel));
        }

        return testimonies.Count == 0
            ? check
            : new BehaviourWitness(mode == ProbeMode.Shadow ? "shadow" : "direct", testimonies).Conclude(check);
    }

    /// <summary>Tables have been changed since they were looked at; types have not.</summary>
    internal void ForgetTables() => _shapes.ForgetTables();

    private async Task<IReadOnlyList<Testimony>> HearApartAsync(Behaviour behaviour, CancellationToken cancel)
    {
        try
        {
            return await session.UndoAsync(() => HearAsync(behaviour, cancel), cancel);
        }
        catch (UnobservedException lost) when (lost.IsSessionLost && session.IsIdle)
        {
            return
            [
                new Testimony(
                    $"write to {behaviour.Table}",
                    TestimonyOutcome.Unobserved,
                    "the server failed with an internal error, which ended the session.",
                    Next: "Look the error up in the server's log; it is a defect of the server, of an extension or of an operator class."
                ),
            ];
        }
    }

    private async Task<IReadOnlyList<Testimony>> HearAsync(Behaviour behaviour, CancellationToken cancel)
    {
        try
        {
            var stage =
                mode == ProbeMode.Shadow && behaviour is not RoleIsHeld
                    ? await new ShadowTables(session, Planner).CastAsync(behaviour, cancel)
                    : Stage.Real;
            var bench = new Workbench(session, _shapes, stage, new RowRecipes(recipes), mode);
            var testimonies = await TestifyAsync(behaviour, bench, cancel);
            return stage.Doubt is { } doubt
                ? [.. testimonies.Select(heard => Doubted(heard, doubt, behaviour))]
                : testimonies;
        }
        catch (RowNotMadeException failure)
        {
            var what = $"write an ordinary row of {behaviour.Table}";
            var blind = failure.IsByTrigger && mode == ProbeMode.Shadow;
            return
            [
                failure.IsSwallowed
                    ? new Testimony(what, TestimonyOutcome.Contradicted, $"{Sentence(failure.Message)}.")
                : blind && behaviour is not Scenario
                    ? new Testimony(
                        what,
                        TestimonyOutcome.Inconclusive,
                        $"A shadow cannot show it, for a trigger that puts its SQL together itself or reads a view looks for rows in the real tables: {failure.Message}.",
                        failure.SqlState
                    )
                : new Testimony(
                    what,
                    TestimonyOutcome.Unobserved,
                    $"{failure.Message}.",
                    failure.SqlState,
                    blind
                        ? "A trigger that puts its SQL together itself or reads a view looks for rows in the real tables, not in their shadows: probe it with --probe direct on a database of your own, or by `symphony gate`."
                        : failure.Next
                ),
            ];
        }
    }

    private static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        Behaviour behaviour,
        Workbench bench,
        CancellationToken cancel
    ) =>
        behaviour switch
        {
            NullIsRefused claim => [await NullWitness.TestifyAsync(claim, bench, cancel)],
            ViolationIsRefused claim => [await ViolationWitness.TestifyAsync(claim, bench, cancel)],
            ConflictIsRefused claim => [await ConflictWitness.TestifyAsync(claim, bench, cancel)],
            DuplicateIsRefused claim => [await DuplicateWitness.TestifyAsync(claim, bench, cancel)],
            OrphanIsRefused claim => await OrphanWitness.TestifyAsync(claim, bench, cancel),
            NullIsFilled claim => await FillWitness.TestifyAsync(claim, bench, cancel),
            ChangeIsRefused claim => [await ChangeWitness.TestifyAsync(claim, bench, cancel)],
            RoleIsHeld claim => await RoleWitness.TestifyAsync(claim, bench, cancel),
            RowsAreGuarded claim => await PolicyWitness.TestifyAsync(claim, bench, cancel),
            RowSecurityBinds claim => await RowSecurityWitness.TestifyAsync(claim, bench, cancel),
            Scenario claim => [await ScenarioWitness.TestifyAsync(claim, bench, cancel)],
            _ => throw new InvalidOperationException($"No witness knows {behaviour.GetType().Name}."),
        };

    /// <summary>Nothing is concluded from what the real tables may not do; a scenario has no other witness.</summary>
    private static Testimony Doubted(Testimony heard, string doubt, Behaviour behaviour) =>
        heard.Outcome == TestimonyOutcome.Unobserved
            ? heard
            : new Testimony(
                heard.Probe,
                behaviour is Scenario ? TestimonyOutcome.Unobserved : TestimonyOutcome.Inconclusive,
                doubt,
                heard.SqlState,
                behaviour is Scenario
                    ? "Probe it with --probe direct on a database of your own, or by `symphony gate`; or grant the function's owner what is missing."
                    : null
            );

    private static bool Sets(CheckResult check) =>
        check.Claim is { } claim && check.Invariant.Kind.Behaviours(claim).OfType<RowsAreGuarded>().Any();

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
