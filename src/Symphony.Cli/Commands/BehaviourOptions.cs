using System.CommandLine;
using Symphony.Catalog;
using Symphony.Probes;

namespace Symphony.Cli.Commands;

/// <summary>Whether the database is made to act, and that its owner agrees.</summary>
internal sealed class BehaviourOptions
{
    private readonly Option<string?> _probe = new("--probe")
    {
        Description =
            "Make the database act and roll it back: direct writes to the real tables, shadow to temporary copies of them, off not at all",
        HelpName = "off|direct|shadow",
    };

    private readonly Option<bool> _owned = new("--i-own-this-database")
    {
        Description =
            "The database may be written to and locked: everything is rolled back, but nextval is not, and others wait meanwhile",
    };

    public BehaviourOptions() => _probe.AcceptOnlyFromAmong("off", "direct", "shadow");

    public void AddTo(Command command)
    {
        command.Options.Add(_probe);
        AddOwnershipTo(command);
    }

    public void AddOwnershipTo(Command command) => command.Options.Add(_owned);

    public bool IsOwned(ParseResult parsed) => parsed.GetValue(_owned);

    /// <summary>The options with which a run probes in the same way again.</summary>
    public static string Again(ProbeMode mode) =>
        mode switch
        {
            ProbeMode.Direct => " --probe direct --i-own-this-database",
            ProbeMode.Shadow => " --probe shadow",
            _ => "",
        };

    /// <summary>The mode that was asked for, or else <paramref name="standard"/>.</summary>
    /// <param name="target">The database; null for one that was made for this run and may be written to.</param>
    /// <exception cref="InputException">The real tables of somebody else's database would be written to.</exception>
    public ProbeMode Mode(ParseResult parsed, ProbeMode standard, ConnectionTarget? target)
    {
        var mode = parsed.GetValue(_probe) is { } asked ? Enum.Parse<ProbeMode>(asked, ignoreCase: true) : standard;
        return mode == ProbeMode.Direct && target is not null && !IsOwned(parsed)
            ? throw new InputException(
                "--probe direct writes to the real tables",
                "--i-own-this-database beside it: rows are locked until they are rolled back, and nextval is not rolled back",
                $"{target} without it",
                "add it where the database is yours; on a shared one use --probe shadow, or `symphony gate` for a database of its own"
            )
            : mode;
    }
}
