using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Evidence.Signing;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence keygen</c>: a pair of keys in two new files.</summary>
internal static class EvidenceKeygenCommand
{
    public static Command Create(CliContext context)
    {
        var path = new Option<string>("--out")
        {
            Description = "The private key's file; the public one is written to FILE.pub",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command(
            "keygen",
            "Make an ECDSA P-256 key to sign evidence with: FILE, which only you can read, and FILE.pub for everybody. Nothing is overwritten."
        )
        {
            path,
        };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(path);
            var key = KeyFiles.Create(context.FullPath(file));
            context.Output.WriteLine(
                $"key     {TerminalText.Escape(file)}  keep it secret; sign with --key or {SealOptions.KeyVariable}"
            );
            context.Output.WriteLine($"public  {TerminalText.Escape(file)}.pub  give it to those who check");
            context.Output.WriteLine($"id      {key.Id}");
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
