using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>for_each: one invariant over many objects.</summary>
public sealed class RuleTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Every_match_is_a_subject_with_a_verdict_of_its_own()
    {
        await using var database = await CreateAsync(
            "CREATE TABLE a (tenant_id text NOT NULL); CREATE TABLE b (tenant_id text)"
        );
        workspace.Claim(
            "- {id: r, for_each: {tables: {having_column: tenant_id}, at_least: 2}, column: {name: tenant_id, nullable: false}}"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["public.a.tenant_id PASS", "public.b.tenant_id FAIL"], workspace.Checks().Verdicts());
    }

    [Fact]
    public async Task Fewer_matches_than_at_least_are_a_failure_even_when_all_of_them_hold()
    {
        await using var database = await CreateAsync("CREATE TABLE a (tenant_id text NOT NULL)");
        workspace.Claim(
            "- {id: r, for_each: {tables: {having_column: tenant_id}, at_least: 2}, column: {name: tenant_id, nullable: false}}"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["rule FAIL", "public.a.tenant_id PASS"], workspace.Checks().Verdicts());
        Assert.Contains("must match at least 2; it matched 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_over_nothing_is_a_failure_with_evidence()
    {
        await using var database = await CreateAsync("SELECT 1");
        workspace.Claim("- {id: r, for_each: {tables: {schema: nowhere}}, table: {}}");

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["rule FAIL"], workspace.Checks().Verdicts());
    }

    [Fact]
    public async Task A_partition_of_a_table_in_another_schema_follows_none_that_the_rule_is_about()
    {
        await using var database = await CreateAsync(
            """
            CREATE SCHEMA apart;
            CREATE TABLE apart.everything (tenant_id text) PARTITION BY LIST (tenant_id);
            CREATE TABLE payments (tenant_id text);
            ALTER TABLE apart.everything ATTACH PARTITION payments DEFAULT;
            CREATE TABLE tenants (tenant_id text NOT NULL) PARTITION BY LIST (tenant_id);
            CREATE TABLE tenants_others PARTITION OF tenants DEFAULT;
            """
        );
        workspace.Claim(
            "- {id: r, for_each: {tables: {having_column: tenant_id}}, column: {name: tenant_id, nullable: false}}"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            ["public.payments.tenant_id FAIL", "public.tenants.tenant_id PASS"],
            workspace.Checks().Verdicts()
        );
    }

    [Fact]
    public async Task Partitions_views_extensions_and_temporary_tables_are_left_out()
    {
        await using var database = await CreateAsync(
            """
            CREATE TABLE parent (a int) PARTITION BY LIST (a);
            CREATE TABLE part PARTITION OF parent FOR VALUES IN (1);
            CREATE TABLE plain (a int);
            CREATE TABLE heir () INHERITS (plain);
            CREATE VIEW seen AS SELECT 1 AS a;
            CREATE MATERIALIZED VIEW stored AS SELECT 1 AS a;
            CREATE TYPE composite AS (a int);
            CREATE TABLE owned (a int);
            ALTER EXTENSION plpgsql ADD TABLE owned;
            CREATE SCHEMA other;
            CREATE TABLE other.elsewhere (a int);
            """
        );
        await using var other = await database.OpenAsync();
        await using var temporary = new Npgsql.NpgsqlCommand("CREATE TEMPORARY TABLE passing (a int)", other);
        await temporary.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        workspace.Claim("- {id: r, for_each: {tables: {having_column: a}}, table: {}}");

        var run = await workspace.VerifyAsync(database);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(["public.heir PASS", "public.parent PASS", "public.plain PASS"], workspace.Checks().Verdicts());
    }

    [Fact]
    public async Task Except_and_patterns_choose_by_name()
    {
        await using var database = await CreateAsync(
            "CREATE TABLE t_1 (a int); CREATE TABLE t_2 (a int); CREATE TABLE t_22 (a int); CREATE TABLE tx1 (a int); CREATE TABLE u (a int)"
        );
        workspace.Claim("- {id: r, for_each: {tables: {name: \"t_*\", except: [\"t_2?\"]}}, table: {}}");

        await workspace.VerifyAsync(database);

        Assert.Equal(["public.t_1 PASS", "public.t_2 PASS"], workspace.Checks().Verdicts());
    }

    [Fact]
    public async Task Rules_over_columns_triggers_and_indexes_give_the_claim_its_names()
    {
        await using var database = await CreateAsync(
            """
            CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int);
            CREATE INDEX t_a ON t (a);
            CREATE INDEX t_b ON t (b);
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER t_first BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
            CREATE TRIGGER t_second AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
            """
        );
        workspace.Claim(
            """
            - {id: r-1, for_each: {columns: {table: t, name: "?", except: [t.c]}}, column: {type: integer, nullable: false}}
            - {id: r-2, for_each: {indexes: {name: "t_*"}, at_least: 2}, index: {columns: [a]}}
            - {id: r-3, for_each: {triggers: {table: t}}, trigger: {timing: before, events: [insert], level: row, function: f}}
            """
        );

        await workspace.VerifyAsync(database);

        Assert.Equal(
            [
                "public.t.a PASS",
                "public.t.b PASS",
                "public.t.t_a PASS",
                "public.t.t_b FAIL",
                "public.t.t_first PASS",
                "public.t.t_second FAIL",
            ],
            workspace.Checks().Verdicts()
        );
    }

    [Fact]
    public async Task A_rule_over_functions_is_about_each_with_its_argument_types()
    {
        await using var database = await CreateAsync(
            """
            CREATE SCHEMA app;
            CREATE TYPE app.colour AS ENUM ('red');
            CREATE FUNCTION app.pinned(uuid, varchar(3)) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS 'SELECT 1';
            CREATE FUNCTION app.pinned(app.colour[]) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            CREATE PROCEDURE app.close(INOUT a int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = app AS 'BEGIN END';
            CREATE FUNCTION app.invoked() RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION app.left_out() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            CREATE FUNCTION app.left_out(int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS 'SELECT 1';
            CREATE FUNCTION app.of_extension() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            ALTER EXTENSION plpgsql ADD FUNCTION app.of_extension();
            CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int);
            """
        );
        workspace.Claim(
            "- {id: r, for_each: {functions: {schema: app, security: definer, except: [left_out()]}, at_least: 4}, function: {security: definer}}"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            [
                "app.close(integer) FAIL",
                "app.left_out(integer) PASS",
                "app.pinned(app.colour[]) FAIL",
                "app.pinned(uuid, character varying) PASS",
            ],
            workspace.Checks().Verdicts()
        );
    }

    [Fact]
    public async Task A_rule_over_roles_leaves_out_the_predefined_and_asks_each_about_its_rights()
    {
        await using var database = await CreateAsync(
            "CREATE TABLE secrets (a int); GRANT SELECT (a) ON secrets TO PUBLIC; REVOKE SELECT (a) ON secrets FROM PUBLIC"
        );
        await using var reader = await LoginRole.CreateAsync(database);
        await using var admin = await LoginRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT SELECT (a) ON secrets TO {reader.Name}; ALTER ROLE {admin.Name} CREATEDB");
        workspace.Claim(
            """
            - {id: r-1, for_each: {roles: {name: "role_*", login: true}, at_least: 2}, role: {login: true}}
            - {id: r-2, for_each: {roles: {name: "role_*", login: true}, at_least: 2}, privileges: {on: secrets, none: true}}
            - {id: r-3, for_each: {roles: {name: "pg_*"}}, role: {}}
            """
        );

        await workspace.VerifyAsync(database);

        var verdicts = workspace.Checks().Verdicts();
        Assert.Contains($"{admin.Name} FAIL", verdicts);
        Assert.Contains($"{reader.Name} PASS", verdicts);
        Assert.Contains($"public.secrets to {reader.Name} FAIL", verdicts);
        Assert.Contains($"public.secrets to {admin.Name} PASS", verdicts);
        Assert.Contains("rule FAIL", verdicts);
        Assert.DoesNotContain(verdicts, verdict => verdict.StartsWith("pg_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_over_tables_or_columns_gives_privileges_what_they_are_on()
    {
        await using var database = await CreateAsync(
            """
            CREATE TABLE kept (a int, "the secret" text);
            CREATE TABLE open (a int);
            GRANT SELECT ON open TO PUBLIC;
            GRANT SELECT (a) ON kept TO PUBLIC;
            """
        );
        workspace.Claim(
            """
            - {id: r-1, for_each: {tables: {}}, privileges: {to: PUBLIC, none: true}}
            - {id: r-2, for_each: {columns: {table: kept}, at_least: 2}, privileges: {to: PUBLIC, none: true}}
            """
        );

        await workspace.VerifyAsync(database);

        Assert.Equal(
            [
                "public.kept to PUBLIC FAIL",
                "public.open to PUBLIC FAIL",
                "public.kept to PUBLIC FAIL",
                "public.kept to PUBLIC PASS",
            ],
            workspace.Checks().Verdicts()
        );
    }

    [Fact]
    public async Task What_is_missing_or_no_type_at_all_hides_no_other_answer()
    {
        await using var database = await CreateAsync(
            "CREATE TABLE t (a int); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
        );
        workspace.Claim(
            """
            - {id: a, privileges: {on: t, to: nobody_at_all, none: true}}
            - {id: b, privileges: {on: nowhere.t, to: PUBLIC, none: true}}
            - {id: c, privileges: {on: t, to: PUBLIC, none: true}}
            - {id: d, privileges: {on: {function: "f(no_such_type, int)"}, to: PUBLIC, none: true}}
            - {id: e, function: {name: "f(no_such_type)"}}
            - {id: f, function: {name: "f(integer)"}}
            - {id: g, role: {name: nobody_at_all}}
            - {id: h, schema: {name: nowhere}}
            - {id: i, privileges: {on: {sequence: t}, to: PUBLIC, none: true}}
            """
        );

        var run = await workspace.VerifyAsync(database);

        Assert.True(run.Exit == ExitCode.Failed, run.All);
        Assert.Equal(
            ["FAIL", "FAIL", "PASS", "FAIL", "FAIL", "PASS", "FAIL", "FAIL", "FAIL"],
            workspace.Checks().Select(check => check.Verdict())
        );
    }

    private async Task<TestDatabase> CreateAsync(string sql)
    {
        var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(sql);
        return database;
    }
}
