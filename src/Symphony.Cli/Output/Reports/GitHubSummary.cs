using System.Text;

namespace Symphony.Cli.Output.Reports;

/// <summary>The job summary: Markdown, added to the file that GitHub names in GITHUB_STEP_SUMMARY.</summary>
internal static class GitHubSummary
{
    public const string Variable = "GITHUB_STEP_SUMMARY";

    /// <summary>Bytes that a step's summary may have; GitHub shows nothing of a longer one.</summary>
    private const int Most = 1024 * 1024;

    /// <exception cref="UnobservedException">The file cannot be written.</exception>
    public static void Append(EvidenceRun run, string path)
    {
        try
        {
            // Others may have written to it: it is added to, and never replaced.
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            using var writer = new StreamWriter(file, new UTF8Encoding(false)) { NewLine = "\n" };
            var separator = file.Position > 0 ? "\n" : "";
            writer.Write(separator);
            MarkdownReport.Write(run, writer, (int)Math.Max(0, Most - file.Position - separator.Length));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnobservedException(
                "the job summary was not written",
                $"the file that {Variable} names, and room for it: {path}",
                failure.Message,
                "the evidence is whole: make the report of it with `symphony evidence report`",
                failure
            );
        }
    }
}
