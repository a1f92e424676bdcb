using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>Packs of who may do what. Roles are of the whole cluster: what a pack makes it can drop, and it changes no other.</summary>
public sealed class ReproPackPrivilegesTests(ReproPackPrivilegesTests.Clusters clusters)
    : IClassFixture<ReproPackPrivilegesTests.Clusters>,
        IDisposable
{
    private readonly PackFolder folder = new();

    /// <summary>Claims, what breaks them, what mends them again.</summary>
    public static TheoryData<string, string, string> Failures =>
        new()
        {
            // Granted to it, to everyone, to a group; on columns, with the option to pass it on; the schema's USAGE.
            {
                "- {id: a, privileges: {on: s.t, to: a, exactly: [SELECT]}}",
                """
                    CREATE ROLE a; CREATE ROLE b; CREATE ROLE c; CREATE ROLE d; GRANT b TO a; CREATE ROLE o;
                    CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO b;
                    CREATE TABLE s.t (a int, b int) PARTITION BY LIST (a); CREATE TABLE s.t1 PARTITION OF s.t DEFAULT;
                    ALTER TABLE s.t OWNER TO o; REVOKE TRIGGER ON s.t FROM o;
                    GRANT INSERT ON s.t TO b; GRANT DELETE ON s.t TO PUBLIC; GRANT SELECT ON s.t TO a WITH GRANT OPTION;
                    GRANT UPDATE (b) ON s.t TO a; GRANT TRUNCATE ON s.t1 TO b; GRANT ALL ON s.t TO d;
                    """,
                "REVOKE INSERT ON s.t FROM b"
            },
            {
                "- {id: a, privileges: {on: {function: f(integer)}, to: PUBLIC, none: true}}",
                "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "REVOKE ALL ON FUNCTION f(int) FROM PUBLIC"
            },
            {
                "- {id: a, privileges: {on: {sequence: q}, to: a, at_least: [USAGE]}}",
                "CREATE ROLE a; CREATE SEQUENCE q; GRANT SELECT ON SEQUENCE q TO a",
                "GRANT USAGE ON SEQUENCE q TO a"
            },
            {
                "- {id: a, privileges: {on: {schema: public}, to: a, none: true}}",
                "CREATE ROLE a; GRANT CREATE ON SCHEMA public TO a",
                "REVOKE CREATE ON SCHEMA public FROM a"
            },
            {
                "- {id: a, privileges: {on: {type: y}, to: a, none: true}}",
                "CREATE ROLE a; CREATE TYPE y AS ENUM ('a'); REVOKE ALL ON TYPE y FROM PUBLIC; GRANT USAGE ON TYPE y TO a",
                "REVOKE ALL ON TYPE y FROM a"
            },
            // It is not there at all.
            {
                "- {id: a, privileges: {on: t, to: made_by_the_repair, none: true}}",
                "CREATE TABLE t ()",
                "CREATE ROLE made_by_the_repair"
            },
            {
                "- {id: a, default_privileges: {role: a, schema: public, objects: tables, grants: {}}}",
                """
                    CREATE ROLE a; CREATE ROLE b;
                    ALTER DEFAULT PRIVILEGES FOR ROLE a GRANT SELECT ON TABLES TO b WITH GRANT OPTION;
                    ALTER DEFAULT PRIVILEGES FOR ROLE a IN SCHEMA public GRANT INSERT ON TABLES TO PUBLIC;
                    ALTER DEFAULT PRIVILEGES FOR ROLE a REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
                    """,
                "ALTER DEFAULT PRIVILEGES FOR ROLE a REVOKE ALL ON TABLES FROM b"
            },
            {
                "- {id: a, default_privileges: {role: a, objects: functions, grants: {}}}",
                "CREATE ROLE a",
                "ALTER DEFAULT PRIVILEGES FOR ROLE a REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
            },
            {
                "- {id: a, table: {table: t, owner: a}}",
                "CREATE ROLE a; CREATE ROLE b; CREATE TABLE t (); ALTER TABLE t OWNER TO b",
                "ALTER TABLE t OWNER TO CURRENT_USER"
            },
            {
                "- {id: a, view: {name: v, owner: a}}",
                "CREATE ROLE a; CREATE ROLE b; CREATE VIEW v AS SELECT 1 AS a; ALTER VIEW v OWNER TO b",
                "ALTER VIEW v OWNER TO CURRENT_USER"
            },
            {
                "- {id: a, function: {name: f(), security: definer, execute: [a]}}",
                """
                    CREATE ROLE a; CREATE ROLE b; CREATE ROLE c LOGIN; GRANT b TO c; CREATE ROLE o;
                    CREATE SCHEMA s; GRANT CREATE ON SCHEMA s TO c;
                    CREATE FUNCTION f() RETURNS int SECURITY DEFINER SET search_path = pg_catalog, s, pg_temp LANGUAGE sql AS 'SELECT 1';
                    ALTER FUNCTION f() OWNER TO o; REVOKE ALL ON FUNCTION f() FROM PUBLIC; GRANT EXECUTE ON FUNCTION f() TO b;
                    """,
                "REVOKE ALL ON FUNCTION f() FROM b"
            },
            {
                "- {id: a, schema: {name: s, create: []}}",
                "CREATE ROLE a; CREATE ROLE b; GRANT a TO b; CREATE SCHEMA s; GRANT CREATE ON SCHEMA s TO a WITH GRANT OPTION",
                "REVOKE CREATE ON SCHEMA s FROM a"
            },
            // Attributes, its own and those of roles that it can become.
            {
                "- {id: a, role: {name: a, login: false, member_of: []}}",
                "CREATE ROLE a LOGIN NOINHERIT CONNECTION LIMIT 3; CREATE ROLE b BYPASSRLS CREATEDB; CREATE ROLE c; GRANT b, pg_read_all_data TO a; GRANT a TO c WITH ADMIN OPTION",
                "REVOKE b FROM a"
            },
            {
                "- {id: a, row_security: {table: t, bypass: []}}",
                "CREATE ROLE a BYPASSRLS; CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a > 0)",
                "ALTER ROLE a NOBYPASSRLS"
            },
            {
                "- {id: a, policy: {table: t, name: p, roles: [a], using: a > 0}}",
                "CREATE ROLE a BYPASSRLS; CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t TO a USING (a > 0)",
                "ALTER ROLE a NOBYPASSRLS"
            },
        };

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Failures))]
    public Task A_pack_brings_roles_and_what_they_may_do(string claim, string broken, string repair) =>
        ShowAsync(claim, broken, repair);

    [Theory, MemberData(nameof(Majors))]
    public async Task Grants_and_roles_are_packed_from_every_server(int major)
    {
        await ShowAsync(
            "- {id: a, privileges: {on: t, to: a, exactly: [SELECT]}}\n- {id: b, role: {name: a, member_of: []}}",
            "CREATE ROLE a; CREATE ROLE b CREATEROLE; GRANT b TO a; CREATE TABLE t (a int); GRANT ALL ON t TO b; GRANT SELECT (a) ON t TO a",
            "REVOKE b FROM a",
            major
        );
    }

    [Fact]
    public async Task A_role_that_is_there_and_may_do_something_else_ends_it_and_stays_as_it_is()
    {
        await using (
            var database = await folder.FailAsync(
                clusters.Source,
                "- {id: a, role: {name: a}}\n- {id: b, privileges: {on: t, to: b, none: true}}",
                "CREATE ROLE a BYPASSRLS; CREATE ROLE b; CREATE TABLE t (); GRANT SELECT ON t TO b; GRANT a TO b"
            )
        )
        {
            var pack = await folder.PackAsync(database);
            Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        }

        await clusters.ForgetAsync();
        var readme = folder.Read("README.md");
        Assert.Contains("- a: NOSUPERUSER BYPASSRLS", readme, StringComparison.Ordinal);
        Assert.Contains("- b, a member of a: NOSUPERUSER NOBYPASSRLS", readme, StringComparison.Ordinal);
        await using var scratch = await clusters.Target.CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE ROLE a");

        var made = await folder.PsqlAsync(scratch, "schema.sql");

        Assert.True(made.Exit == 3, made.Output);
        Assert.Contains("The role a is there, and not as it was recorded", made.Output, StringComparison.Ordinal);
        Assert.Contains("Use a server that has no role of that name", made.Output, StringComparison.Ordinal);
        Assert.Equal(
            1L,
            await scratch.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolname = 'a' AND NOT rolbypassrls")
        );
        Assert.Equal(0L, await scratch.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolname = 'b'"));

        // The same attributes, and a membership that would have to be granted to a role of somebody else's.
        await scratch.ExecuteAsync("ALTER ROLE a BYPASSRLS");
        var granted = await folder.PsqlAsync(scratch, "schema.sql");
        Assert.True(granted.Exit == 3, granted.Output);
        Assert.Contains("The role b is not a member of a as it was recorded", granted.Output, StringComparison.Ordinal);
        Assert.Equal(
            0L,
            await scratch.ScalarAsync<long>("SELECT count(*) FROM pg_auth_members WHERE roleid = 'a'::regrole")
        );

        // What is there and as it was recorded is used.
        await scratch.ExecuteAsync("GRANT a TO b");
        var used = await folder.PsqlAsync(scratch, "schema.sql");
        Assert.True(used.Exit == 0, used.Output);
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "check.sql")).Exit);
        await scratch.ExecuteAsync("DROP OWNED BY a, b; DROP ROLE a, b");
    }

    [Fact]
    public async Task The_clusters_first_superuser_who_has_another_name_elsewhere_is_in_no_pack()
    {
        await using var database = await folder.FailAsync(
            clusters.Source,
            "- {id: a, role: {name: a, member_of: []}}",
            "CREATE ROLE a; CREATE ROLE b; GRANT b TO a"
        );
        var superuser = await database.ScalarAsync<string>("SELECT rolname::text FROM pg_roles WHERE oid = 10");

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        foreach (var file in new[] { "schema.sql", "check.sql" })
        {
            Assert.DoesNotMatch($"['\"]{superuser}['\"]", folder.Read(file));
        }

        await database.ExecuteAsync("DROP ROLE a, b");
    }

    [Fact]
    public async Task What_is_granted_outside_of_a_database_is_in_no_pack()
    {
        await using var database = await folder.FailAsync(
            clusters.Source,
            "- {id: base, privileges: {on: {database: true}, to: PUBLIC, none: true}}\n- {id: missing, table: {table: nothing}}",
            "SELECT 1"
        );

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.Contains(
            "not in the pack: base: it is about the database itself, which the reader of a pack makes",
            pack.Error,
            StringComparison.Ordinal
        );
    }

    /// <summary>Afterwards the cluster has the roles that it had before.</summary>
    private async Task ShowAsync(string claim, string broken, string repair, int? major = null)
    {
        await using var other = await clusters.Target.CreateDatabaseAsync(major ?? 18);
        var before = await RolesAsync(other);

        await folder.ShowAsync(clusters.Source, claim, broken, repair, major, clusters.Target);

        await clusters.ForgetAsync(major ?? 18);
        if (File.Exists(Path.Combine(folder.Path, "cleanup.sql")))
        {
            var cleaned = await folder.PsqlAsync(other, "cleanup.sql");
            Assert.True(cleaned.Exit == 0, cleaned.Output);
        }

        await other.ExecuteAsync("DROP ROLE IF EXISTS made_by_the_repair");
        Assert.Equal(before, await RolesAsync(other));
    }

    private static Task<string?> RolesAsync(TestDatabase database) =>
        database.ScalarAsync<string>("SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles");

    /// <summary>Clusters of these tests' own, where the roles that they find are theirs: where failures are found, and where packs are tried.</summary>
    public sealed class Clusters : IAsyncDisposable
    {
        public PostgresServers Source { get; } = new();

        public PostgresServers Target { get; } = new();

        /// <summary>Drops every role that a test has made where its failure was found.</summary>
        public async Task ForgetAsync(int major = 18)
        {
            await using var database = await Source.CreateDatabaseAsync(major);
            await database.ExecuteAsync(
                """
                DO $$ DECLARE roles text; BEGIN
                  SELECT string_agg(quote_ident(rolname), ', ') INTO roles FROM pg_roles WHERE oid >= 16384;
                  IF roles IS NOT NULL THEN EXECUTE 'DROP ROLE ' || roles; END IF;
                END $$
                """
            );
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            await Target.DisposeAsync();
        }
    }
}
