using Npgsql;
using Symphony.Catalog;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>The schema's fingerprint: another for every change of a definition, the same for the same definitions.</summary>
public sealed class FingerprintTests(PostgresServers servers)
{
    private const string Schema = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE FUNCTION checked(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 > 0';
        CREATE FUNCTION given() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION made(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + 1';
        CREATE FUNCTION indexed(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
        CREATE FUNCTION covered(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 > 0';
        CREATE FUNCTION seen(int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT $1 > 0';
        CREATE FUNCTION shown(int) RETURNS int STABLE LANGUAGE sql AS 'SELECT $1';
        CREATE FUNCTION same(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
        CREATE FUNCTION differ(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 <> $2';
        CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same, NEGATOR = !==);
        CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = int, FUNCTION = differ, NEGATOR = ===);
        CREATE FUNCTION added(int, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
        CREATE AGGREGATE total(int) (SFUNC = added, STYPE = int);
        CREATE TABLE called (
          a int DEFAULT given() CHECK (checked(a)), b int GENERATED ALWAYS AS (made(a)) STORED, CHECK (NOT a === b));
        CREATE INDEX ON called (indexed(a)) WHERE covered(a);
        CREATE POLICY p ON called USING (seen(a));
        CREATE VIEW calling AS SELECT shown(a) AS a FROM called;
        CREATE VIEW summing AS SELECT total(a) AS a FROM called;
        CREATE FUNCTION uncalled(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
        CREATE TABLE untouched (a int CHECK (uncalled(a) > 0));
        CREATE TABLE other (id int PRIMARY KEY, z int UNIQUE);
        CREATE TABLE t (
          a int NOT NULL DEFAULT 1, b text COLLATE "C", c mood, d int GENERATED ALWAYS AS (a + 1) STORED,
          e int REFERENCES other (id), g tsvector,
          CONSTRAINT ck CHECK (a > 0), CONSTRAINT uq UNIQUE (a, b) DEFERRABLE,
          CONSTRAINT ex EXCLUDE USING gist (int4range(a, a + 1) WITH &&));
        CREATE INDEX i1 ON t (a, b DESC) INCLUDE (c) WHERE a > 1;
        CREATE INDEX i2 ON t (lower(b), b text_pattern_ops);
        CREATE INDEX i3 ON t USING gist (g);
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
        CREATE RULE r AS ON DELETE TO t WHERE old.a = 1 DO INSTEAD NOTHING;
        CREATE POLICY p ON t FOR SELECT TO PUBLIC USING (a > 0);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE SEQUENCE s;
        CREATE TABLE parted (k int, l int) PARTITION BY RANGE (k);
        CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (10);
        """;

    private static readonly Subject[] Relations =
    [
        .. new[] { "t", "v", "s", "parted", "part", "called", "calling", "summing", "absent" }.Select(
            name => new Subject("public", name, null)
        ),
    ];

    /// <summary>Each alone takes the schema to another one.</summary>
    private static readonly string[] Changes =
    [
        "ALTER TABLE t ALTER a DROP NOT NULL",
        "ALTER TABLE t ALTER a SET DEFAULT 2",
        "ALTER TABLE t ALTER b TYPE varchar(7) COLLATE \"C\"",
        "ALTER TABLE t ADD f int",
        "ALTER TABLE t RENAME e TO h",
        "ALTER TABLE t DROP CONSTRAINT ck",
        "ALTER TABLE t DROP CONSTRAINT ck, ADD CONSTRAINT ck CHECK (true)",
        "ALTER TABLE t DROP CONSTRAINT ck, ADD CONSTRAINT ck CHECK (a > 0) NOT VALID",
        "ALTER TABLE t DROP CONSTRAINT ck, ADD CONSTRAINT ck CHECK (a > 0) NO INHERIT",
        "ALTER TABLE t RENAME CONSTRAINT ck TO ck2",
        "ALTER TABLE t DROP CONSTRAINT uq, ADD CONSTRAINT uq UNIQUE (b, a) DEFERRABLE",
        "ALTER TABLE t DROP CONSTRAINT uq, ADD CONSTRAINT uq UNIQUE (a, b)",
        "ALTER TABLE t DROP CONSTRAINT uq, ADD CONSTRAINT uq UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED",
        "ALTER TABLE t DROP CONSTRAINT t_e_fkey, ADD CONSTRAINT t_e_fkey FOREIGN KEY (e) REFERENCES other (z)",
        "ALTER TABLE t DROP CONSTRAINT t_e_fkey, ADD CONSTRAINT t_e_fkey FOREIGN KEY (e) REFERENCES other (id) ON DELETE CASCADE",
        "ALTER TABLE t DROP CONSTRAINT ex, ADD CONSTRAINT ex EXCLUDE USING gist (int4range(a, a + 1) WITH -|-)",
        "DROP INDEX i1; CREATE UNIQUE INDEX i1 ON t (a, b DESC) INCLUDE (c) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b) INCLUDE (c) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (b DESC, a) INCLUDE (c) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b DESC) INCLUDE (d) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b DESC) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b DESC) INCLUDE (c)",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b COLLATE \"POSIX\" DESC) INCLUDE (c) WHERE a > 1",
        "DROP INDEX i1; CREATE INDEX i1 ON t (a, b DESC) INCLUDE (c) WITH (fillfactor = 50) WHERE a > 1",
        "DROP INDEX i2; CREATE INDEX i2 ON t (upper(b), b text_pattern_ops)",
        "DROP INDEX i2; CREATE INDEX i2 ON t (lower(b), b)",
        "DROP INDEX i3; CREATE INDEX i3 ON t USING gin (g)",
        "DROP INDEX i3; CREATE INDEX i3 ON t USING gist (g tsvector_ops (siglen = 32))",
        "ALTER INDEX i1 RENAME TO i4",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i1'::regclass",
        "ALTER TABLE t DISABLE TRIGGER tr",
        "DROP TRIGGER tr ON t; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION trg()",
        "CREATE OR REPLACE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION trg() SECURITY DEFINER",
        "ALTER FUNCTION trg() STABLE",
        "ALTER FUNCTION trg() SET search_path = public",
        "CREATE OR REPLACE FUNCTION checked(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'",
        "ALTER FUNCTION checked(int) STRICT",
        "CREATE OR REPLACE FUNCTION given() RETURNS int LANGUAGE sql AS 'SELECT 2'",
        "CREATE OR REPLACE FUNCTION made(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'",
        "CREATE OR REPLACE FUNCTION indexed(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION covered(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false'",
        "CREATE OR REPLACE FUNCTION seen(int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT true'",
        "ALTER FUNCTION seen(int) SECURITY DEFINER",
        "CREATE OR REPLACE FUNCTION shown(int) RETURNS int STABLE LANGUAGE sql AS 'SELECT 0'",
        "CREATE OR REPLACE FUNCTION same(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false'",
        "CREATE OR REPLACE FUNCTION differ(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'",
        "CREATE OR REPLACE FUNCTION added(int, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 0'",
        "DROP RULE r ON t",
        "ALTER TABLE t DISABLE RULE r",
        "ALTER POLICY p ON t USING (a > 1)",
        "ALTER POLICY p ON t TO pg_monitor",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t FORCE ROW LEVEL SECURITY",
        "ALTER TABLE t SET (autovacuum_enabled = off)",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE a > 0",
        "ALTER SEQUENCE s INCREMENT 2",
        "ALTER TABLE parted DETACH PARTITION part",
        "ALTER TABLE parted DETACH PARTITION part; ALTER TABLE parted ATTACH PARTITION part FOR VALUES FROM (0) TO (11)",
        "CREATE TABLE absent ()",
    ];

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Every_change_of_a_definition_makes_another_fingerprint(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        var seen = new Dictionary<string, string> { [await OfAsync(database)] = "the schema as it was made" };

        foreach (var change in Changes.Concat(major >= 15 ? OfNewerServers : []))
        {
            var fingerprint = await OfAsync(database, change);

            Assert.False(
                seen.TryGetValue(fingerprint, out var same),
                $"PostgreSQL {major}: the same fingerprint after `{change}` and of {same}"
            );
            seen[fingerprint] = $"`{change}`";
        }
    }

    private static readonly string[] OfNewerServers =
    [
        "ALTER TABLE t DROP CONSTRAINT uq, ADD CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (a, b) DEFERRABLE",
    ];

    /// <summary>Functions that no touched relation calls, and what of a function decides only when and where it runs.</summary>
    [Theory]
    [MemberData(nameof(Majors))]
    public async Task What_no_relation_calls_does_not_count(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        var made = await OfAsync(database);

        foreach (
            var change in new[]
            {
                "CREATE OR REPLACE FUNCTION uncalled(int) RETURNS int LANGUAGE sql AS 'SELECT 7'",
                "CREATE FUNCTION checked(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
                "ALTER FUNCTION checked(int) COST 4321",
            }
        )
        {
            Assert.Equal(made, await OfAsync(database, change));
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task How_a_schema_came_to_be_does_not_count(int major)
    {
        await using var made = await servers.CreateDatabaseAsync(major);
        await using var grown = await servers.CreateDatabaseAsync(major);
        await made.ExecuteAsync(Schema);
        await grown.ExecuteAsync(
            "CREATE TABLE before (x int); CREATE TABLE t (gone int); DROP TABLE before; DROP TABLE t;"
                + Schema.Replace("CREATE TABLE t (", "CREATE TABLE t (gone int,", StringComparison.Ordinal)
                + "ALTER TABLE t DROP gone; INSERT INTO t (a) VALUES (7); ANALYZE t; SELECT nextval('s');"
        );

        Assert.Equal(await OfAsync(made), await OfAsync(grown));
    }

    /// <summary>The fingerprint, after a change that is undone.</summary>
    private static async Task<string> OfAsync(TestDatabase database, string change = "SELECT")
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var statements = new NpgsqlCommand(change, connection, transaction);
        await statements.ExecuteNonQueryAsync(cancel);
        await using var session = await CatalogSession.WithinAsync(connection, SessionLimits.Default, cancel);
        var read = await session.ReadAsync(new Questions([], Relations), (_, _) => { }, cancel);
        Assert.Null(read.Error);
        return read.Target.SchemaFingerprint!;
    }
}
