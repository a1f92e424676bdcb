using System.Globalization;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// Workflow commands that GitHub shows as annotations: at most ten errors and ten warnings of a step are kept, so no
/// more are written, and a notice says how many there were. For standard output: <c>--report github=-</c>.
/// </summary>
internal sealed class GitHubReport : ReportFormat
{
    public override string Name => "github";

    public override string FileName => "annotations.txt";

    public override void Write(EvidenceRun run, TextWriter output) =>
        Annotation.Write(Annotations(run), "The job summary, or --report sarif=FILE,", output);

    private static IEnumerable<Annotation> Annotations(EvidenceRun run)
    {
        foreach (var problem in run.Problems)
        {
            yield return new Annotation("error", [("title", $"Symphony: {problem.Stage}")], problem.Note);
        }

        foreach (
            var (bundle, check) in run
                .Checks.Where(item => item.Check.Verdict is Verdict.Fail or Verdict.Error)
                .OrderBy(item => item.Check.Severity)
        )
        {
            var isError = check.Verdict == Verdict.Error || check.Severity <= Severity.P1;
            var at = check.Location;
            yield return new Annotation(
                isError ? "error" : "warning",
                [
                    ("file", at.Path),
                    ("line", at.Line.ToString(CultureInfo.InvariantCulture)),
                    // An annotation over several lines has no columns.
                    .. at.EndLine == at.Line
                        ? new[]
                        {
                            ("col", at.Column.ToString(CultureInfo.InvariantCulture)),
                            ("endColumn", at.EndColumn.ToString(CultureInfo.InvariantCulture)),
                        }
                        : [("endLine", at.EndLine.ToString(CultureInfo.InvariantCulture))],
                    ("title", $"{check.Verdict.Word()} {check.Id} [{check.Severity}]"),
                ],
                string.Join('\n', ReportText.Lines(bundle, check).Skip(2))
            );
        }
    }
}
