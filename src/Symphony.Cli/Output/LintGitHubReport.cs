using System.Globalization;
using Symphony.Cli.Output.Reports;
using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>Workflow commands that GitHub shows beside the lines of a change.</summary>
internal static class LintGitHubReport
{
    public static void Write(LintReport report, TextWriter output) =>
        Annotation.Write(All(report), "--report sarif=FILE", output);

    private static IEnumerable<Annotation> All(LintReport report)
    {
        // Before the findings: what comes after the tenth error GitHub does not show.
        if (report.Failure is { } failure)
        {
            yield return new Annotation(
                "error",
                [("title", "not judged")],
                $"{failure.Message}: {failure.Found}; {failure.Next}"
            );
        }

        foreach (var entry in report.Counting)
        {
            yield return Of(entry);
        }
    }

    private static Annotation Of(FileFinding entry) =>
        new(
            LintJsonReport.Word(entry.Finding.Rule.Severity),
            [
                ("file", entry.Path),
                ("line", entry.Line.ToString(CultureInfo.InvariantCulture)),
                ("title", entry.Finding.Rule.Id),
            ],
            $"{entry.Finding.Message} {entry.Finding.Remedy}"
        );
}
