using System.CommandLine;
using Symphony.Cli.Output;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony compile</c>: the SQL that verify would send, for psql.</summary>
internal static class CompileCommand
{
    public static Command Create(CliContext context)
    {
        var selection = new SelectionOptions();
        var major = new Option<int>("--postgres")
        {
            Description = "The server's major version, 14 to 18: the catalog's columns differ",
            HelpName = "MAJOR",
            DefaultValueFactory = _ => 18,
        };
        major.AcceptOnlyFromAmong("14", "15", "16", "17", "18");
        var command = new Command(
            "compile",
            "Print the exact SQL with its parameters, so that `psql -f` alone shows the same facts"
        )
        {
            major,
        };
        selection.AddTo(command);
        command.SetAction(parsed =>
        {
            var (_, selected) = selection.Read(parsed, context, probes: false, quiet: true);
            new PsqlScript(context.Output).Write(selected, parsed.GetValue(major));
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
