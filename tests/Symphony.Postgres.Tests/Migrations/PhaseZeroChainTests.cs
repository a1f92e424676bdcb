using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>The migrations of this repository as a chain, on every server they are meant for.</summary>
public sealed class PhaseZeroChainTests(PostgresServers servers)
{
    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task The_chain_applies_and_a_second_run_applies_nothing(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        var files = Directory
            .GetFiles(MigrationFolder.PhaseZero, "*.sql")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Equal(files, await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database));
        Assert.Equal(files, await database.LedgerAsync());
        Assert.Empty(await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database));
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_file_of_the_chain_without_a_transaction_can_run_again(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        using var folder = new MigrationFolder();
        foreach (var path in Directory.GetFiles(MigrationFolder.PhaseZero, "*.sql").Order(StringComparer.Ordinal))
        {
            var sql = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            await folder.Write(Path.GetFileName(path), sql).ApplyAsync(database);
            if (sql.Contains("-- symphony:no_tx", StringComparison.Ordinal))
            {
                var version = Path.GetFileNameWithoutExtension(path);
                await database.ExecuteAsync($"DELETE FROM schema_migrations WHERE version = '{version}'");
                Assert.Equal([version], await folder.ApplyAsync(database));
            }
        }
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task Public_cannot_create_objects_in_schema_public(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);

        Assert.False(await database.ValueAsync<bool>("SELECT has_schema_privilege('public', 'public', 'CREATE')"));
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task Keys_sort_by_time_where_the_server_can_make_such(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);
        var version = await database.ValueAsync<string>("SELECT substr(uuid_v7_or_random()::text, 15, 1)");

        // RFC 9562, section 4.2: the 13th digit is the version; uuidv7() came with PostgreSQL 18.
        Assert.Equal(major >= 18 ? "7" : "4", version);
    }
}
