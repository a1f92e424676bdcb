using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>A pack shows its failure with PostgreSQL and psql alone: these tests run what its README says.</summary>
public sealed class ReproPackTests(PostgresServers servers) : IDisposable
{
    private readonly PackFolder folder = new();

    public static TheoryData<string, string, string> Failures =>
        new()
        {
            {
                "- {id: a, check: {table: t, name: c, expression: a > 0}}",
                "CREATE TABLE t (a int CONSTRAINT c CHECK (true))",
                "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0)"
            },
            {
                "- {id: a, check: {table: t, name: c, expression: a > 0}}",
                "CREATE TABLE t (a int)",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)"
            },
            { "- {id: a, table: {table: t}}", "SELECT 1", "CREATE TABLE t ()" },
            {
                "- {id: a, index: {table: t, name: i, columns: [a, b]}}",
                "CREATE TYPE mood AS ENUM ('so', 'it''s'); CREATE TABLE t (a int, b mood DEFAULT 'so', c text COLLATE \"C\"); CREATE INDEX i ON t (a) WHERE b = 'so'",
                "DROP INDEX i; CREATE INDEX i ON t (a, b)"
            },
            {
                "- {id: a, column: {table: t, name: a, nullable: false}}",
                "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (id bigserial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY, a d, g int GENERATED ALWAYS AS (1 + 1) STORED)",
                "ALTER TABLE t ALTER a SET NOT NULL"
            },
            {
                "- {id: a, foreign_key: {table: t, name: f, columns: [a], references: {table: p, columns: [a]}, on_delete: cascade}}",
                "CREATE TABLE p (a int PRIMARY KEY, b int CONSTRAINT other REFERENCES p); CREATE TABLE t (a int CONSTRAINT f REFERENCES p)",
                "ALTER TABLE t DROP CONSTRAINT f, ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE"
            },
            {
                "- {id: a, append_only: {table: t, sqlstate: P0001}}",
                "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no; never'; END$$; CREATE TRIGGER x BEFORE UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER x",
                "DROP TABLE t"
            },
            {
                "- {id: a, check: {table: t, name: c, expression: a > 0}}",
                "CREATE TABLE t (a int NOT NULL) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t DEFAULT PARTITION BY HASH (a); ALTER TABLE t1 ADD CONSTRAINT c CHECK (a > 0)",
                "ALTER TABLE t1 DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)"
            },
            {
                "- {id: a, check: {table: '\"odd; \\.name\".\"T'' \\\\echo\"', name: \"c\\\"--\", expression: a > 0}}",
                "CREATE SCHEMA \"odd; \\.name\"; CREATE TABLE \"odd; \\.name\".\"T' \\\\echo\" (a int CONSTRAINT \"c\"\"--\" CHECK (a > 1))",
                "DROP SCHEMA \"odd; \\.name\" CASCADE"
            },
            // Numbers that no double holds, in the claim and in the facts; and what draws from a sequence.
            {
                "- {id: a, sequence: {name: s, min: -9223372036854775808, max: 9223372036854775807}}",
                "CREATE SEQUENCE s INCREMENT 9007199254740993 MINVALUE -9223372036854775807 MAXVALUE 9223372036854775806 START 9007199254740995 CACHE 9007199254740997 CYCLE",
                "ALTER SEQUENCE s INCREMENT 1 MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 NO CYCLE"
            },
            {
                "- {id: a, sequence: {name: t_a_seq, owned_by: {table: t, column: a}, max: 9007199254740993}}",
                "CREATE TABLE t (a bigserial); ALTER SEQUENCE t_a_seq MAXVALUE 9007199254740992",
                "ALTER SEQUENCE t_a_seq MAXVALUE 9007199254740993"
            },
            {
                "- {id: a, sequence: {name: odd, owned_by: {table: t, column: a}, type: smallint}}",
                "CREATE TABLE p (b int); CREATE TABLE t (a smallint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME odd MAXVALUE 7 CYCLE)) INHERITS (p)",
                "ALTER SEQUENCE odd NO MAXVALUE NO CYCLE"
            },
            { "- {id: a, sequence: {name: s}}", "CREATE TABLE s (a bigint)", "DROP TABLE s; CREATE SEQUENCE s" },
            {
                "- {id: a, column: {table: t, name: a, type: smallint}}",
                "CREATE SEQUENCE s AS smallint MAXVALUE 9; CREATE TABLE o (x int); ALTER SEQUENCE s OWNED BY o.x; CREATE TABLE t (a int DEFAULT nextval('s'))",
                "ALTER TABLE t ALTER a TYPE smallint"
            },
        };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Failures))]
    public async Task A_pack_shows_the_failure_with_psql_alone_and_notices_its_repair(
        string claim,
        string broken,
        string repair
    )
    {
        folder.Workspace.Claim(claim);
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(broken);
        await folder.Workspace.VerifyAsync(database);

        var repro = await folder.PackAsync(database);

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        await using var scratch = await servers.CreateDatabaseAsync();
        var made = await folder.PsqlAsync(scratch, "schema.sql");
        var check = await folder.PsqlAsync(scratch, "check.sql");
        var facts = await folder.PsqlAsync(scratch, "facts.sql");
        Assert.True(made.Exit == 0, made.Output);
        Assert.True(check.Exit == 0, check.Output);
        Assert.Contains("\nreproduced\n", check.Output, StringComparison.Ordinal);
        Assert.True(facts.Exit == 0, facts.Output);
        var verified = await folder.VerifyAsync(scratch);
        Assert.True(verified.Exit == ExitCode.Failed, verified.All);

        await scratch.ExecuteAsync(repair);
        var repaired = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(repaired.Exit == 3, repaired.Output);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_pack_is_made_on_every_server(int major)
    {
        folder.Workspace.Claim("- {id: a, unique: {table: t, name: u, columns: [a, b]}}");
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            "CREATE TABLE p (a int); CREATE TABLE t (b int NOT NULL, CONSTRAINT u UNIQUE (b)) INHERITS (p); "
                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY q ON t USING (b > 0); "
                + "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING"
        );
        await folder.Workspace.VerifyAsync(database);

        var repro = await folder.PackAsync(database);

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        await using var scratch = await servers.CreateDatabaseAsync(major);
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "schema.sql")).Exit);
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "check.sql")).Exit);
    }

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Fact]
    public async Task A_pack_brings_the_owners_of_its_tables()
    {
        var owner = $"owner {Guid.NewGuid():n}'\"";
        var quoted = $"\"{owner.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        folder.Workspace.Claim("- {id: a, table: {table: t, owner: another}}");
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync($"CREATE ROLE {quoted}; CREATE TABLE t (); ALTER TABLE t OWNER TO {quoted}");
        await folder.Workspace.VerifyAsync(database);

        // What was written was tried on a server that does not know the role.
        var repro = await folder.PackAsync(database);

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        Assert.Contains(
            owner,
            folder.Read("expected.json").Replace("\\\"", "\"", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_pack_overwrites_nothing_and_is_not_made_of_what_no_longer_fails()
    {
        folder.Workspace.Claim("- {id: a, table: {table: t}}");
        await using var database = await servers.CreateDatabaseAsync();
        await folder.Workspace.VerifyAsync(database);
        folder.Workspace.Write("pack/precious", "precious");
        string[] command = ["repro", Workspace.Signature, "--pack", "pack"];

        Assert.Equal(ExitCode.BadInput, (await folder.Workspace.RunAsync(database.ConnectionString, command)).Exit);
        Assert.Single(Directory.GetFiles(folder.Path));

        await database.ExecuteAsync("CREATE TABLE t ()");
        command[^1] = "other";
        Assert.Equal(ExitCode.Failed, (await folder.Workspace.RunAsync(database.ConnectionString, command)).Exit);
        Assert.False(Directory.Exists(Path.Combine(folder.Workspace.Root, "other")));
    }
}
