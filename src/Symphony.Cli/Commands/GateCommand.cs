using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony gate</c>: a fresh server, the migrations, the verification, the evidence, in one command.</summary>
internal static class GateCommand
{
    private const string DatabaseName = "symphony_gate";

    public static Command Create(CliContext context)
    {
        var selection = new SelectionOptions();
        var output = new OutputOptions();
        var seal = new SealOptions();
        var database = new DatabaseOptions();
        var postgres = new Option<string?>("--postgres")
        {
            Description = "The fresh server's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
            HelpName = "MAJOR",
        };
        var migrations = new Option<string>("--migrations")
        {
            Description = "The folder of migrations, files NNNN_name.sql",
            HelpName = "DIR",
            DefaultValueFactory = _ => "schema/migrations",
        };
        var command = new Command(
            "gate",
            "Start a fresh PostgreSQL, apply the migrations, verify the manifests and write evidence. FRESH_DB=0 gates the database of "
                + "--database-url or DATABASE_URL instead, and applies the pending migrations to it. KEEP_DB=1 keeps the fresh server."
        )
        {
            postgres,
            migrations,
        };
        database.AddTo(command);
        selection.AddTo(command);
        output.AddTo(command);
        seal.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                var stages = new GateStages(context);
                var started = context.Clock.GetUtcNow();
                var sealing = seal.Read(parsed, context);
                // Before anything is started: what is wrong with the manifests is known in milliseconds.
                var (set, selected) = stages.Run("manifests", () => selection.Read(parsed, context));
                await using var fresh =
                    context.Environment("FRESH_DB") == "0"
                        ? null
                        : await stages.RunAsync(
                            "server",
                            () =>
                                EphemeralServer.StartAsync(
                                    ServerOptions.From(context.Environment, parsed.GetValue(postgres)),
                                    new LineProgress(context.Error),
                                    cancel
                                )
                        );
                var target = fresh is null
                    ? database.Target(parsed, context)
                    : ConnectionTarget.Parse(await fresh.CreateDatabaseAsync(DatabaseName, cancel: cancel), _ => null);
                context.Error.WriteLine(
                    $"symphony: gating {(fresh is null ? TerminalText.Escape(target.ToString()) : $"a fresh PostgreSQL {fresh.Major} ({fresh.Origin})")}"
                );
                await stages.RunAsync(
                    "migrate",
                    () =>
                        new MigrationRunner(
                            target.ToConnectionString(),
                            context.Clock,
                            new MigrateCommand.ProgressLines(context, context.Error)
                        ).ApplyAsync(context.FullPath(parsed.GetRequiredValue(migrations)), cancel)
                );
                var request = new VerifyRequest(target, set, selected)
                {
                    EvidenceFolder = output.EvidenceFolder(parsed, context),
                    FailOn = output.FailOn(parsed),
                    Json = output.Json(parsed),
                    Arguments = [.. parsed.Tokens.Select(token => token.Value)],
                    Again = Reproduction.Options(database.Url(parsed), selection.Folder(parsed)),
                    Mode = fresh is null ? "gate" : "gate on a fresh server",
                    Started = started,
                    Seal = sealing,
                    DurationsMs = stages.DurationsMs,
                };
                return (int)
                    await new VerifyFlow(context).RunAsync(
                        request,
                        CatalogSession.OpenAsync(target, database.Limits(parsed), cancel),
                        cancel
                    );
            }
        );
        return command;
    }
}
