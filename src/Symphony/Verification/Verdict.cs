namespace Symphony.Verification;

/// <summary>What is known of a claim. There is no skip.</summary>
public enum Verdict
{
    /// <summary>Observed, and it holds.</summary>
    Pass,

    /// <summary>A FAIL under a waiver in force.</summary>
    Waived,

    /// <summary>Could not be observed or decided.</summary>
    Error,

    /// <summary>Observed, and it does not hold; or the object is not there.</summary>
    Fail,
}

public static class VerdictNames
{
    /// <summary>As evidence and people read it.</summary>
    public static string Word(this Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "PASS",
            Verdict.Waived => "WAIVED",
            Verdict.Error => "ERROR",
            Verdict.Fail => "FAIL",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        };
}
