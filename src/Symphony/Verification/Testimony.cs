namespace Symphony.Verification;

/// <summary>What the database's own deeds say of a claim.</summary>
public enum TestimonyOutcome
{
    /// <summary>It did as claimed.</summary>
    Confirmed,

    /// <summary>It did otherwise.</summary>
    Contradicted,

    /// <summary>Something else came first, so that this deed shows nothing; the catalog's word stands.</summary>
    Inconclusive,

    /// <summary>It could not be made to act.</summary>
    Unobserved,
}

public static class TestimonyOutcomeNames
{
    /// <summary>As evidence and people read it.</summary>
    public static string Word(this TestimonyOutcome outcome) =>
        outcome switch
        {
            TestimonyOutcome.Confirmed => "confirmed",
            TestimonyOutcome.Contradicted => "contradicted",
            TestimonyOutcome.Inconclusive => "inconclusive",
            TestimonyOutcome.Unobserved => "unobserved",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}

/// <summary>One thing that was tried, and what the database did.</summary>
/// <param name="Probe">What was tried, in words.</param>
/// <param name="Statement">What the database did, as a sentence. No row's data.</param>
/// <param name="SqlState">The server's code, where it refused.</param>
/// <param name="Next">What to do where it could not be made to act; null otherwise.</param>
public sealed record Testimony(
    string Probe,
    TestimonyOutcome Outcome,
    string Statement,
    string? SqlState = null,
    string? Next = null
);

/// <summary>The second witness: what the database did when it was made to act.</summary>
/// <param name="Mode">Where: <c>direct</c> or <c>shadow</c>.</param>
public sealed record BehaviourWitness(string Mode, IReadOnlyList<Testimony> Testimonies)
{
    private const string Repair =
        "Find what the table's triggers, rules and constraints do on this statement, and repair it by a migration; or correct the claim.";

    /// <summary>
    /// The verdict of both witnesses. Where they disagree it is a FAIL that says which said what; where the database
    /// could not be made to act, what is claimed of its acts is not known. What the catalog has refuted stays refuted.
    /// </summary>
    public CheckResult Conclude(CheckResult check)
    {
        var heard = check with { Behaviour = this };
        var isByBehaviourAlone =
            check.Invariant.Kind.IsBehavioural && check is { Verdict: Verdict.Error, Observed: not null };
        if (
            check is { Verdict: Verdict.Error, Observed: not null }
            && !isByBehaviourAlone
            && Refuted(check) is { } refuted
        )
        {
            return refuted;
        }

        if (check.Verdict != Verdict.Pass && !isByBehaviourAlone)
        {
            return heard with { Explanation = $"{check.Explanation} {Beside(check.Verdict)}".TrimEnd() };
        }

        if (First(TestimonyOutcome.Contradicted) is { } against)
        {
            return heard with
            {
                Verdict = Verdict.Fail,
                Differences = [.. check.Differences, Difference(against)],
                Explanation = isByBehaviourAlone
                    ? against.Statement
                    : $"The witnesses disagree. The catalog says that it holds. The database, made to act, says that it does not: {against.Statement}",
                Next = isByBehaviourAlone
                    ? Repair
                    : "Find what else acts on this write: another trigger, a rule, a function that is called, a setting or a role that it depends on.",
                SqlState = null,
            };
        }

        if (First(TestimonyOutcome.Unobserved) is { } unknown)
        {
            return heard with
            {
                Verdict = Verdict.Error,
                Explanation = isByBehaviourAlone
                    ? $"The database could not be made to act: {unknown.Statement}"
                    : $"The catalog says that it holds, and the database could not be made to act: {unknown.Statement}",
                Next = unknown.Next,
                SqlState = unknown.SqlState,
            };
        }

        return isByBehaviourAlone
            ? heard with
            {
                Verdict = Verdict.Pass,
                Explanation = null,
                Next = null,
                SqlState = null,
            }
            : heard;
    }

    /// <summary>What the catalog alone could not decide, a deed to the contrary does: the claim does not hold.</summary>
    private CheckResult? Refuted(CheckResult check) =>
        First(TestimonyOutcome.Contradicted) is { } against
            ? check with
            {
                Behaviour = this,
                Verdict = Verdict.Fail,
                Differences = [.. check.Differences, Difference(against)],
                Explanation = $"{check.Explanation} The database, made to act, decides it: {against.Statement}",
                Next = Repair,
                SqlState = null,
            }
            : null;

    private Testimony? First(TestimonyOutcome outcome) =>
        Testimonies.FirstOrDefault(testimony => testimony.Outcome == outcome);

    private static Kinds.Difference Difference(Testimony against) =>
        new("behaviour", against.Probe, against.Statement, against.Statement);

    /// <summary>What the second witness adds to what the first has said.</summary>
    private string Beside(Verdict verdict) =>
        First(TestimonyOutcome.Contradicted) is { } against ? $"The database, made to act, agrees: {against.Statement}"
        // What was not shown may be the very thing that the catalog speaks of.
        : verdict == Verdict.Fail
        && Testimonies.All(testimony => testimony.Outcome == TestimonyOutcome.Confirmed)
        && First(TestimonyOutcome.Confirmed) is { } confirmed
            ? $"The witnesses disagree: the database, made to act, did as claimed ({confirmed.Statement.TrimEnd('.')})."
        : "";
}
