using Symphony.Evidence.Reproduction;
using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>A failure then and now: first what is wrong now, then for each check whether that is what was recorded.</summary>
internal sealed class ReproReport(TextWriter output, Style style)
{
    public void WriteCase(RecordedFailure failure)
    {
        var (bundle, run) = (failure.Bundle, failure.Run);
        output.WriteLine($"recorded  {TerminalText.Escape(failure.Name)}");
        output.WriteLine(
            TerminalText.Escape(
                $"          {bundle.TaskId} {bundle.FailureSignature}, "
                    + (
                        run is null
                            ? "by a run that is not here"
                            : $"run {run.RunId} of commit {run.Git?.Commit ?? "unknown"}"
                    )
                    + $", database {bundle.Target.Database ?? "unknown"} at {run?.Ledger?.Version ?? "no known migration"}"
            )
        );
        output.WriteLine();
    }

    /// <param name="checks">Each failure then and now.</param>
    /// <param name="now">What was verified now.</param>
    /// <param name="again">The command that shows a check again.</param>
    public void Write(IReadOnlyList<Reproduced> checks, Report now, Func<CheckResult, string> again)
    {
        new TextReport(output, style).Write(now, again);
        foreach (var check in checks)
        {
            Write(check);
        }

        var same = checks.Count(check => check.Outcome == Outcome.AsRecorded);
        output.WriteLine(
            same == checks.Count
                ? $"reproduced: {same} of {checks.Count} fail as recorded"
                : $"not reproduced: {same} of {checks.Count} fail as recorded, {checks.Count(check => check.Outcome == Outcome.Gone)} no longer fail"
        );
    }

    private void Write(Reproduced check)
    {
        var (then, now) = (check.Then.Verdict.Word(), check.Now?.Verdict.Word() ?? "no such failure");
        var word = check.Outcome switch
        {
            Outcome.AsRecorded => "same",
            Outcome.Otherwise => "other",
            Outcome.Gone => "gone",
            _ => "unknown",
        };
        output.WriteLine(
            $"{word.PadRight(8)}{TerminalText.Escape($"{check.Then.Id}  {check.Then.Kind} {check.Then.Subject ?? "(the rule)"}")}  then {then}, now {now}"
        );
        if (check.Outcome == Outcome.AsRecorded)
        {
            return;
        }

        foreach (var (pointer, before, after) in check.Differences)
        {
            output.WriteLine(
                TerminalText.Escape(
                    $"        {(pointer.Length == 0 ? "the fact" : pointer)}: then {before}, now {after}"
                )
            );
        }

        if (
            check.Differences.Count == 0
            && check.Now?.Explanation is { } explanation
            && explanation != check.Then.Explanation
        )
        {
            output.WriteLine(TerminalText.Escape($"        then: {check.Then.Explanation}"));
            output.WriteLine(TerminalText.Escape($"        now:  {explanation}"));
        }
    }
}
