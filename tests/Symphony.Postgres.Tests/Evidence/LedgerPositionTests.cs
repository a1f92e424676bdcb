using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>How far a database was migrated stands in run.json, and finding it out does no harm.</summary>
public sealed class LedgerPositionTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task The_last_migration_is_recorded(int major)
    {
        workspace.Claim("- {id: a, table: {table: t}}");
        workspace.Write("schema/migrations/0001_one.sql", "CREATE TABLE t (a int);");
        workspace.Write("schema/migrations/0002_two.sql", "CREATE TABLE u (a int);");
        await using var database = await servers.CreateDatabaseAsync(major);
        await workspace.RunAsync(database.ConnectionString, ["migrate"]);

        var ledger = await LedgerAsync(database);

        Assert.Equal("0002_two", ledger.GetProperty("version").GetString());
        Assert.Matches("^[0-9a-f]{64}$", ledger.GetProperty("checksum").GetString());
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("CREATE TABLE schema_migrations (version text, checksum text)")]
    [InlineData("CREATE TABLE schema_migrations (version int, checksum text)")]
    [InlineData("CREATE TABLE schema_migrations (checksum text)")]
    [InlineData("CREATE VIEW schema_migrations AS SELECT (1 / 0)::text AS version, (1 / 0)::text AS checksum")]
    [InlineData(
        "CREATE TABLE schema_migrations (version text, checksum text); INSERT INTO schema_migrations VALUES (NULL, 'a')"
    )]
    [InlineData(
        "CREATE TABLE schema_migrations (version text, checksum text); INSERT INTO schema_migrations VALUES ('1', '2'); "
            + "ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY"
    )]
    public async Task What_is_no_ledger_is_none_and_no_error(string sql)
    {
        workspace.Claim("- {id: a, table: {table: t}}");
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int)");
        await database.ExecuteAsync(sql);

        Assert.Equal(JsonValueKind.Null, (await LedgerAsync(database)).ValueKind);
    }

    private async Task<JsonElement> LedgerAsync(TestDatabase database)
    {
        var run = await workspace.VerifyAsync(database);
        Assert.True(run.Exit == ExitCode.Ok, run.All);
        var document = Assert.Single(
            Directory.GetFiles(Path.Combine(workspace.Evidence, "runs"), "run.json", SearchOption.AllDirectories)
        );
        return JsonElement.Parse(File.ReadAllBytes(document)).GetProperty("ledger");
    }
}
