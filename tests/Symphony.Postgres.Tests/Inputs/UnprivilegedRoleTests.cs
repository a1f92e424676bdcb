using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A role that may connect and nothing else.</summary>
public sealed class UnprivilegedRoleTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task It_judges_every_claim_of_the_repository(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);
        await using var role = await LoginRole.CreateAsync(database);

        var run = await workspace.VerifyAsync(
            role.ConnectionString,
            "--invariants",
            Path.Combine(Workspace.Checkout, "invariants")
        );

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task It_needs_no_usage_on_the_schema_but_to_compare_expressions_and_is_told_so(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            """
            CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x', CONSTRAINT a_positive CHECK (a > 0));
            CREATE INDEX t_b ON t (b) WHERE a > 5;
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            """
        );
        await using var role = await LoginRole.CreateAsync(database);
        workspace.Claim(
            """
            - {id: a-table, table: {table: t}}
            - {id: b-column, column: {table: t, name: b, type: text, nullable: true}}
            - {id: c-key, primary_key: {table: t, columns: [a]}}
            - {id: d-index, index: {table: t, name: t_b, columns: [b], predicate: a > 5}}
            - {id: e-same-words, check: {table: t, name: a_positive, expression: a > 0}}
            - {id: f-other-words, check: {table: t, name: a_positive, expression: a > 0 AND true}}
            - {id: g-absent, check: {table: t, name: nothing, expression: a > 0}}
            """
        );

        var run = await workspace.VerifyAsync(role.ConnectionString);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            ["PASS", "PASS", "PASS", "PASS", "PASS", "ERROR", "FAIL"],
            workspace.Checks().Select(check => check.Verdict())
        );
        var undecided = workspace.Checks()[5];
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, undecided.SqlState());
        Assert.Contains("permission denied for schema public", undecided.Text("explanation"), StringComparison.Ordinal);
        Assert.Contains("Grant USAGE on schema public", undecided.Text("next"), StringComparison.Ordinal);

        await database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {role.Name}");
        await workspace.VerifyAsync(role.ConnectionString, "--only", "f-other-words");
        var granted = await workspace.VerifyAsync(role.ConnectionString);

        Assert.Equal("PASS", workspace.Checks()[5].Verdict());
        Assert.Equal(ExitCode.Failed, granted.Exit);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task It_judges_rights_of_others(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            """
            CREATE SCHEMA vault;
            CREATE TABLE vault.keys (key text);
            CREATE FUNCTION vault.open() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = vault, pg_temp AS 'SELECT 1';
            REVOKE EXECUTE ON FUNCTION vault.open() FROM PUBLIC;
            """
        );
        await using var role = await LoginRole.CreateAsync(database);
        workspace.Claim(
            $$"""
            - {id: a, role: {name: {{role.Name}}, login: true, member_of: [] } }
            - {id: b, privileges: {on: vault.keys, to: {{role.Name}}, none: true} }
            - {id: c, privileges: {on: {function: vault.open()}, to: PUBLIC, none: true} }
            - {id: d, function: {name: vault.open(), security: definer, execute: []} }
            - {id: e, schema: {name: vault, create: [], usage: []} }
            - {id: f, for_each: {functions: {schema: vault} }, function: {security: definer} }
            - {id: g, default_privileges: {role: {{role.Name}}, objects: tables, grants: {} } }
            """
        );

        var run = await workspace.VerifyAsync(role.ConnectionString);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(7, workspace.Checks().Count);
    }
}
