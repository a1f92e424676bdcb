using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A ledger held against the files on disk.</summary>
public sealed class LedgerTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new Workspace()
        .Write("schema/migrations/0001_a.sql", "CREATE TABLE a (x int);\n")
        .Write("schema/migrations/0002_b.sql", "CREATE TABLE b (x int);\n")
        .Claim("- {id: ledger, ledger: {table: schema_migrations, directory: ../schema/migrations}}");

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task What_migrate_applied_is_what_lies_on_disk(int major)
    {
        await using var database = await MigratedAsync(major);

        var run = await workspace.VerifyAsync(database);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_file_that_changed_is_gone_or_is_pending_is_named(int major)
    {
        await using var database = await MigratedAsync(major);
        File.Delete(Path.Combine(workspace.Root, "schema/migrations/0001_a.sql"));
        workspace
            .Write("schema/migrations/0002_b.sql", "CREATE TABLE b (y int);\n")
            .Write("schema/migrations/0003_c.sql", "CREATE TABLE c (x int);\n");

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            ["missing 0001_a", "changed 0002_b", "pending 0003_c"],
            workspace
                .Check()
                .GetProperty("differences")
                .EnumerateArray()
                .Select(difference => $"{difference.Text("path")} {difference.GetProperty("observed")[0]}")
        );
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_ledger_that_may_not_be_read_is_an_error(int major)
    {
        await using var database = await MigratedAsync(major);
        await using var role = await LoginRole.CreateAsync(database);

        var run = await workspace.VerifyAsync(role.ConnectionString);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Contains("Grant the verifying role SELECT", workspace.Check().Text("next"), StringComparison.Ordinal);
    }

    private async Task<TestDatabase> MigratedAsync(int major)
    {
        var database = await servers.CreateDatabaseAsync(major);
        var run = await workspace.RunAsync(database.ConnectionString, ["migrate"]);
        Assert.True(run.Exit == ExitCode.Ok, run.All);
        return database;
    }
}
