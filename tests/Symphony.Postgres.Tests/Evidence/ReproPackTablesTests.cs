using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>What tables have of their own travels with them: their children's constraints and defaults, options and comments.</summary>
public sealed class ReproPackTablesTests(PostgresServers servers) : IDisposable
{
    private readonly PackFolder folder = new();

    /// <summary>Claims, what breaks them, what mends them again.</summary>
    public static TheoryData<string, string, string> Failures =>
        new()
        {
            {
                "- {id: a, table: {table: t, storage: {fillfactor: \"70\"}}}",
                "CREATE TABLE t (a int) WITH (fillfactor = 60, autovacuum_enabled = false)",
                "ALTER TABLE t SET (fillfactor = 70)"
            },
            {
                "- {id: a, table: {table: t, comment: agreed}}\n- {id: b, column: {table: t, name: a, comment: agreed}}",
                """
                    CREATE TABLE t (a int);
                    COMMENT ON TABLE t IS E'it''s\n\\other;';
                    COMMENT ON COLUMN t.a IS '$symphony$';
                    """,
                "COMMENT ON TABLE t IS 'agreed'"
            },
            // A partition's own default, which a claim on the partition is about.
            {
                "- {id: a, column: {table: p1, name: b, default: none}}\n- {id: b, column: {table: p2, name: b, default: '1'}}",
                """
                    CREATE TABLE p (a int, b int DEFAULT 1) PARTITION BY LIST (a);
                    CREATE TABLE p1 PARTITION OF p (b DEFAULT 7) FOR VALUES IN (1);
                    CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
                    ALTER TABLE p2 ALTER b DROP DEFAULT;
                    """,
                "ALTER TABLE p1 ALTER b DROP DEFAULT"
            },
        };

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Failures))]
    public async Task A_pack_brings_what_a_table_has_of_its_own(string claim, string broken, string repair) =>
        await folder.ShowAsync(servers, claim, broken, repair);

    /// <summary>Whatever their names: the server takes in a child's constraint, and refuses it after the parent's.</summary>
    [Theory, MemberData(nameof(Majors))]
    public async Task Children_that_have_a_constraint_of_their_own_are_packed_from_every_server(int major) =>
        await folder.ShowAsync(
            servers,
            "- {id: a, check: {table: m, name: c, expression: x > 1}}",
            """
            CREATE TABLE m (x int CONSTRAINT first_n NOT NULL, y int, CONSTRAINT c CHECK (x > 0));
            CREATE TABLE z (x int CONSTRAINT z_n NOT NULL, y int CONSTRAINT own_n NOT NULL, CONSTRAINT c CHECK (x > 0));
            CREATE TABLE a (x int CONSTRAINT a_n NOT NULL, y int, CONSTRAINT c CHECK (x > 0));
            CREATE TABLE between () INHERITS (m);
            ALTER TABLE z INHERIT between;
            ALTER TABLE a INHERIT m;
            """,
            "ALTER TABLE m DROP CONSTRAINT c",
            major
        );

    /// <summary>A trigger of a parent that is switched off, and on again in a partition whose name comes first; a foreign key's.</summary>
    [Theory, MemberData(nameof(Majors))]
    public async Task What_is_switched_off_is_so_in_the_pack_of_every_server(int major) =>
        await folder.ShowAsync(
            servers,
            """
            - {id: a, trigger: {table: p, name: g, timing: after, events: [insert], level: row, function: g}}
            - {id: b, foreign_key: {table: loaded, name: f, columns: [b], references: {table: known, columns: [id]}}}
            """,
            """
            CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TABLE p (a int) PARTITION BY LIST (a);
            CREATE TABLE a PARTITION OF p FOR VALUES IN (1);
            CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION g();
            ALTER TABLE ONLY p DISABLE TRIGGER g;
            CREATE TABLE known (id int PRIMARY KEY);
            CREATE TABLE loaded (b int CONSTRAINT f REFERENCES known);
            CREATE TRIGGER stays AFTER INSERT ON loaded FOR EACH ROW EXECUTE FUNCTION g();
            CREATE TRIGGER goes AFTER INSERT ON loaded FOR EACH ROW EXECUTE FUNCTION g();
            ALTER TABLE loaded DISABLE TRIGGER ALL;
            ALTER TABLE loaded ENABLE TRIGGER stays;
            """,
            "ALTER TABLE loaded ENABLE TRIGGER ALL",
            major
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_child_that_takes_NULL_is_packed_from_every_server(int major) =>
        await folder.ShowAsync(
            servers,
            "- {id: a, column: {table: t, name: a, nullable: false}}\n- {id: b, column: {table: other, name: b, nullable: false}}",
            """
            CREATE TABLE t (a int);
            CREATE TABLE child () INHERITS (t);
            """
                + (
                    major >= 18
                        ? "ALTER TABLE t ADD CONSTRAINT n NOT NULL a NO INHERIT;"
                        : "ALTER TABLE ONLY t ALTER a SET NOT NULL;"
                )
                + """
                CREATE TABLE other (b int) PARTITION BY LIST (b);
                CREATE TABLE part PARTITION OF other FOR VALUES IN (1);
                ALTER TABLE part ALTER b SET NOT NULL;
                """,
            "DROP TABLE child",
            major
        );

    [Fact]
    public async Task A_pack_is_the_same_in_a_database_of_another_encoding()
    {
        await using var database = await folder.FailAsync(
            servers,
            "- {id: a, column: {table: t, name: größe, nullable: false}}",
            "CREATE TABLE t (größe int, \"bleibt gleich\" text DEFAULT 'ß')"
        );
        Assert.Equal(ExitCode.Ok, (await folder.PackAsync(database)).Exit);
        var latin = $"{database.Name}_latin";
        await database.ExecuteAsync($"CREATE DATABASE {latin} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        foreach (var script in (string[])["schema.sql", "check.sql", "facts.sql"])
        {
            var run = await folder.PsqlAsync(database, script, latin);
            Assert.True(run.Exit == 0, run.Output);
        }

        var target = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = latin, Pooling = false };
        var verified = await folder.Workspace.RunAsync(
            target.ConnectionString,
            ["verify", "--invariants", "pack/manifest.yml", "--evidence", "other"]
        );
        Assert.Contains("NULL is accepted", verified.Output, StringComparison.Ordinal);
        await database.ExecuteAsync($"DROP DATABASE {latin}");
    }
}
