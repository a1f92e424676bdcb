using System.Globalization;
using Symphony.Cli.Output.Reports;
using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>Workflow commands that GitHub shows beside the lines of a change.</summary>
internal static class LintGitHubReport
{
    public static void Write(LintReport report, TextWriter output)
    {
        Annotation.Write(report.Counting.Select(Of), "--report sarif=FILE", output);
        if (report.Failure is { } failure)
        {
            new Annotation("error", [("title", "not judged")], $"{failure.Message}: {failure.Found}").Write(output);
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
