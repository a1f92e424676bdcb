using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>What looks like the claimed object and is another.</summary>
public sealed class ShadowingTests(PostgresServers servers) : IDisposable
{
    private const string Claims = """
        - {id: a, table: {table: tenants}}
        - {id: b, column: {table: tenants, name: id, type: text, nullable: false}}
        - {id: c, check: {table: tenants, name: c, expression: length(id) > 0 AND true}}
        - {id: d, index: {table: tenants, name: i, columns: [id]}}
        """;

    private const string Table = "(id text NOT NULL, CONSTRAINT c CHECK (length(id) > 0)); CREATE INDEX i ON ";

    private readonly Workspace workspace = new Workspace().Claim(Claims);

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task The_same_table_in_another_schema_of_the_search_path_does_not_stand_in(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            $"CREATE SCHEMA other; CREATE TABLE other.tenants {Table} other.tenants (id); ALTER DATABASE {database.Name} SET search_path = other, public"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.All(workspace.Checks(), check => Assert.Equal("FAIL", check.Verdict()));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Functions_and_operators_before_the_built_in_ones_are_not_used(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            $"""
            CREATE TABLE tenants {Table} tenants (id);
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.length(text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION evil.same(a name, b text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = text, FUNCTION = evil.same);
            CREATE FUNCTION evil.jsonb_build_object(VARIADIC "any") RETURNS jsonb LANGUAGE internal AS 'jsonb_build_object';
            CREATE TABLE evil.pg_class (oid oid, relname name, relnamespace oid);
            CREATE TABLE evil.pg_constraint (oid oid);
            ALTER DATABASE {database.Name} SET search_path = evil, pg_catalog, public;
            """
        );
        database.Close();

        var run = await workspace.VerifyAsync(database);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    [Theory]
    [InlineData("CREATE VIEW tenants AS SELECT 'x'::text AS id")]
    [InlineData("CREATE MATERIALIZED VIEW tenants AS SELECT 'x'::text AS id")]
    [InlineData("CREATE TYPE tenants AS (id text)")]
    [InlineData("CREATE SEQUENCE tenants")]
    [InlineData("CREATE TABLE other (id text); CREATE INDEX tenants ON other (id)")]
    [InlineData(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE tenants (id text NOT NULL, CONSTRAINT c CHECK (length(id) > 0)) SERVER s"
    )]
    [InlineData("CREATE UNLOGGED TABLE tenants (id text, CONSTRAINT c CHECK (length(id) > 0) NO INHERIT)")]
    [InlineData("CREATE TABLE \"Tenants\" (id text NOT NULL)")]
    public async Task Another_sort_of_relation_under_the_name_does_not_hold(string sql)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(sql);

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.All(workspace.Checks(), check => Assert.Equal("FAIL", check.Verdict()));
    }

    [Fact]
    public async Task Temporary_tables_shadow_neither_the_catalog_nor_the_subject()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync($"CREATE TABLE tenants {Table} tenants (id)");
        var invariants = Manifests
            .ManifestFolder.Read(
                Path.Combine(workspace.Root, "invariants"),
                "invariants",
                Symphony.Kinds.KindRegistry.Standard
            )
            .Invariants.ToList();
        await using var connection = await database.OpenAsync();
        await using var begin = new Npgsql.NpgsqlCommand(
            """
            BEGIN;
            CREATE TEMPORARY TABLE tenants (id int);
            CREATE TEMPORARY TABLE pg_class (oid oid, relname name, relnamespace oid);
            CREATE TEMPORARY TABLE pg_namespace (oid oid, nspname name);
            CREATE TEMPORARY TABLE pg_attribute (attname name);
            """,
            connection
        );
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var session = await Catalog.CatalogSession.WithinAsync(
            connection,
            Catalog.SessionLimits.Default,
            TestContext.Current.CancellationToken
        );

        var report = await Verification.VerificationRun.VerifyAsync(
            invariants,
            session,
            new Verification.WaiverBook([], new DateOnly(2025, 1, 1)),
            TestContext.Current.CancellationToken
        );

        Assert.All(report.Checks, check => Assert.Equal(Verification.Verdict.Pass, check.Verdict));
    }
}
