using Symphony.Catalog;
using Symphony.Manifests;

namespace Symphony.Evidence.Reproduction;

/// <summary>Failing checks of one bundle that are to be packed together.</summary>
/// <param name="Failure">Its checks are these; its bundle holds the others, too.</param>
/// <param name="Invariants">One for each check, in their order.</param>
public sealed record PackedChecks(RecordedFailure Failure, IReadOnlyList<Invariant> Invariants)
{
    public int Count => Failure.Checks.Count;

    /// <summary>Those at the places for which <paramref name="keep"/> says so.</summary>
    public PackedChecks Where(Func<int, bool> keep) =>
        new(
            Failure with
            {
                Checks = [.. Failure.Checks.Where((_, i) => keep(i))],
            },
            [.. Invariants.Where((_, i) => keep(i))]
        );

    public PackedChecks None() => Where(_ => false);

    public PackedChecks And(PackedChecks others) =>
        new(
            Failure with
            {
                Checks = [.. Failure.Checks, .. others.Failure.Checks],
            },
            [.. Invariants, .. others.Invariants]
        );

    public PackedChecks With(CheckDocument check, Invariant invariant) =>
        new(Failure with { Checks = [.. Failure.Checks, check] }, [.. Invariants, invariant]);
}

/// <summary>A failing check that is not in the pack.</summary>
/// <param name="Reason">What was found instead of its failure.</param>
public sealed record LeftOutOfPack(CheckDocument Check, string Reason)
{
    /// <summary>What would make it fit to be packed, where somebody can do that.</summary>
    public string? Next { get; init; }
}

/// <summary>What of a failure a pack can show, and where.</summary>
/// <param name="Made">In an empty database, by <paramref name="Schema"/>.</param>
/// <param name="InRows">On the database itself alone: evidence holds no rows.</param>
/// <param name="LeftOut">Nowhere.</param>
/// <param name="Schema">What makes the broken state, as it was tried.</param>
/// <param name="Major">Of the server that it was tried on.</param>
public sealed record PackParts(
    PackedChecks Made,
    PackedChecks InRows,
    IReadOnlyList<LeftOutOfPack> LeftOut,
    Definitions Schema,
    int Major
);
