using System.CommandLine;
using Symphony.Cli.Output.Reports;

namespace Symphony.Cli.Commands;

/// <summary>The views of a run's evidence that are to be made.</summary>
internal sealed class ReportOptions
{
    private const string StandardOutput = "-";

    private readonly Option<string[]> _reports = new("--report")
    {
        Description =
            $"Write a view of the run's evidence (repeatable): FORMAT is one of {ReportFormats.Names}. FILE is replaced "
            + "whole or not at all; - is standard output, and what is said to people goes to standard error then. "
            + "Without FILE it stands in the run's folder, bound to the run by its digest",
        HelpName = "FORMAT[=FILE]",
    };

    public void AddTo(Command command, bool required = false)
    {
        _reports.Required = required;
        command.Options.Add(_reports);
    }

    /// <summary>What was asked for; each file has been tried.</summary>
    /// <exception cref="InputException">A format is not known, or a file cannot be written.</exception>
    public IReadOnlyList<ReportTarget> Read(ParseResult parsed, CliContext context, bool isOutputTaken = false)
    {
        List<ReportTarget> targets =
        [
            .. (parsed.GetValue(_reports) ?? []).Select(text => Parse(text, context)).Distinct(),
        ];
        foreach (var target in targets)
        {
            if (targets.Find(other => other.File == target.File) != target)
            {
                throw Unusable(
                    "a file of its own for each report, and one on standard output at most",
                    $"two for {target.File ?? StandardOutput}"
                );
            }

            if (Path.IsPathRooted(target.File))
            {
                ReportFile.RequireWritable(target.File);
            }
            else if (isOutputTaken && target.File is null)
            {
                throw Unusable("one document on standard output", $"--json and --report {target.Format.Name}=-");
            }
        }

        return targets;
    }

    /// <summary>Where people are told, when standard output belongs to a report.</summary>
    public static CliContext ForPeople(CliContext context, IReadOnlyList<ReportTarget> targets) =>
        targets.Any(target => target.File is null)
            ? context with
            {
                Output = context.Error,
                Data = context.Data,
                Colour = false,
            }
            : context;

    private static ReportTarget Parse(string text, CliContext context)
    {
        if (ReportFormats.Find(text) is { } format)
        {
            return new ReportTarget(format, format.FileName);
        }

        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 1 || at == text.Length - 1)
        {
            throw Unusable("FORMAT, or FORMAT=FILE", text);
        }

        var (name, file) = (text[..at], text[(at + 1)..]);
        return new ReportTarget(
            ReportFormats.Find(name) ?? throw Unusable("a format that is known", name),
            file == StandardOutput ? null : context.FullPath(file)
        );
    }

    private static InputException Unusable(string expected, string found) =>
        new(
            "the report that is asked for cannot be made",
            $"{expected}; formats: {ReportFormats.Names}",
            found,
            "correct --report, as in --report sarif=results.sarif"
        );
}
