using System.Collections.Concurrent;
using Npgsql;
using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>CONCURRENTLY, and runs at the same time.</summary>
public sealed class ConcurrentMigrationTests(PostgresServers servers) : IDisposable
{
    private readonly MigrationFolder _folder = new MigrationFolder().Write(
        "0001_a.sql",
        "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);"
    );

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task Two_runs_at_once_apply_each_file_once_and_concurrently_does_not_wait_for_the_waiting_run(
        int major
    )
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        _folder.Write("0002_wait.sql", "SELECT pg_sleep(1);");
        _folder.Write("0003_index.sql", "-- symphony:no_tx\nCREATE INDEX CONCURRENTLY ix ON a (id);");
        var told = new Told();

        async Task<IReadOnlyList<MigrationScript>> RunAsync() =>
            await new MigrationRunner(database.ConnectionString, progress: told).ApplyAsync(
                _folder.FullName,
                TestContext.Current.CancellationToken
            );
        var runs = await Task.WhenAll(RunAsync(), RunAsync())
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal([0, 3], runs.Select(applied => applied.Count).Order());
        Assert.Equal(["0001_a", "0002_wait", "0003_index"], await database.LedgerAsync());
        Assert.Contains(
            "symphony migrate",
            Assert.Single(told.OfType<MigrationProgress.Waiting>()).Holder,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_that_is_kept_waiting_too_long_names_who_has_the_lock()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0001_a.sql", "SELECT pg_sleep(60);");
        using var interrupt = new CancellationTokenSource();
        var first = _folder.ApplyAsync(database, interrupt.Token);
        await AwaitAsync(
            database,
            """
            SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
                           WHERE locktype = 'advisory' AND granted)
            """
        );

        var second = new MigrationRunner(database.ConnectionString) { Patience = TimeSpan.FromMilliseconds(300) };
        var failure = await Assert.ThrowsAsync<UnobservedException>(() =>
            second.ApplyAsync(_folder.FullName, TestContext.Current.CancellationToken)
        );
        await interrupt.CancelAsync();

        Assert.Matches(@"held by pid \d+ \(symphony migrate, ", failure.Found);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    /// <summary>So it looks behind a pooler that gives every transaction another server session, too.</summary>
    [Theory]
    [InlineData("CREATE TABLE b (id int);")]
    [InlineData("-- symphony:no_tx\nCREATE INDEX CONCURRENTLY ix ON a (id);")]
    public async Task A_session_that_has_lost_the_lock_applies_nothing_more(string third)
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_unlock.sql", "SELECT pg_advisory_unlock_all();");
        _folder.Write("0003_third.sql", third);

        var failure = await Assert.ThrowsAsync<UnobservedException>(() => _folder.ApplyAsync(database));
        Assert.Equal("the migration lock is gone", failure.Message);
        Assert.Contains("session mode", failure.Next, StringComparison.Ordinal);
        Assert.Equal(["0001_a", "0002_unlock"], await database.LedgerAsync());

        Assert.Equal("0003_third", Assert.Single(await _folder.ApplyAsync(database)));
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task An_index_that_a_failed_concurrently_left_is_named_with_its_repair(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        _folder.Write(
            "0002_index.sql",
            "-- symphony:no_tx\nCREATE TABLE b (id int);\nCREATE UNIQUE INDEX CONCURRENTLY \"Ux\" ON a (id);"
        );
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains("0002_index.sql:3: statement 2 of 2 failed:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ERROR 23505:", failure.Found, StringComparison.Ordinal);
        Assert.Contains("INVALID index public.\"Ux\"", failure.Found, StringComparison.Ordinal);
        Assert.StartsWith("DROP INDEX CONCURRENTLY public.\"Ux\";", failure.Next, StringComparison.Ordinal);
        Assert.Contains("the first statement of 0002_index stays done", failure.Next, StringComparison.Ordinal);
        Assert.Equal(["0001_a"], await database.LedgerAsync());
    }

    [Fact]
    public async Task An_invalid_index_is_not_taken_for_the_one_that_if_not_exists_asks_for()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0002_index.sql",
            "-- symphony:no_tx\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux ON a (id);"
        );
        await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));
        Assert.StartsWith("DROP INDEX CONCURRENTLY public.ux;", failure.Next, StringComparison.Ordinal);
        Assert.Equal(["0001_a"], await database.LedgerAsync());

        await database.ExecuteAsync("DROP INDEX CONCURRENTLY public.ux");
        await database.ExecuteAsync("UPDATE a SET id = 2 WHERE ctid = (SELECT max(ctid) FROM a)");
        Assert.Equal(["0002_index"], await _folder.ApplyAsync(database));
    }

    [Fact]
    public async Task An_invalid_index_of_somebody_else_is_not_reported()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await _folder.ApplyAsync(database);
        await Assert.ThrowsAsync<PostgresException>(() =>
            database.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY theirs ON a (id)")
        );
        _folder.Write("0002_index.sql", "-- symphony:no_tx\nCREATE INDEX CONCURRENTLY ix ON a (id);");

        Assert.Equal(["0002_index"], await _folder.ApplyAsync(database));
    }

    [Fact]
    public async Task An_interrupted_concurrently_names_the_index_it_left()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await _folder.ApplyAsync(database);
        _folder.Write("0002_index.sql", "-- symphony:no_tx\nCREATE INDEX CONCURRENTLY ix ON a (id);");
        await using var writer = new NpgsqlConnection(database.ConnectionString);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var insert = new NpgsqlCommand("INSERT INTO a VALUES (2)", writer))
        {
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var interrupt = new CancellationTokenSource();
        var run = _folder.ApplyAsync(database, interrupt.Token);
        await AwaitAsync(database, "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix'))");
        await interrupt.CancelAsync();
        var failure = await Assert.ThrowsAsync<UnobservedException>(() => run);

        Assert.Contains("0002_index.sql: interrupted", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("DROP INDEX CONCURRENTLY public.ix;", failure.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrently_in_a_file_that_is_not_marked_is_answered_with_the_marker()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_index.sql", "CREATE INDEX CONCURRENTLY ix ON a (id);");
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains("ERROR 25001:", failure.Found, StringComparison.Ordinal);
        Assert.Contains("-- symphony:no_tx", failure.Next, StringComparison.Ordinal);
    }

    private static async Task AwaitAsync(TestDatabase database, string condition)
    {
        while (!await database.ValueAsync<bool>(condition))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the runs told, in the order in which they did.</summary>
    private sealed class Told : ConcurrentQueue<MigrationProgress>, IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => Enqueue(value);
    }
}
