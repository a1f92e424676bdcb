using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>Workflow commands that GitHub shows beside the lines of a change.</summary>
internal static class LintGitHubReport
{
    public static void Write(LintReport report, TextWriter output)
    {
        foreach (var entry in report.Counting)
        {
            output.WriteLine(
                $"::{LintJsonReport.Word(entry.Finding.Rule.Severity)} file={Property(entry.Path)},line={entry.Line},title={Property(entry.Finding.Rule.Id)}::{Data($"{entry.Finding.Message} {entry.Finding.Remedy}")}"
            );
        }

        if (report.Failure is { } failure)
        {
            output.WriteLine($"::error title=not judged::{Data($"{failure.Message}: {failure.Found}")}");
        }
    }

    /// <summary>Nothing that a database or a file says can begin a command of its own.</summary>
    private static string Data(string text) =>
        TerminalText
            .EscapeLines(text)
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
