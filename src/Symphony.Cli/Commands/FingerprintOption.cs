using System.CommandLine;
using Symphony.Catalog;

namespace Symphony.Cli.Commands;

/// <summary>What the schema's fingerprint in the evidence covers.</summary>
internal sealed class FingerprintOption
{
    private readonly Option<string> _scope = new("--fingerprint")
    {
        Description =
            "What the schema's fingerprint in the evidence covers: the relations that the invariants are about, or all that user schemas hold",
        HelpName = "touched|full",
        DefaultValueFactory = _ => "touched",
    };

    public FingerprintOption() => _scope.AcceptOnlyFromAmong("touched", "full");

    public void AddTo(Command command) => command.Options.Add(_scope);

    public FingerprintScope Read(ParseResult parsed) =>
        Enum.Parse<FingerprintScope>(parsed.GetValue(_scope)!, ignoreCase: true);
}
