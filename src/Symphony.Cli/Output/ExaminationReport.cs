using Symphony.Evidence.Replay;
using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>What an examination of evidence found, for people: one line each, in the order of files; then the sum.</summary>
internal sealed class ExaminationReport(TextWriter output, Style style)
{
    public void Write(Examination examination)
    {
        foreach (var finding in examination.Findings)
        {
            output.WriteLine($"WRONG   {TerminalText.Escape(finding.ToString())}");
        }

        if (examination.Omitted > 0)
        {
            output.WriteLine($"… and {examination.Omitted} more");
        }

        foreach (var note in examination.Notes)
        {
            output.WriteLine($"note    {TerminalText.Escape(note)}");
        }

        var verdict =
            examination.Findings.Count > 0 ? Verdict.Fail
            : examination.Verdicts == 0 ? Verdict.Error
            : Verdict.Pass;
        var wrong = examination.Findings.Count + examination.Omitted;
        output.WriteLine(
            $"{style.Of(verdict)}  {Count(examination.Verdicts, "verdict")} judged again in {Count(examination.Bundles, "bundle")} of {Count(examination.Runs, "run")}; "
                + $"{Count(examination.LogEntries, "run")} in the log, {Count(examination.Signatures, "signature")} verified: "
                + (
                    wrong > 0 ? $"{Count(wrong, "finding")}"
                    : verdict == Verdict.Error ? "nothing was decided"
                    : "nothing is wrong"
                )
        );
        if (verdict == Verdict.Error)
        {
            output.WriteLine("        there was no verdict to judge again, which proves nothing: that is an error");
            output.WriteLine("        next: name the evidence folder, which holds runs/, or one run's folder in there");
        }
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
