using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>Findings for people: the place in the form editors make links of, what happened, why it matters, what to do.</summary>
internal sealed class LintTextReport(TextWriter output, Style style)
{
    public void Write(LintReport report, TimeSpan elapsed)
    {
        WriteFindings(report);
        foreach (var entry in report.Findings.Where(finding => finding.Waiver is not null))
        {
            output.WriteLine(
                TerminalText.Escape(
                    $"waived  {entry.Path}:{entry.Line}: {entry.Finding.Rule.Id} until {entry.Waiver!.Until:yyyy-MM-dd}: {entry.Waiver.Reason}"
                )
            );
        }

        foreach (var note in report.Notes)
        {
            output.WriteLine($"note    {TerminalText.Escape(note)}");
        }

        var count = report.Counting.Count();
        var waived = report.Findings.Count - count;
        output.WriteLine(
            FormattableString.Invariant(
                $"{report.Judged.Count} migration{(report.Judged.Count == 1 ? "" : "s")} judged: {count} finding{(count == 1 ? "" : "s")}, {waived} waived in {elapsed.TotalSeconds:0.00} s"
            )
        );
    }

    public void WriteFindings(LintReport report)
    {
        foreach (var entry in report.Counting)
        {
            Write(entry);
        }
    }

    private void Write(FileFinding entry)
    {
        var (rule, finding) = (entry.Finding.Rule, entry.Finding);
        output.WriteLine(
            $"{TerminalText.Escape($"{entry.Path}:{entry.Line}")}: {LintJsonReport.Word(rule.Severity)} {style.Bold(rule.Id)}"
        );
        Line("found", finding.Message);
        Line("by", finding.Statement.Summary);
        Line("effect", rule.Effect);
        Line("instead", finding.Remedy);
        output.WriteLine();
    }

    private void Line(string label, string text) =>
        output.WriteLine($"  {style.Dim(label.PadRight(8))}{TerminalText.Escape(text)}");
}
