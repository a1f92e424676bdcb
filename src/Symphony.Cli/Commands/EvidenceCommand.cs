using System.CommandLine;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence</c>: what a run has left, for those who did not run it.</summary>
internal static class EvidenceCommand
{
    public static Command Create(CliContext context) =>
        new("evidence", "Check, sign and read the evidence that runs have written. None of it needs a database.")
        {
            EvidenceVerifyCommand.Create(context),
            EvidenceVerifyCommand.CreateReplay(context),
            EvidenceCheckCommand.Create(context),
            EvidenceShowCommand.Create(context),
            EvidenceReportCommand.Create(context),
            EvidenceShowCommand.CreateDiff(context),
            EvidenceShowCommand.CreateImport(context),
            EvidenceKeygenCommand.Create(context),
            EvidenceLogCommand.Create(context),
        };

    /// <summary>The folder for evidence, or something in it.</summary>
    public static Option<string> Folder() =>
        new("--evidence")
        {
            Description = "The folder for evidence",
            HelpName = "DIR",
            DefaultValueFactory = _ => "evidence",
        };

    public static Option<string?> PublicKey() =>
        new("--public-key")
        {
            Description = "Require signatures of this key: a PEM file, as `symphony evidence keygen` writes FILE.pub",
            HelpName = "FILE",
        };
}
