using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>coverage: what could be lost without any invariant noticing.</summary>
public sealed class CoverageTests(PostgresServers servers) : IDisposable
{
    private const string Schema = """
        CREATE TABLE payers (payer_id int CONSTRAINT payers_pkey PRIMARY KEY, name text CONSTRAINT named CHECK (name <> ''));
        CREATE UNIQUE INDEX payers_name ON payers (name);
        CREATE TABLE tenants (tenant_id int CONSTRAINT tenants_pkey PRIMARY KEY, payer_id int CONSTRAINT payer REFERENCES payers);
        CREATE FUNCTION "odd.name"(integer, text) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
        CREATE FUNCTION invoker() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER audit AFTER INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION invoker();
        ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON tenants USING (true);
        CREATE TABLE events (at date CONSTRAINT dated CHECK (at > '2000-01-01')) PARTITION BY RANGE (at);
        CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        """;

    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task Every_guard_that_no_invariant_speaks_of_is_listed_and_partitions_follow_their_parent(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        workspace.Claim("- {id: a, table: {table: payers}}");

        var run = await workspace.RunAsync(database.ConnectionString, ["coverage", "--json"]);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            [
                "check public.events.dated",
                "check public.payers.named",
                "primary_key public.payers.payers_pkey",
                "unique_index public.payers.payers_name",
                "foreign_key public.tenants.payer",
                "policy public.tenants.own",
                "primary_key public.tenants.tenants_pkey",
                "trigger public.tenants.audit",
                "definer_function public..\"odd.name\"(integer, text)",
            ],
            Guards(run)
                .Select(guard =>
                    $"{guard.Text("sort")} {guard.Text("schema")}.{guard.Text("table")}.{guard.Text("name")}"
                )
        );
        Assert.All(Guards(run), guard => Assert.Equal(0, guard.GetProperty("invariants").GetArrayLength()));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task The_claims_that_it_offers_hold_and_cover_what_they_were_offered_for(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            """"
            CREATE TABLE "Odd.table: #" ("a b" int CONSTRAINT "it's ""so""" PRIMARY KEY, "c,d" text CHECK ("c,d" <> E'x\\y: #'), e int UNIQUE);
            ALTER TABLE "Odd.table: #" ADD CONSTRAINT later CHECK (e > 0) NOT VALID;
            """"
        );
        workspace.Claim("- {id: a, role: {name: pg_monitor}}");
        var offered = (await workspace.RunAsync(database.ConnectionString, ["coverage"]))
            .Output.Split('\n')
            .Where(line => line.StartsWith("  - {id: ", StringComparison.Ordinal))
            .Select(line => line.Trim())
            .ToList();

        workspace.Claim(string.Join('\n', offered));
        var covered = await workspace.RunAsync(database.ConnectionString, ["coverage"]);
        var verified = await workspace.RunAsync(database.ConnectionString, ["verify"]);

        Assert.Equal(4, offered.Count);
        Assert.True(covered.Exit == ExitCode.Ok, covered.All);
        Assert.True(verified.Exit == ExitCode.Ok, verified.All);
    }

    [Fact]
    public async Task What_an_invariant_or_a_rule_speaks_of_is_covered_and_by_whom_is_said()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(Schema);
        workspace.Claim(
            """
            - {id: key, for_each: {tables: {except: [events]}}, primary_key: {columns: [payer_id]}}
            - {id: named, check: {table: payers, name: named, expression: name <> ''}}
            - {id: name-once, index: {table: payers, name: payers_name, columns: [name], unique: true}}
            - {id: payer, foreign_key: {table: tenants, name: payer, columns: [payer_id], references: {table: payers, columns: [payer_id]}}}
            - {id: audit, trigger: {table: tenants, name: audit, timing: after, events: [insert], level: row, function: invoker}}
            - {id: own, policy: {table: tenants, name: own, using: "true"}}
            - {id: odd, function: {name: '"odd.name"(integer, text)', security: definer}}
            - {id: dated, check: {table: events, name: dated, expression: at > '2000-01-01'}}
            """
        );

        var json = await workspace.RunAsync(database.ConnectionString, ["coverage", "--json"]);
        var text = await workspace.RunAsync(database.ConnectionString, ["coverage"]);

        Assert.True(text.Exit == ExitCode.Ok, text.All);
        Assert.Contains("9 guards: 9 spoken of by an invariant, 0 by none", text.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["dated", "named", "key", "name-once", "payer", "own", "key", "audit", "odd"],
            Guards(json).Select(guard => guard.GetProperty("invariants")[0].GetString())
        );
    }

    private static List<JsonElement> Guards(CliRun run) =>
        [.. JsonElement.Parse(run.Output).GetProperty("guards").EnumerateArray()];
}
