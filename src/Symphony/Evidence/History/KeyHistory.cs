using Symphony.Verification;

namespace Symphony.Evidence.History;

/// <summary>One run of a key, as the log has it.</summary>
/// <param name="Started">UTC, ISO 8601, milliseconds.</param>
/// <param name="Whole">No invariant of the key was left out.</param>
/// <param name="Commit">Known for the runs that a history names, and only while their documents are there.</param>
public sealed record KeyRun(string RunId, string Started, Verdict Verdict, bool Whole, string? Commit)
{
    /// <summary>A PASS of a part says nothing of the rest, and a waiver is not a PASS.</summary>
    public bool IsGreen => Verdict == Verdict.Pass && Whole;
}

/// <summary>The runs of one task and failure signature.</summary>
/// <param name="Runs">In the order in which they were recorded; one at least.</param>
public sealed record KeyHistory(EvidenceKey Key, IReadOnlyList<KeyRun> Runs)
{
    public KeyRun FirstSeen => Runs[0];

    public KeyRun? LastGreen => Runs.LastOrDefault(run => run.IsGreen);

    /// <summary>The first run that was no PASS after the last green one; null when there was none.</summary>
    public KeyRun? NotGreenSince =>
        Runs.Reverse().TakeWhile(run => !run.IsGreen).LastOrDefault(run => run.Verdict != Verdict.Pass);
}
