using System.CommandLine;
using Symphony.Manifests;

namespace Symphony.Cli.Commands;

/// <summary>Where evidence goes, what blocks, and in which form the result is printed.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string> _evidence = new("--evidence")
    {
        Description = "The folder for evidence",
        HelpName = "DIR",
        DefaultValueFactory = _ => "evidence",
    };

    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "The least severity whose FAIL blocks (exit code 1)",
        HelpName = "P0|P1|P2|P3",
        DefaultValueFactory = _ => "P3",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON and nothing else" };

    public void AddTo(Command command)
    {
        _failOn.AcceptOnlyFromAmong("P0", "P1", "P2", "P3");
        command.Options.Add(_evidence);
        command.Options.Add(_failOn);
        command.Options.Add(_json);
    }

    public string EvidenceFolder(ParseResult parsed, CliContext context) =>
        context.FullPath(parsed.GetValue(_evidence)!);

    public Severity FailOn(ParseResult parsed) => Enum.Parse<Severity>(parsed.GetValue(_failOn)!);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
