using Symphony.Kinds;

namespace Symphony.Verification;

/// <summary>What became of one change that takes a guarantee away.</summary>
public enum TrialOutcome
{
    /// <summary>The verdict was no longer PASS.</summary>
    Detected,

    /// <summary>The guarantee was gone and the verdict stayed PASS: the verifier cannot be relied on here.</summary>
    Survived,

    /// <summary>A change that may concern the claim, and did not.</summary>
    Unaffected,

    /// <summary>The server refused the change itself, so there was nothing to notice.</summary>
    NotApplicable,
}

public static class TrialOutcomeNames
{
    /// <summary>As evidence and people read it.</summary>
    public static string Word(this TrialOutcome outcome) =>
        outcome switch
        {
            TrialOutcome.Detected => "detected",
            TrialOutcome.Survived => "survived",
            TrialOutcome.Unaffected => "unaffected",
            TrialOutcome.NotApplicable => "not_applicable",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}

/// <summary>A sabotage, and whether it was noticed.</summary>
/// <param name="Verdict">The verdict with the change in place; null when the change was refused.</param>
/// <param name="Reason">Why the verdict was what it was, or in whose words the server refused; null for a PASS.</param>
/// <param name="SqlState">The server's code, when it refused the change.</param>
public sealed record SabotageTrial(
    Sabotage Sabotage,
    TrialOutcome Outcome,
    Verdict? Verdict,
    string? Reason,
    string? SqlState
);

/// <summary>Whether the loss of one guarantee would be noticed: every change that was made on purpose and undone.</summary>
public sealed record SabotageProof(IReadOnlyList<SabotageTrial> Trials)
{
    public int Count(TrialOutcome outcome) => Trials.Count(trial => trial.Outcome == outcome);

    public IEnumerable<SabotageTrial> Survivors => Trials.Where(trial => trial.Outcome == TrialOutcome.Survived);

    /// <summary>At least one change was noticed, and none was not.</summary>
    public bool IsProven => Count(TrialOutcome.Detected) > 0 && Count(TrialOutcome.Survived) == 0;

    /// <summary>No change is known that concerns the claim: a query of one's own may rest on anything.</summary>
    public bool FoundNone =>
        Trials.Count == 0
        || (Count(TrialOutcome.Detected) + Count(TrialOutcome.Survived) == 0 && Count(TrialOutcome.Unaffected) > 0);

    /// <summary>
    /// What the trials make of a check that holds. A change that went unnoticed makes it a FAIL; where every change
    /// was refused nothing is proven, which is an ERROR. One that only guesses were made at stays as it is, and says so.
    /// </summary>
    public CheckResult Conclude(CheckResult check)
    {
        var proven = check with { Sabotages = this };
        if (check.Verdict != Verification.Verdict.Pass)
        {
            return proven;
        }

        var survivors = Survivors.ToList();
        if (survivors.Count > 0)
        {
            return proven with
            {
                Verdict = Verification.Verdict.Fail,
                Explanation =
                    $"It holds, but its loss goes unnoticed: after {Listed(survivors)} the verdict was PASS still.",
                Next =
                    "Report this as a defect of Symphony: the evidence holds the statements that went unnoticed. Until then do not rely on this invariant.",
            };
        }

        if (IsProven || FoundNone)
        {
            return proven;
        }

        var refused = Trials.First(trial => trial.Outcome == TrialOutcome.NotApplicable);
        return proven with
        {
            Verdict = Verification.Verdict.Error,
            Explanation =
                $"It holds, and nothing proves that its loss would be noticed: the server refused every change; for one, {refused.Reason}.",
            Next = "Prove as the owner of the schema, or as a superuser.",
            SqlState = refused.SqlState,
        };
    }

    private static string Listed(IEnumerable<SabotageTrial> trials) =>
        string.Join(", ", trials.Select(trial => $"\"{trial.Sabotage.Name}\""));
}
