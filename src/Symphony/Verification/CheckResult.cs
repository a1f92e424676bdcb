using System.Text.Json;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>The verdict on one invariant and one subject, with everything that led to it.</summary>
public sealed record CheckResult
{
    public required Invariant Invariant { get; init; }

    /// <summary>The subject's name; null for a rule as a whole.</summary>
    public string? Subject { get; init; }

    public Claim? Claim { get; init; }

    /// <summary>The query that gave the fact; null when none was asked.</summary>
    public FactQuery? Query { get; init; }

    /// <summary>The fact as the server gave it; null when the subject does not exist or was not observed.</summary>
    public JsonElement? Observed { get; init; }

    /// <summary>What the claim requires of the fact, by path.</summary>
    public Requirements Expected { get; init; } = Requirements.None;

    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>The expressions that the server compared, with what it made of them.</summary>
    public IReadOnlyList<(RelationExpression Expression, NormalForm Form)> NormalForms { get; init; } = [];

    /// <summary>Why it is not a PASS, in sentences; null for a PASS.</summary>
    public string? Explanation { get; init; }

    /// <summary>What to do when there is no SQL for it; null otherwise.</summary>
    public string? Next { get; init; }

    /// <summary>SQL that restores the guarantee.</summary>
    public IReadOnlyList<string> Remedy { get; init; } = [];

    /// <summary>The server's code, when it refused.</summary>
    public string? SqlState { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>A statement's answer or a normal form was missing; the check is judged again once it was read.</summary>
    internal bool IsWaiting { get; init; }

    public Waiver? Waiver { get; init; }

    /// <summary>What the database did when it was made to act; null when it was not.</summary>
    public BehaviourWitness? Behaviour { get; init; }

    /// <summary>Whether the guarantee's loss would be noticed; null when that was not tried.</summary>
    public SabotageProof? Sabotages { get; init; }
}

/// <summary>Everything a run found out, in the order of invariants' ids and subjects.</summary>
/// <param name="Target">The database as it answered.</param>
/// <param name="Checks">Every verdict.</param>
/// <param name="Queries">The catalog queries that were asked.</param>
/// <param name="WaiverNotes">Waivers that had no effect, and why.</param>
/// <param name="Error">Why the run as a whole was not observed; null when it was.</param>
public sealed record Report(
    Target Target,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<FactQuery> Queries,
    IReadOnlyList<string> WaiverNotes,
    ObservationError? Error
)
{
    /// <summary>The same run with more known of its checks; what became a FAIL may be under a waiver.</summary>
    public Report With(IEnumerable<CheckResult> checks, WaiverBook waivers)
    {
        var judged = checks.Select(waivers.Apply).ToList();
        return this with { Checks = judged, WaiverNotes = waivers.Notes(judged) };
    }

    public int Count(Verdict verdict) => Checks.Count(check => check.Verdict == verdict);

    /// <summary>The worst verdict; ERROR when nothing was checked, for that proves nothing.</summary>
    public Verdict Verdict => Summarise(Checks, Error);

    public static Verdict Summarise(IReadOnlyList<CheckResult> checks, ObservationError? error) =>
        checks.Count == 0
            ? Verdict.Error
            : (Verdict)
                Math.Max((int)checks.Max(check => check.Verdict), (int)(error is null ? Verdict.Pass : Verdict.Error));
}
