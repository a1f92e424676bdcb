using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Coverage;

/// <summary>A guard of the database, and the invariants that speak of it.</summary>
/// <param name="Invariants">Their ids, in order; none when nobody would notice that it is gone.</param>
/// <param name="Claim">An invariant that speaks of it, for a manifest's list; null where its kind asks for more than is read here.</param>
public sealed record CoveredGuard(Guard Guard, IReadOnlyList<string> Invariants, string? Claim);

/// <summary>What the invariants leave unsaid: the constraints, triggers, policies and functions that none is about.</summary>
public static class GuardCoverage
{
    /// <param name="ledger">The table that migrations keep for themselves.</param>
    /// <exception cref="UnobservedException">The catalog could not be read.</exception>
    public static async Task<IReadOnlyList<CoveredGuard>> FindAsync(
        IReadOnlyList<Invariant> invariants,
        ObjectName ledger,
        CatalogSession session,
        CancellationToken cancel
    )
    {
        var selectors = Plan.SelectorsOf(invariants);
        var matches = await session.MatchAsync(selectors, cancel);
        var plan = Plan.Compile(
            invariants,
            selectors.Zip(matches).ToDictionary(pair => pair.First, pair => pair.Second),
            session.Major
        );
        var rows = await session.ReadRowsAsync(
            VersionedSql.ReadWhole("Coverage/guards.sql"),
            [ledger.Schema, ledger.Name],
            cancel
        );
        return Match(plan, [.. rows.Select(row => (GuardOf(row), ClaimSnippet.Of(GuardOf(row), row[4], row[5])))]);
    }

    private static List<CoveredGuard> Match(Plan plan, IReadOnlyList<(Guard Guard, string? Claim)> guards)
    {
        var spoken = plan
            .Checks.SelectMany(check =>
                check.Invariant.Kind.Guards(check.Claim).Select(guard => (guard, check.Invariant.Id))
            )
            .ToLookup(pair => (pair.guard.Sort, pair.guard.Schema, pair.guard.Relation));
        return
        [
            .. guards.Select(found => new CoveredGuard(
                found.Guard,
                [
                    .. spoken[(found.Guard.Sort, found.Guard.Schema, found.Guard.Relation)]
                        .Where(pair => pair.guard.Covers(found.Guard))
                        .Select(pair => pair.Id)
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                ],
                found.Claim
            )),
        ];
    }

    private static Guard GuardOf(IReadOnlyList<string?> row) =>
        new(GuardSort.All.First(sort => sort.Text == row[0]), row[1], row[2], row[3]);
}
