using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary>The database that a command makes for itself: a fresh server and the migrations.</summary>
internal sealed class GateDatabase(CliContext context)
{
    private const string DatabaseName = "symphony_gate";

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "The fresh server's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
        HelpName = "MAJOR",
    };

    private readonly Option<string> _migrations = new("--migrations")
    {
        Description = "The folder of migrations, files NNNN_name.sql",
        HelpName = "DIR",
        DefaultValueFactory = _ => "schema/migrations",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_postgres);
        command.Options.Add(_migrations);
    }

    public Task<EphemeralServer> StartAsync(ParseResult parsed, CancellationToken cancel) =>
        EphemeralServer.StartAsync(
            ServerOptions.From(context.Environment, parsed.GetValue(_postgres)),
            new LineProgress(context.Error),
            cancel
        );

    public static async Task<ConnectionTarget> CreateAsync(EphemeralServer server, CancellationToken cancel) =>
        ConnectionTarget.Parse(await server.CreateDatabaseAsync(DatabaseName, cancel: cancel), _ => null);

    public Task<IReadOnlyList<MigrationScript>> MigrateAsync(
        ParseResult parsed,
        ConnectionTarget target,
        CancellationToken cancel
    ) =>
        new MigrationRunner(
            target.ToConnectionString(),
            context.Clock,
            new MigrateCommand.ProgressLines(context, context.Error)
        ).ApplyAsync(context.FullPath(parsed.GetRequiredValue(_migrations)), cancel);
}
