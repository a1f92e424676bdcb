using System.Diagnostics;
using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>A run that is killed leaves a ledger that agrees with the schema, and the next run goes on from there.</summary>
public sealed class KilledMigrationTests(PostgresServers servers) : IDisposable
{
    private const int Files = 6;

    private readonly MigrationFolder _folder = MigrationsThatTakeTime();

    public void Dispose() => _folder.Dispose();

    /// <param name="applied">How many files the process had told of when it was killed.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task The_ledger_and_the_schema_agree_and_the_next_run_goes_on(int applied)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await KillAfterAsync(database, applied);
        await UntilAloneAsync(database);

        var ledger = await LedgerAsync(database);
        Assert.InRange(ledger.Count, applied, Files);
        for (var file = 1; file <= Files; file++)
        {
            // What is in the ledger is there; of a file that is one transaction, nothing else is.
            var isThere = await database.HasRelationAsync($"public.t{file}");
            var isKnown = ledger.Contains($"000{file}_t");
            Assert.True(isThere == isKnown || isThere && file % 2 == 0, $"{file}: there {isThere}, known {isKnown}");
        }

        var rest = await _folder.ApplyAsync(database);

        Assert.Equal(Files - ledger.Count, rest.Count);
        Assert.Equal(Files, (await database.LedgerAsync()).Count);
        for (var file = 1; file <= Files; file++)
        {
            Assert.True(await database.HasRelationAsync($"public.t{file}_done"));
        }
    }

    /// <summary>Every second one is without transaction, and each statement of it can be run again.</summary>
    private static MigrationFolder MigrationsThatTakeTime()
    {
        var folder = new MigrationFolder();
        for (var file = 1; file <= Files; file++)
        {
            folder.Write(
                $"000{file}_t.sql",
                file % 2 == 0
                    ? $"""
                    -- symphony:no_tx
                    CREATE TABLE IF NOT EXISTS t{file} (id int);
                    SELECT pg_sleep(0.1);
                    CREATE INDEX CONCURRENTLY IF NOT EXISTS t{file}_done ON t{file} (id);
                    """
                    : $"""
                    CREATE TABLE t{file} (id int);
                    SELECT pg_sleep(0.1);
                    CREATE TABLE t{file}_done (id int);
                    """
            );
        }

        return folder;
    }

    private async Task KillAfterAsync(TestDatabase database, int applied)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DATABASE_URL"] =
                    $"postgres://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}",
            },
        };
        foreach (
            var word in new[] { typeof(CommandLine).Assembly.Location, "migrate", "--migrations", _folder.FullName }
        )
        {
            start.ArgumentList.Add(word);
        }

        using var run = Process.Start(start)!;
        for (var told = 0; told < applied; told++)
        {
            await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        if (applied == 0)
        {
            await UntilAsync(() =>
                database.ValueAsync<bool>(
                    """
                    SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
                                   WHERE locktype = 'advisory' AND granted)
                    """
                )
            );
        }

        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> LedgerAsync(TestDatabase database) =>
        await database.HasRelationAsync("public.schema_migrations") ? await database.LedgerAsync() : [];

    /// <summary>The killed run's session may still be at work on its last statement.</summary>
    private static Task UntilAloneAsync(TestDatabase database) =>
        UntilAsync(() =>
            database.ValueAsync<bool>(
                "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'symphony migrate')"
            )
        );

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
