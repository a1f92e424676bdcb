using System.Text;
using Npgsql;
using Symphony.Linting;
using Symphony.Linting.Rules;
using Symphony.Manifests;
using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Lint;

/// <summary>
/// A server for migrations that are judged, one after the other: roles belong to a server and not to a database, so
/// what one case made is gone before the next.
/// </summary>
public sealed class TrialServer : IAsyncLifetime
{
    private EphemeralServer? server;
    private NpgsqlDataSource? sessions;

    public async ValueTask InitializeAsync()
    {
        server = await EphemeralServer.StartAsync(
            new ServerOptions(ServerOptions.DefaultMajor),
            cancel: TestContext.Current.CancellationToken
        );
        sessions = TestDatabase.Sessions(server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await (sessions?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Judges a migration on top of a schema.</summary>
    public Task<LintReport> LintAsync(LintExample example, params IReadOnlyList<Invariant> invariants) =>
        LintAsync([("0001_before.sql", example.Schema)], [("0002_migration.sql", example.Migration)], invariants);

    internal async Task<LintReport> LintAsync(
        IReadOnlyList<(string Name, string Sql)> before,
        IReadOnlyList<(string Name, string Sql)> judged,
        IReadOnlyList<Invariant> invariants,
        DateOnly? today = null
    )
    {
        const string database = "lint";
        var connection = await server!.CreateDatabaseAsync(database, cancel: TestContext.Current.CancellationToken);
        try
        {
            var plan = LintPlan.Of([.. before.Select(File)], [.. judged.Select(File)]);
            return await new Linter(connection, invariants).RunAsync(
                plan,
                [],
                today ?? new DateOnly(2026, 1, 1),
                TestContext.Current.CancellationToken
            );
        }
        finally
        {
            await server.DropDatabaseAsync(database, CancellationToken.None);
            await DropRolesAsync();
        }
    }

    private static MigrationFile File((string Name, string Sql) file) =>
        MigrationFile.Of(file.Name, Encoding.UTF8.GetBytes(file.Sql));

    private async Task DropRolesAsync()
    {
        await using var command = sessions!.CreateCommand(
            """
            DO $$
            DECLARE role name;
            BEGIN
              FOR role IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user LOOP
                EXECUTE format('DROP ROLE %I', role);
              END LOOP;
            END
            $$
            """
        );
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
