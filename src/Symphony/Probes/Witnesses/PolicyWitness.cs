using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Policies;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Becomes each role of a policy, and meets rows that satisfy its condition and rows that do not.</summary>
internal static class PolicyWitness
{
    public static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        RowsAreGuarded claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var shape =
            await bench.Shapes.TableAsync(claim.Table, cancel)
            ?? throw new RowNotMadeException(
                $"there is no ordinary or partitioned table {claim.Table}",
                "Create it with the migration that owns it, or correct the name in the manifest.",
                null
            );
        // As the table's own policies are said of it: of a shadow they speak of other shadows.
        var asked = claim with
        {
            Using = claim.Using is { } found ? bench.Stage.Moved(found) : null,
            Check = claim.Check is { } written ? bench.Stage.Moved(written) : null,
        };
        var testimonies = new List<Testimony>();
        foreach (var role in claim.Roles)
        {
            testimonies.AddRange(
                await bench.Session.UndoAsync(() => OfRoleAsync(asked, role, shape, bench, cancel), cancel)
            );
        }

        return testimonies;
    }

    private static async Task<IReadOnlyList<Testimony>> OfRoleAsync(
        RowsAreGuarded claim,
        string? role,
        Shapes.TableShape shape,
        Workbench bench,
        CancellationToken cancel
    )
    {
        Testimony Inconclusive(string statement, Refusal? refusal) =>
            new(
                $"become {role ?? "any role"} and use {claim.Table}",
                TestimonyOutcome.Inconclusive,
                statement,
                refusal?.SqlState
            );
        var (actor, refusal) = await Actor.ChooseAsync(bench.Session, role, claim.Table, cancel);
        if (actor is null)
        {
            return [Inconclusive($"The probing role cannot become it: {Words.Of(refusal!)}.", refusal)];
        }

        var guard = (
            await bench.Shapes.ReadAsync(
                "Probes/Policies/guard.sql",
                [claim.Table.Schema, claim.Table.Name, actor.Role],
                GuardJson.Default.TableGuard,
                cancel
            )
        )!.Moved(bench.Stage.Moved);
        if (guard.ByOwnership && !await Preparation.IsOwnerAsync(bench, claim.Table, guard.Owner, cancel))
        {
            return
            [
                Inconclusive(
                    $"The probing role cannot give the shadow to the real table's owner. {guard.Exempt}",
                    null
                ),
            ];
        }

        await Preparation.GrantAsync(bench, actor, claim.Table, claim.Reads, claim.Functions, cancel);
        if (await Preparation.LiftAsync(bench, claim.Table, cancel) is not { } isLifted)
        {
            return [Inconclusive("Row security holds the probing role back, too, and it may not lift it.", null)];
        }

        var finder = await FinderAsync(claim, actor, guard, shape, bench, cancel);
        var deeds = new GuardDeeds(bench, claim, actor, isLifted);
        var testimonies = new List<Testimony>();
        foreach (var command in claim.Commands)
        {
            var trial = new PolicyTrial(claim, command, actor, guard, finder, deeds);
            testimonies.Add(await trial.TestifyAsync(cancel));
        }

        return testimonies;
    }

    private static async Task<CaseFinder> FinderAsync(
        RowsAreGuarded claim,
        Actor actor,
        TableGuard guard,
        Shapes.TableShape shape,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var own = new[] { claim.Using, claim.Check }.OfType<string>().Distinct().ToList();
        var texts = own.Concat(guard.Policies.SelectMany(policy => new[] { policy.Using, policy.WithCheck }))
            .OfType<string>()
            .Distinct()
            .ToList();
        var free = RowSolver.SourcesIn(shape, texts);
        var rows = new List<Draft>();
        for (var i = 0; i < 2; i++)
        {
            rows.Add(await RowAsync(claim.Table, free, bench, cancel));
        }

        var values = rows.SelectMany(row => free.Select(row.Values.GetValueOrDefault)).OfType<string>().Distinct();
        var bodies = await CalledBodies.ReadAsync(bench.Session, texts, cancel);
        var read = texts.Concat(bodies).ToList();
        var settings = SessionSettings.NamedIn(read);
        IReadOnlyList<SessionSettings> sessions =
            settings.Count == 0 ? [SessionSettings.None] : SessionSettings.ToTry(settings, read, [.. values]);
        sessions = await Groups.WithAsync(sessions, bench.Session, actor, claim.Table, read, cancel);
        var finder = new CaseFinder(bench, actor, shape, rows, free, sessions);
        var others = claim.Reads.Union(await CalledBodies.TablesAsync(bench.Session, bodies, cancel));
        var companions = new Companions(bench, actor, rows[0], own, [.. own, .. bodies], finder);
        await companions.InsertAsync([.. others.Where(table => table != claim.Table)], cancel);
        return finder;
    }

    /// <summary>With everything that conditions speak of, where the table takes it; otherwise as small as it is.</summary>
    private static async Task<Draft> RowAsync(
        ObjectName table,
        IReadOnlyList<string> filled,
        Workbench bench,
        CancellationToken cancel
    )
    {
        try
        {
            return await CaseFinder.StoredAsync(bench, table, RowWish.WithFilled(filled), cancel);
        }
        catch (RowNotMadeException)
        {
            return await CaseFinder.StoredAsync(bench, table, RowWish.Any, cancel);
        }
    }
}
