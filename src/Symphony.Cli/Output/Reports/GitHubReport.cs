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
    /// <summary>Of each level, in one step.</summary>
    private const int Most = 10;

    private const int LongestMessage = 4_000;

    public override string Name => "github";

    public override string FileName => "annotations.txt";

    public override void Write(EvidenceRun run, TextWriter output)
    {
        var annotations = Annotations(run).ToList();
        foreach (var level in annotations.GroupBy(annotation => annotation.Level))
        {
            foreach (var annotation in level.Take(Most))
            {
                annotation.Write(output);
            }

            if (level.Count() is var count and > Most)
            {
                var more = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count - Most} more {level.Key}s are not annotated: GitHub keeps {Most} of a step. The job summary, or --report sarif=FILE, has all."
                );
                new Annotation("notice", [("title", "Symphony")], more).Write(output);
            }
        }
    }

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

    private sealed record Annotation(
        string Level,
        IReadOnlyList<(string Name, string Value)> Properties,
        string Message
    )
    {
        public void Write(TextWriter output)
        {
            var properties = string.Join(
                ',',
                Properties.Select(property => $"{property.Name}={EscapeProperty(property.Value)}")
            );
            output.Write($"::{Level} {properties}::{EscapeData(ReportText.Shorten(Message, LongestMessage))}\n");
        }

        /// <summary>One line: nothing in it can begin another command.</summary>
        private static string EscapeData(string text) =>
            TerminalText
                .EscapeLines(text)
                .Replace("%", "%25", StringComparison.Ordinal)
                .Replace("\r", "%0D", StringComparison.Ordinal)
                .Replace("\n", "%0A", StringComparison.Ordinal);

        private static string EscapeProperty(string text) =>
            EscapeData(text)
                .Replace(":", "%3A", StringComparison.Ordinal)
                .Replace(",", "%2C", StringComparison.Ordinal);
    }
}
