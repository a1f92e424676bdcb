using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

public sealed class MigrateCommandTests(PostgresServers servers) : IDisposable
{
    private readonly MigrationFolder _folder = new MigrationFolder().Write("0001_a.sql", "CREATE TABLE a (id int);");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_what_is_pending_what_it_applied_and_where_the_database_is()
    {
        await using var database = await servers.CreateDatabaseAsync();

        Assert.Equal(
            (
                ExitCode.Ok,
                "pending  0001_a  1 statement in one transaction\n1 pending: the database has no migrations yet\n",
                ""
            ),
            await RunAsync(database, "--plan")
        );
        var (exit, output, _) = await RunAsync(database);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Matches(@"\Aapplied  0001_a  \d+ ms\n1 applied: the database is at 0001_a\n\z", output);
        Assert.Equal(
            (ExitCode.Ok, "nothing to apply: the database has every migration\n", ""),
            await RunAsync(database)
        );
        Assert.Equal((ExitCode.Ok, "0 pending: the database is at 0001_a\n", ""), await RunAsync(database, "--plan"));
    }

    [Fact]
    public async Task A_migration_that_fails_is_bad_input_and_what_was_applied_before_is_shown()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_b.sql", "SELECT 1;\nCREATE TABLE a (id int);");
        var (exit, output, error) = await RunAsync(database);

        Assert.Equal(ExitCode.BadInput, exit);
        Assert.StartsWith("applied  0001_a", output, StringComparison.Ordinal);
        Assert.Contains(
            "0002_b.sql:2: statement 2 of 2 failed: CREATE TABLE a (id int)",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("ERROR 42P07:", error, StringComparison.Ordinal);
        Assert.Contains("  next ", error, StringComparison.Ordinal);
    }

    private async Task<(ExitCode Exit, string Output, string Error)> RunAsync(
        TestDatabase database,
        params string[] args
    )
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new Dictionary<string, string> { ["DATABASE_URL"] = database.ConnectionString };
        var context = new CliContext(
            output,
            error,
            _folder.FullName,
            environment.GetValueOrDefault,
            TimeProvider.System
        );
        var exit = await CommandLine.RunAsync(
            ["migrate", "--migrations", ".", .. args],
            context,
            TestContext.Current.CancellationToken
        );
        return (exit, output.ToString(), error.ToString());
    }
}
