using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>Views of a lint that are asked for as <c>FORMAT=FILE</c>.</summary>
internal static class LintReports
{
    private static readonly Dictionary<string, Action<LintReport, TextWriter>> Formats = new(StringComparer.Ordinal)
    {
        ["json"] = LintJsonReport.Write,
        ["sarif"] = LintSarifReport.Write,
        ["junit"] = LintJUnitReport.Write,
        ["github"] = LintGitHubReport.Write,
    };

    public static string Names => string.Join('|', Formats.Keys);

    /// <summary>The views that were asked for, before anything is judged that could not be told.</summary>
    /// <exception cref="InputException">A format does not exist, or no file is given.</exception>
    public static IReadOnlyList<(Action<LintReport, TextWriter> Write, string File)> Parse(IEnumerable<string> asked) =>
        [.. asked.Select(Parse)];

    /// <exception cref="InputException">A file cannot be written.</exception>
    public static void Write(
        IReadOnlyList<(Action<LintReport, TextWriter> Write, string File)> views,
        LintReport report,
        CliContext context
    )
    {
        foreach (var (write, file) in views)
        {
            if (file == "-")
            {
                write(report, context.Output);
                continue;
            }

            try
            {
                using var writer = new StreamWriter(context.FullPath(file)) { NewLine = "\n" };
                write(report, writer);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new InputException(
                    "the report cannot be written",
                    $"a file that this user may write: {file}",
                    failure.Message,
                    "correct --report, or make its folder",
                    failure
                );
            }
        }
    }

    private static (Action<LintReport, TextWriter> Write, string File) Parse(string asked)
    {
        var at = asked.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < asked.Length - 1 && Formats.TryGetValue(asked[..at], out var write)
            ? (write, asked[(at + 1)..])
            : throw new InputException(
                "--report cannot be used",
                $"FORMAT=FILE with one of {string.Join(", ", Formats.Keys)}; - is standard output",
                $"`{asked}`",
                "for example --report sarif=lint.sarif"
            );
    }
}
