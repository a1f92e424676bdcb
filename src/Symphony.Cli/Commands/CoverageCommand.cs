using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Coverage;
using Symphony.Migrations;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony coverage</c>: what could be lost without any invariant noticing.</summary>
internal static class CoverageCommand
{
    public static Command Create(CliContext context)
    {
        var database = new DatabaseOptions();
        var selection = new SelectionOptions();
        var json = new Option<bool>("--json")
        {
            Description = "Print every guard with its invariants as JSON and nothing else",
        };
        var command = new Command(
            "coverage",
            "List the constraints, triggers, policies, unique indexes and SECURITY DEFINER functions of a database that no invariant speaks of. "
                + "Exit code 0: every one is spoken of; 1: some are not; 2: the database could not be read; 3: bad input."
        )
        {
            json,
        };
        database.AddTo(command);
        selection.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                var (_, selected) = selection.Read(parsed, context, probes: true);
                var target = database.Target(parsed, context);
                await using var session = await CatalogSession.OpenAsync(target, database.Limits(parsed), cancel);
                var guards = await GuardCoverage.FindAsync(
                    selected,
                    ObjectName.Parse(MigrationRunner.LedgerTable),
                    session,
                    cancel
                );
                var report = new CoverageReport(context.Output, new Style(context.Colour));
                if (parsed.GetValue(json))
                {
                    report.WriteJson(guards);
                }
                else
                {
                    report.Write(guards);
                }

                return (int)(guards.All(guard => guard.Invariants.Count > 0) ? ExitCode.Ok : ExitCode.Failed);
            }
        );
        return command;
    }
}
