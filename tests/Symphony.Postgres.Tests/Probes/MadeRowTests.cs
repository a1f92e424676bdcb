using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>The rows that probes make up: of every type, past every constraint that speaks of what it wants.</summary>
public sealed class MadeRowTests(PostgresServers servers)
{
    public static TheoryData<string> Types =>
        [
            "boolean",
            "smallint",
            "bigint",
            "numeric",
            "numeric(3,1)",
            "numeric(2,2)",
            "real",
            "money",
            "text",
            "varchar(2)",
            "char(3)",
            "\"char\"",
            "name",
            "uuid",
            "bytea",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "json",
            "jsonb",
            "jsonpath",
            "xml",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "bit(5)",
            "bit varying(9)",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "pg_lsn",
            "oid",
            "int4range",
            "tstzrange",
            "datemultirange",
            "text[]",
            "integer[][]",
            "mood",
            "mood[]",
            "address",
            "address[]",
            "span",
            "percentage",
            "short_code",
            "codes",
        ];

    [Theory, MemberData(nameof(Types))]
    public async Task A_value_of_any_type_is_made(string type)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"""
            CREATE TYPE mood AS ENUM ('it''s', 'so "so"', 'a, b');
            CREATE TYPE address AS (street text, "no." integer, tags text[], feeling mood);
            CREATE TYPE span AS RANGE (subtype = numeric);
            CREATE DOMAIN percentage AS numeric(5,2) CHECK (VALUE BETWEEN 20 AND 80) NOT NULL;
            CREATE DOMAIN short_code AS text CHECK (VALUE ~ '^[A-Z]{"{2}"}-[0-9]{"{3}"}$');
            CREATE DOMAIN codes AS short_code[];
            CREATE TABLE things (thing {type} NOT NULL);
            """
        );

        var run = await probed.ProbeAsync("- {id: a, column: {table: things, name: thing, nullable: false}}");

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        Assert.StartsWith("confirmed", Assert.Single(probed.Workspace.Check().Heard()), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Checks =>
        new(
            ("text", "thing IN ('gold', 'silver')"),
            ("text", "char_length(thing) = 64"),
            ("text", "thing ~ '^[0-9a-f]{64}$'"),
            ("text", @"thing ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$'"),
            ("text", "thing LIKE 'ACC-____' AND length(thing) = 8"),
            ("text", "thing = upper(thing) AND thing <> ''"),
            ("text", "btrim(thing) <> '' AND thing !~ '[[:space:]]'"),
            ("integer", "thing BETWEEN 40 AND 42"),
            ("integer", "thing % 5 = 0 AND thing > 5"),
            ("numeric", "thing > 0.25 AND thing < 0.75"),
            ("date", "thing >= '2031-05-01' AND thing < '2031-06-01'"),
            ("timestamptz", "thing > '2150-01-01'"),
            ("jsonb", "jsonb_typeof(thing) = 'array'"),
            ("jsonb", "thing ? 'kind' AND thing ->> 'kind' = 'payment'"),
            ("text[]", "cardinality(thing) > 1"),
            ("bytea", "octet_length(thing) = 32"),
            ("boolean", "thing")
        );

    [Theory, MemberData(nameof(Checks))]
    public async Task A_check_is_satisfied_and_violated_by_what_it_mentions(string type, string check)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"CREATE TABLE things (thing {type} NOT NULL CONSTRAINT fits CHECK ({check}))"
        );

        var run = await probed.ProbeAsync(
            $"- id: a\n  check: {{table: things, name: fits, expression: \"{check.Replace("\\", "\\\\")}\"}}"
        );

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        Assert.StartsWith(
            "confirmed: It was refused with 23514 by fits",
            Assert.Single(probed.Workspace.Check().Heard()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Checks_over_several_columns_are_satisfied_together()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE leases (
              lease_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              holder text, token uuid, expires timestamptz,
              state text NOT NULL CHECK (state IN ('free', 'held')),
              starts date NOT NULL, ends date NOT NULL,
              days int GENERATED ALWAYS AS (ends - starts) STORED,
              code text NOT NULL UNIQUE CHECK (code ~ '^[A-F]{4}$'),
              CONSTRAINT whole CHECK (num_nulls(holder, token, expires) IN (0, 3)),
              CONSTRAINT held CHECK (state <> 'held' OR holder IS NOT NULL),
              CONSTRAINT ordered CHECK (starts < ends),
              CONSTRAINT long_enough CHECK (days >= 300)
            )
            """
        );

        var run = await probed.ProbeAsync(
            """
            - {id: a, check: {table: leases, name: whole, expression: "num_nulls(holder, token, expires) IN (0, 3)"}}
            - {id: b, check: {table: leases, name: held, expression: "state <> 'held' OR holder IS NOT NULL"}}
            - {id: c, check: {table: leases, name: ordered, expression: starts < ends}}
            - {id: d, unique: {table: leases, name: leases_code_key, columns: [code]}}
            - {id: e, primary_key: {table: leases, columns: [lease_id]}}
            """
        );

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        var heard = probed.Workspace.Checks().SelectMany(check => check.Heard()).ToList();
        Assert.Equal(5, heard.Count);
        // Nothing that ends before it starts lasts three hundred days: one check stands before the other.
        Assert.Equal(4, heard.Count(said => said.StartsWith("confirmed", StringComparison.Ordinal)));
        Assert.Single(
            heard,
            said => said.StartsWith("inconclusive: Something else refused it first", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task References_are_followed_through_tables_to_themselves_and_in_a_circle()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE regions (region_id int PRIMARY KEY, parent_id int NOT NULL REFERENCES regions);
            CREATE TABLE payers (region_id int REFERENCES regions, payer_id uuid, PRIMARY KEY (region_id, payer_id));
            CREATE TABLE tenants (tenant_id text PRIMARY KEY, region_id int NOT NULL, payer_id uuid NOT NULL, owner_id int NOT NULL,
              CONSTRAINT payer FOREIGN KEY (region_id, payer_id) REFERENCES payers,
              CONSTRAINT region FOREIGN KEY (region_id) REFERENCES regions);
            CREATE TABLE owners (owner_id int PRIMARY KEY, tenant_id text NOT NULL
              CONSTRAINT tenant REFERENCES tenants DEFERRABLE INITIALLY DEFERRED);
            ALTER TABLE tenants ADD CONSTRAINT owner FOREIGN KEY (owner_id) REFERENCES owners DEFERRABLE;
            """
        );

        var run = await probed.ProbeAsync(
            """
            - {id: a, foreign_key: {table: tenants, name: payer, columns: [region_id, payer_id], references: {table: payers, columns: [region_id, payer_id]}}}
            - {id: b, foreign_key: {table: tenants, name: owner, columns: [owner_id], references: {table: owners, columns: [owner_id]}, deferrable: true}}
            - {id: c, foreign_key: {table: owners, name: tenant, columns: [tenant_id], references: {table: tenants, columns: [tenant_id]}, deferrable: true}}
            """
        );

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        Assert.All(
            probed.Workspace.Checks(),
            check => Assert.StartsWith("confirmed", check.Heard()[0], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_row_keeps_clear_of_those_that_are_there()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE things (slot smallint NOT NULL CONSTRAINT few CHECK (slot BETWEEN 1 AND 6), CONSTRAINT one UNIQUE (slot));
            INSERT INTO things VALUES (1), (2), (5);
            """
        );

        var run = await probed.ProbeAsync("- {id: a, unique: {table: things, name: one, columns: [slot]}}");

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        Assert.Equal(3L, await probed.Database.ScalarAsync<long>("SELECT count(*) FROM things"));
    }

    [Theory]
    [InlineData(
        "CREATE TABLE things (thing text NOT NULL CHECK (md5(thing) = 'd41d8cd98f00b204e9800998ecf84abc'))",
        "no value that was tried for public.things.thing",
        "Put a value for public.things.thing under `values`"
    )]
    [InlineData(
        "CREATE TABLE others (other int PRIMARY KEY, thing int NOT NULL); CREATE TABLE things (thing int PRIMARY KEY, other int NOT NULL REFERENCES others);"
            + "ALTER TABLE others ADD CONSTRAINT circle FOREIGN KEY (thing) REFERENCES things",
        "each need a row of the other, and circle cannot be deferred",
        "under `values` in the manifest's `rows`"
    )]
    [InlineData(
        "CREATE TABLE things (thing text NOT NULL); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;"
            + "CREATE TRIGGER t BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION f()",
        "never (P0001)",
        "an entry for public.things"
    )]
    public async Task Where_none_can_be_made_it_is_an_error_that_says_what_to_put_where(
        string schema,
        string problem,
        string next
    )
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, schema);

        var run = await probed.ProbeAsync("- {id: a, column: {table: things, name: thing, nullable: false}}");

        Assert.Equal(Cli.ExitCode.Unobserved, run.Exit);
        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Contains(problem, probed.Workspace.Check().Text("explanation"), StringComparison.Ordinal);
        Assert.Contains(next, probed.Workspace.Check().Text("next"), StringComparison.Ordinal);
    }
}
