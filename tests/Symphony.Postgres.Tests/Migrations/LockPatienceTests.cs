using Npgsql;
using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>A migration gives way to those who use the table, and comes back.</summary>
public sealed class LockPatienceTests(PostgresServers servers) : IDisposable
{
    private readonly MigrationFolder _folder = new MigrationFolder().Write(
        "0001_a.sql",
        "ALTER TABLE busy ADD COLUMN a int;"
    );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_tried_again_and_applied_once_the_lock_is_free()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (id int)");
        await using var reader = await HoldAsync(database);
        var told = new Told(() => reader.Close());

        var applied = await Runner(database, 10, told)
            .ApplyAsync(_folder.FullName, TestContext.Current.CancellationToken);

        Assert.Single(applied);
        var retry = Assert.IsType<MigrationProgress.Retrying>(told.First);
        Assert.Equal(1, retry.Attempt);
        Assert.Contains("55P03", retry.Found, StringComparison.Ordinal);
        Assert.Equal(["0001_a"], await database.LedgerAsync());
    }

    [Fact]
    public async Task After_the_last_attempt_nothing_is_kept_and_the_failure_says_whom_to_look_for()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (id int)");
        await using var reader = await HoldAsync(database);

        var failure = await Assert.ThrowsAsync<UnobservedException>(() =>
            Runner(database, 1, null).ApplyAsync(_folder.FullName, TestContext.Current.CancellationToken)
        );

        Assert.Contains("0001_a.sql:1: statement 1 of 1 failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("pg_locks", failure.Next, StringComparison.Ordinal);
        Assert.Empty(await database.LedgerAsync());
    }

    [Fact]
    public async Task What_the_file_says_of_lock_timeout_counts()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0001_a.sql",
            "SET LOCAL lock_timeout = '7s'; CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS value;"
        );
        _folder.Write("0002_b.sql", "INSERT INTO seen VALUES (current_setting('lock_timeout'));");
        _folder.Write("0003_c.sql", "-- symphony:no_tx\nINSERT INTO seen VALUES (current_setting('lock_timeout'));");

        await Runner(database, 1, null).ApplyAsync(_folder.FullName, TestContext.Current.CancellationToken);

        Assert.Equal(["0", "100ms", "7s"], await database.ColumnAsync<string>("SELECT value FROM seen ORDER BY value"));
    }

    [Fact]
    public async Task It_goes_to_a_version_and_no_further()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder
            .Write("0001_a.sql", "CREATE TABLE a (id int);")
            .Write("0002_b.sql", "CREATE TABLE b (id int);")
            .Write("0003_c.sql", "CREATE TABLE c (id int);");

        await ToAsync(database, "0002");
        Assert.Equal(["0001_a", "0002_b"], await database.LedgerAsync());
        await ToAsync(database, "0001_a");
        Assert.Equal(["0001_a", "0002_b"], await database.LedgerAsync());
        await ToAsync(database, "0003_c");
        Assert.Equal(["0001_a", "0002_b", "0003_c"], await database.LedgerAsync());
        var failure = await Assert.ThrowsAsync<InputException>(() => ToAsync(database, "0009"));
        Assert.Contains("0003_c", failure.Next, StringComparison.Ordinal);
    }

    private Task ToAsync(TestDatabase database, string version) =>
        new MigrationRunner(database.ConnectionString) { To = version }.ApplyAsync(
            _folder.FullName,
            TestContext.Current.CancellationToken
        );

    private static MigrationRunner Runner(
        TestDatabase database,
        int attempts,
        IProgress<MigrationProgress>? progress
    ) =>
        new(database.ConnectionString, progress: progress)
        {
            Locks = new LockLimits(TimeSpan.FromMilliseconds(100), attempts),
        };

    /// <summary>A transaction that has read the table and goes on.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("BEGIN; SELECT * FROM busy", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private sealed class Told(Action atFirstRetry) : IProgress<MigrationProgress>
    {
        public MigrationProgress? First { get; private set; }

        public void Report(MigrationProgress value)
        {
            if (value is MigrationProgress.Retrying && First is null)
            {
                First = value;
                atFirstRetry();
            }
        }
    }
}
