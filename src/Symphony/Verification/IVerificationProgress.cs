namespace Symphony.Verification;

/// <summary>
/// Hears of a verification that is under way, on a thread beside it: what can be done with the verdicts before the
/// server's last answer costs no time. A reading that has to be repeated tells everything again.
/// </summary>
public interface IVerificationProgress
{
    /// <summary>A check passed: nothing that is read later changes what the catalog said of it.</summary>
    void Passed(CheckResult check);

    /// <summary>
    /// Every verdict is there. Unless something still goes wrong, the run's report has this one's list of checks, the
    /// same object; of the target, more will be known.
    /// </summary>
    void Judged(Report report);
}
