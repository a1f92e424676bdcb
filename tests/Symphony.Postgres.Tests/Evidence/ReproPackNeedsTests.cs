using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>What definitions need beside tables travels with them: what expressions call, types, operators, and what views read.</summary>
public sealed class ReproPackNeedsTests(PostgresServers servers) : IDisposable
{
    private const string NotNull = "- {id: a, column: {table: t, name: a, nullable: false}}";

    private const string MadeNotNull = "ALTER TABLE t ALTER a SET NOT NULL";

    private readonly PackFolder folder = new();

    /// <summary>Claims, what breaks them, what mends them again.</summary>
    public static TheoryData<string, string, string> Failures =>
        new()
        {
            // An index's expression and predicate; the planner reads the body of one in SQL, and what that calls and reads.
            {
                "- {id: a, index: {table: t, name: i, columns: [public.outer_of(a)], unique: true}}",
                """
                    CREATE TABLE zz_known (x text);
                    CREATE FUNCTION "Inner"(a text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN lower(a); END';
                    CREATE FUNCTION outer_of(a text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT public."Inner"(a)';
                    CREATE FUNCTION known(a text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM public.zz_known k WHERE k.x = a)';
                    CREATE TABLE t (a text);
                    CREATE INDEX i ON t (outer_of(a)) WHERE known(a);
                    """,
                "DROP INDEX i; CREATE UNIQUE INDEX i ON t (outer_of(a))"
            },
            {
                "- {id: a, trigger: {table: t, name: g, timing: before, events: [insert], level: row, function: g}}",
                """
                    CREATE FUNCTION big(a int) RETURNS boolean LANGUAGE sql AS 'SELECT a > 7';
                    CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                    CREATE TABLE t (a int);
                    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (big(NEW.a)) EXECUTE FUNCTION g();
                    """,
                "DROP TRIGGER g ON t"
            },
            // A domain whose check calls, whose default calls, and that another domain and a table rest on.
            {
                "- {id: a, domain: {name: d, type: text, not_null: true}}",
                """
                    CREATE FUNCTION fine(a text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT a <> ''''';
                    CREATE FUNCTION fresh() RETURNS text LANGUAGE sql AS 'SELECT ''x''::text';
                    CREATE DOMAIN base AS text DEFAULT fresh() CONSTRAINT c CHECK (fine(VALUE));
                    CREATE DOMAIN d AS base;
                    """,
                "DROP DOMAIN d"
            },
            { "- {id: a, enum: {name: e, labels: [a, b]}}", "CREATE TYPE e AS ENUM ('b', 'a')", "DROP TYPE e" },
            {
                NotNull,
                """
                    CREATE FUNCTION twice(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a * 2';
                    CREATE FUNCTION fresh() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
                    CREATE TABLE t (a int DEFAULT fresh(), b int GENERATED ALWAYS AS (twice(a)) STORED);
                    """,
                MadeNotNull
            },
            // A policy's condition, with a table of its own and a function that takes the table's row.
            {
                NotNull,
                """
                    CREATE TABLE zz_members (name text);
                    CREATE TABLE t (a int);
                    CREATE FUNCTION mine(r t) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT r.a > 0';
                    CREATE POLICY p ON t USING (mine(t) AND EXISTS (SELECT FROM zz_members m WHERE m.name = current_user));
                    """,
                MadeNotNull
            },
            // Types of every sort, also inside others and as arrays.
            {
                NotNull,
                """
                    CREATE SCHEMA kinds;
                    CREATE TYPE kinds.mood AS ENUM ('so');
                    CREATE COLLATION kinds.plain (LOCALE = 'C');
                    CREATE TYPE kinds.pair AS (x kinds.mood[], y text COLLATE kinds.plain);
                    CREATE DOMAIN kinds.pairs AS kinds.pair CHECK ((VALUE).y <> '');
                    CREATE TYPE kinds.spans AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
                    CREATE TABLE rows (m kinds.mood);
                    CREATE TABLE t (a int, b kinds.pairs, c kinds.spans[], d rows, e kinds.spans_multirange);
                    """,
                MadeNotNull
            },
            // Operators, a cast and an operator class of one's own.
            {
                "- {id: a, check: {table: t, name: c, expression: a > 0}}",
                """
                    CREATE FUNCTION near(a int, b int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT abs(a - b) < 2';
                    CREATE OPERATOR === (FUNCTION = near, LEFTARG = int, RIGHTARG = int, COMMUTATOR = ===);
                    CREATE TYPE pair AS (x int, y int);
                    CREATE FUNCTION first(p pair) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT p.x';
                    CREATE CAST (pair AS int) WITH FUNCTION first(pair) AS ASSIGNMENT;
                    CREATE FUNCTION order_of(a int, b int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT btint4cmp(b, a)';
                    CREATE OPERATOR CLASS backwards FOR TYPE int USING btree AS
                      OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 order_of(int, int);
                    CREATE TABLE t (a int CONSTRAINT c CHECK (a OPERATOR(public.===) 1), b pair CHECK (b::int > 0));
                    CREATE INDEX i ON t (a backwards);
                    """,
                "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0)"
            },
            // An aggregate that works in another way over a window; an operator family with members of no operator class.
            {
                "- {id: a, view: {name: v, security_barrier: true}}",
                """
                    CREATE FUNCTION more(s int, x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT s + x';
                    CREATE FUNCTION as_is(s int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT s';
                    CREATE AGGREGATE total (int) (SFUNC = more, STYPE = int, FINALFUNC = as_is, FINALFUNC_MODIFY = SHAREABLE,
                      MSFUNC = more, MINVFUNC = more, MSTYPE = int, MFINALFUNC = as_is, MFINALFUNC_MODIFY = READ_WRITE);
                    CREATE TABLE t (a int);
                    CREATE VIEW v AS SELECT total(a) AS a FROM t;
                    """,
                "ALTER VIEW v SET (security_barrier)"
            },
            {
                "- {id: a, index: {table: t, name: i, columns: [a], unique: true}}",
                """
                    CREATE SCHEMA kept;
                    CREATE FUNCTION order_of(a int, b int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT btint4cmp(b, a)';
                    CREATE FUNCTION order_of(a int, b bigint) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT btint48cmp(a, b)';
                    CREATE OPERATOR FAMILY kept."Fam ily" USING btree;
                    CREATE OPERATOR CLASS backwards FOR TYPE int USING btree FAMILY kept."Fam ily" AS
                      OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 order_of(int, int);
                    ALTER OPERATOR FAMILY kept."Fam ily" USING btree ADD OPERATOR 1 > (int, bigint), FUNCTION 1 (int, bigint) order_of(int, bigint);
                    CREATE TABLE t (a int);
                    CREATE INDEX i ON t (a backwards);
                    """,
                "DROP INDEX i; CREATE UNIQUE INDEX i ON t (a)"
            },
            // An operator of such a class in an exclusion constraint belongs to the family alone.
            {
                "- {id: a, exclusion: {table: t, name: x, method: gist, elements: [a WITH &&]}}",
                """
                    CREATE FUNCTION meets(a int4range, b int4range) RETURNS boolean IMMUTABLE LANGUAGE internal AS 'range_overlaps';
                    CREATE OPERATOR &&& (FUNCTION = meets, LEFTARG = int4range, RIGHTARG = int4range, COMMUTATOR = &&&);
                    CREATE OPERATOR CLASS meeting FOR TYPE int4range USING gist AS OPERATOR 3 &&&,
                      FUNCTION 1 range_gist_consistent(internal, anyrange, smallint, oid, internal), FUNCTION 2 range_gist_union(internal, internal),
                      FUNCTION 5 range_gist_penalty(internal, internal, internal), FUNCTION 6 range_gist_picksplit(internal, internal),
                      FUNCTION 7 range_gist_same(anyrange, anyrange, internal);
                    CREATE TABLE t (a int4range, CONSTRAINT x EXCLUDE USING gist (a meeting WITH &&&));
                    """,
                "ALTER TABLE t DROP CONSTRAINT x"
            },
            // psql has variables of these names, and gives them in the place of a colon and a name.
            {
                "- {id: a, view: {name: v, security_barrier: true}}",
                """
                    CREATE TABLE t (a int[], "HOST" int, "USER" int, b int[] GENERATED ALWAYS AS (a[1: "HOST"]) STORED);
                    CREATE VIEW v AS SELECT a[1: "USER"] AS x, ':"PORT" :HOST'::text AS "y:""HOST" FROM t;
                    """,
                "ALTER VIEW v SET (security_barrier)"
            },
            // What stands in no schema: an extension, an event trigger that is switched off.
            {
                "- {id: a, extension: {name: citext, schema: public}}",
                "CREATE SCHEMA tools; CREATE EXTENSION citext SCHEMA tools",
                "ALTER EXTENSION citext SET SCHEMA public"
            },
            {
                "- {id: a, event_trigger: {name: \"e's\", event: ddl_command_end, function: g, tags: [CREATE TABLE]}}",
                """
                    CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                    CREATE EVENT TRIGGER "e's" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION g();
                    ALTER EVENT TRIGGER "e's" DISABLE;
                    """,
                "DROP EVENT TRIGGER \"e's\""
            },
            // What a rule did match, which is not all that it has to.
            {
                "- {id: a, for_each: {functions: {schema: public, name: \"f*\"}, at_least: 2}, function: {security: invoker}}",
                "CREATE TYPE pair AS (a int, b int); CREATE FUNCTION f(p pair) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
            },
            // What an extension made needs the extension.
            {
                NotNull,
                """
                    CREATE SCHEMA tools;
                    CREATE EXTENSION citext SCHEMA tools;
                    CREATE EXTENSION pgcrypto SCHEMA tools;
                    CREATE TABLE t (a tools.citext DEFAULT tools.gen_salt('md5') CHECK (a <> 'x'::tools.citext));
                    CREATE INDEX i ON t (a);
                    """,
                MadeNotNull
            },
            // Views: what they read, in whatever order their names stand, with options, rules, triggers and defaults.
            {
                "- {id: a, view: {name: v, security_barrier: true}}",
                """
                    CREATE TABLE t (id int PRIMARY KEY, b text, c int);
                    CREATE FUNCTION shown(a text) RETURNS text STABLE LANGUAGE sql AS 'SELECT a';
                    CREATE VIEW z AS SELECT id, b, count(c) AS n FROM t GROUP BY id;
                    DO $$BEGIN EXECUTE 'CREATE FUNCTION of_tables(a int) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM z; SELECT a + count(*) FROM z; END'; END$$;
                    CREATE VIEW zz AS SELECT of_tables(1) AS n;
                    CREATE VIEW v (x, "it's") AS SELECT shown(z.b), z.id FROM z, zz WHERE z.id > zz.n;
                    """,
                "ALTER VIEW v SET (security_barrier)"
            },
            {
                "- {id: a, view: {name: v, check_option: cascaded}}",
                """
                    CREATE TABLE t (a int, b int);
                    CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE VIEW v WITH (security_barrier = false, check_option = local) AS SELECT a, b FROM t WHERE a > 0;
                    ALTER VIEW v ALTER b SET DEFAULT 7;
                    CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION g();
                    CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;
                    """,
                "DROP RULE r ON v"
            },
            {
                "- {id: a, view: {name: m, materialized: true, populated: false}}",
                """
                    CREATE TABLE t (a int);
                    INSERT INTO t VALUES (1);
                    CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
                    CREATE MATERIALIZED VIEW z AS SELECT a FROM t;
                    CREATE UNIQUE INDEX i ON z (a);
                    CREATE MATERIALIZED VIEW m AS SELECT total(a) AS a FROM z;
                    """,
                "REFRESH MATERIALIZED VIEW m WITH NO DATA"
            },
            {
                "- {id: a, view: {name: m, materialized: true}}",
                "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA",
                "REFRESH MATERIALIZED VIEW m"
            },
            // What a query of one's own reads may be a view; a table's rule may be switched off.
            {
                "- {id: a, query: {sql: SELECT FROM public.v, expect: rows}}",
                "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
                "INSERT INTO t VALUES (1)"
            },
            {
                "- {id: a, table: {table: t}}",
                """
                    CREATE TABLE t (a int);
                    CREATE RULE on_purpose AS ON INSERT TO t DO INSTEAD NOTHING;
                    CREATE RULE switched_off AS ON DELETE TO t DO INSTEAD NOTHING;
                    ALTER TABLE t DISABLE RULE switched_off;
                    """,
                "DROP RULE on_purpose ON t"
            },
        };

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Failures))]
    public async Task A_pack_brings_what_its_definitions_need(string claim, string broken, string repair) =>
        await folder.ShowAsync(servers, claim, broken, repair);

    [Theory, MemberData(nameof(Majors))]
    public async Task Expressions_types_and_views_are_packed_from_every_server(int major) =>
        await folder.ShowAsync(
            servers,
            "- {id: a, view: {name: v, security_barrier: true}}",
            """
            CREATE COLLATION plain (LOCALE = 'C');
            CREATE TYPE mood AS ENUM ('so');
            CREATE TYPE spans AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
            CREATE FUNCTION ok(a text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT a <> ''''';
            CREATE DOMAIN d AS text COLLATE plain CHECK (ok(VALUE));
            CREATE TABLE p (id int PRIMARY KEY, a d, b mood[], c spans) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
            CREATE INDEX i ON p (ok(a));
            CREATE MATERIALIZED VIEW m AS SELECT id, a FROM p;
            CREATE VIEW v AS SELECT m.id, p.a FROM m JOIN p USING (id);
            """,
            "ALTER VIEW v SET (security_barrier)",
            major
        );

    [Fact]
    public async Task The_same_database_gives_the_same_pack()
    {
        await using var database = await folder.FailAsync(
            servers,
            NotNull,
            """
            CREATE FUNCTION ok(a int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT a > 0';
            CREATE VIEW zz AS SELECT 1 AS one;
            CREATE TABLE t (a int CHECK (ok(a)), b int REFERENCES t (b), UNIQUE (b));
            CREATE POLICY p ON t USING (EXISTS (SELECT FROM zz WHERE one = a));
            INSERT INTO t VALUES (4711);
            """
        );
        await folder.PackAsync(database);
        var first = Files();
        Directory.Delete(folder.Path, recursive: true);

        // Names stay, OIDs do not.
        await database.ExecuteAsync(
            "DROP POLICY p ON t; DROP VIEW zz; CREATE VIEW zz AS SELECT 1 AS one; CREATE POLICY p ON t USING (EXISTS (SELECT FROM zz WHERE one = a))"
        );
        await folder.PackAsync(database);

        Assert.Equal(first, Files());
        Assert.DoesNotContain("4711", first, StringComparison.Ordinal);

        string Files() =>
            string.Concat(Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Fact]
    public async Task What_needs_itself_in_a_circle_is_refused_and_said()
    {
        await using var database = await folder.FailAsync(
            servers,
            NotNull,
            """
            CREATE TABLE t (a int);
            CREATE FUNCTION of_row(r t) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT r.a';
            ALTER TABLE t ADD b int DEFAULT of_row(NULL);
            """
        );

        var pack = await folder.PackAsync(database);

        Assert.Equal(ExitCode.BadInput, pack.Exit);
        Assert.Contains("its definitions cannot be made again", pack.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }
}
