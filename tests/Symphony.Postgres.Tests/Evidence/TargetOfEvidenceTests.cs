using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Evidence.Freshness;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>Evidence counts for the database that it is of, with its schema as it is, and for no other.</summary>
public sealed class TargetOfEvidenceTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new Workspace().Claim(
        """
        - {id: a, table: {table: t}}
        - {id: b, for_each: {tables: {name: "*"}}, table: {}}
        - {id: c, query: {sql: SELECT FROM public.t}}
        - {id: d, table: {table: absent}}
        """
    );

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task The_database_that_was_verified_is_the_target_until_its_schema_changes()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int); CREATE TABLE u (a int)");
        await workspace.VerifyAsync(database);

        Assert.Equal([], await FindingsAsync(database));
        await database.ExecuteAsync("INSERT INTO t VALUES (1); CREATE TABLE not_looked_at_then ()");
        Assert.Equal([], await FindingsAsync(database));
        await database.ExecuteAsync("ALTER TABLE u ALTER a SET NOT NULL");
        Assert.Equal(["/target/schema_fingerprint"], await FindingsAsync(database));
    }

    [Fact]
    public async Task Another_database_of_the_same_schema_is_not_the_target()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var other = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int)");
        await other.ExecuteAsync("CREATE TABLE t (a int)");
        await workspace.VerifyAsync(database);

        Assert.Equal(["/target/database"], await FindingsAsync(other));
    }

    [Theory]
    [MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task Of_a_full_fingerprint_everything_that_people_made_counts(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        );
        await workspace.VerifyAsync(database, "--fingerprint", "full");
        var first = await FindingsAsync(database);
        await database.ExecuteAsync("INSERT INTO t VALUES (1); ANALYZE t");

        Assert.Equal([], first);
        Assert.Equal([], await FindingsAsync(database));
        await database.ExecuteAsync("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'");
        Assert.Equal(["/target/schema_fingerprint"], await FindingsAsync(database));
    }

    /// <summary>What stands against the evidence because of its target.</summary>
    private async Task<IEnumerable<string>> FindingsAsync(TestDatabase database)
    {
        var evidence = new FreshnessCheck(workspace.Evidence, KindRegistry.Standard).Check(
            new FreshnessRequest
            {
                Key = new EvidenceKey(Workspace.Task, Workspace.Signature),
                Manifests = new ManifestSet([], []),
                Commit = "",
                Now = DateTimeOffset.UtcNow,
            }
        );
        await using var session = await CatalogSession.OpenAsync(
            ConnectionTarget.Parse(database.ConnectionString, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken,
            evidence.Scope
        );
        var snapshot = await session.ReadAsync(
            new Questions([], evidence.Relations),
            (_, _) => { },
            TestContext.Current.CancellationToken
        );
        FreshnessCheck.RequireTarget(evidence, snapshot.Target);
        return evidence
            .Examination.Findings.Select(finding => finding.Pointer)
            .Where(pointer => pointer.StartsWith("/target", StringComparison.Ordinal));
    }
}
