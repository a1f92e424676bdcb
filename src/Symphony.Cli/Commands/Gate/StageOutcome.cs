using Symphony.Evidence;

namespace Symphony.Cli.Commands.Gate;

/// <summary>How a stage ended.</summary>
/// <param name="Exit">What the process would say if there were no other stage.</param>
/// <param name="Note">What it found, in one line.</param>
internal sealed record StageOutcome(ExitCode Exit, string Note)
{
    public static StageOutcome Passed(string note) => new(ExitCode.Ok, note);

    public string Result =>
        Exit switch
        {
            ExitCode.Ok => "PASS",
            ExitCode.Failed => "FAIL",
            _ => "ERROR",
        };

    /// <summary>The failure that ended a stage.</summary>
    public static StageOutcome Of(SymphonyException failure) =>
        new(failure is InputException ? ExitCode.BadInput : ExitCode.Unobserved, $"{failure.Message}: {failure.Found}");
}

/// <summary>A stage that is over, or was left out.</summary>
internal sealed record StageResult(string Name, StageOutcome? Outcome, TimeSpan Elapsed, string? WhySkipped = null)
{
    /// <summary>What was not run did not pass.</summary>
    public string Word => Outcome?.Result ?? "SKIPPED";

    public string Note => Outcome?.Note ?? WhySkipped ?? "";

    public StageDocument ToDocument() => new(Name, Word, (long)Elapsed.TotalMilliseconds, Note);
}
