using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>What was applied is known, and stays as it was.</summary>
public sealed class MigrationLedgerTests(PostgresServers servers) : IDisposable
{
    private readonly MigrationFolder _folder = new MigrationFolder()
        .Write("0001_a.sql", "CREATE TABLE a (id int);")
        .Write("0002_b.sql", "CREATE TABLE b (id int);");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_what_is_new_is_applied()
    {
        await using var database = await servers.CreateDatabaseAsync();

        Assert.Equal(["0001_a", "0002_b"], await _folder.ApplyAsync(database));
        _folder.Write("0004_d.sql", "CREATE TABLE d (id int);");
        Assert.Equal(["0004_d"], await _folder.ApplyAsync(database));
        Assert.Equal(["0001_a", "0002_b", "0004_d"], await database.LedgerAsync());
    }

    [Fact]
    public async Task A_plan_writes_nothing()
    {
        await using var database = await servers.CreateDatabaseAsync();
        var plan = await new MigrationRunner(database.ConnectionString).PlanAsync(
            _folder.FullName,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["0001_a", "0002_b"], plan.Pending.Select(script => script.Version));
        Assert.False(await database.HasRelationAsync("a"));
        Assert.False(await database.HasRelationAsync("public.schema_migrations"));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("missing")]
    [InlineData("inserted")]
    public async Task A_past_that_is_not_as_it_was_is_refused_and_nothing_is_applied(string how)
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0003_c.sql", "CREATE TABLE c (id int);").Remove("0002_b.sql");
        await _folder.ApplyAsync(database);
        var culprit = how switch
        {
            "changed" => "0001_a.sql",
            "missing" => "0003_c.sql",
            _ => "0002_b.sql",
        };
        if (how == "missing")
        {
            _folder.Remove(culprit);
        }
        else
        {
            _folder.Write(culprit, "CREATE TABLE other (id int);");
        }

        _folder.Write("0004_d.sql", "CREATE TABLE d (id int);");
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains(culprit, failure.Found, StringComparison.Ordinal);
        Assert.Equal(["0001_a", "0003_c"], await database.LedgerAsync());
        Assert.False(await database.HasRelationAsync("d"));
    }

    [Fact]
    public async Task A_ledger_that_was_kept_with_file_names_is_continued()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await _folder.ApplyAsync(database);
        await database.ExecuteAsync(
            "UPDATE schema_migrations SET version = version || '.sql', checksum = upper(checksum)"
        );
        _folder.Write("0003_c.sql", "CREATE TABLE c (id int);");

        Assert.Equal(["0003_c"], await _folder.ApplyAsync(database));
    }

    [Theory]
    [InlineData("CREATE TABLE public.schema_migrations (version text PRIMARY KEY)")]
    [InlineData("CREATE TABLE public.schema_migrations AS SELECT 1 AS version, '' AS checksum, now() AS applied_at")]
    [InlineData(
        "CREATE TABLE public.schema_migrations AS SELECT '0001_a' AS version, NULL::text AS checksum, now() AS applied_at"
    )]
    public async Task Somebody_elses_table_of_that_name_is_left_alone(string table)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(table);
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains("public.schema_migrations is not a ledger", failure.Message, StringComparison.Ordinal);
        Assert.False(await database.HasRelationAsync("a"));
    }
}
