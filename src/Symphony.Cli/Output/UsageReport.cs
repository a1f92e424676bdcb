using System.CommandLine;
using System.CommandLine.Parsing;
using Symphony.Manifests.Binding;

namespace Symphony.Cli.Output;

/// <summary>What is wrong with the arguments, one line each, and what to do.</summary>
internal static class UsageReport
{
    public static void Write(ParseResult parsed, TextWriter error)
    {
        foreach (var problem in ProblemsOf(parsed))
        {
            error.WriteLine($"symphony: {TerminalText.Escape(problem)}");
        }

        var command = parsed.CommandResult.Command;
        var help = $"symphony {string.Concat(PathOf(command).Select(name => name + " "))}--help";
        var near = parsed
            .UnmatchedTokens.Select(word => Nearest.Of(word, WordsOf(parsed.CommandResult)))
            .OfType<string>()
            .FirstOrDefault();
        error.WriteLine($"  next      {(near is null ? "" : $"did you mean `{near}`? Otherwise: ")}{help}");
    }

    /// <summary>A word that is no command is told, and not that a command is missing as well.</summary>
    private static IEnumerable<string> ProblemsOf(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command.Subcommands.Count > 0
            ? parsed.UnmatchedTokens.Take(1).Select(word => $"there is no command or option `{word}`")
            : parsed.Errors.Select(OneLine).Distinct();

    /// <summary>The library's message, with the option that it is about.</summary>
    private static string OneLine(ParseError problem)
    {
        var message = string.Join(' ', problem.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return
            (problem.SymbolResult as OptionResult ?? problem.SymbolResult?.Parent as OptionResult)
                is { Option.Name: var option }
            && !message.Contains(option, StringComparison.Ordinal)
            ? $"{option}: {message}"
            : message;
    }

    private static IEnumerable<string> WordsOf(CommandResult result) =>
        result
            .Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.Select(option => option.Name));

    private static IEnumerable<string> PathOf(Command command) =>
        command is RootCommand ? [] : command.Parents.OfType<Command>().SelectMany(PathOf).Append(command.Name);
}
