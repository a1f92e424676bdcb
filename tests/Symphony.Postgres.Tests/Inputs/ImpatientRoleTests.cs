using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A role whose sessions the server ends soon: while they are idle, or while a transaction goes on.</summary>
public sealed class ImpatientRoleTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_limit_on_idle_transactions_does_not_end_the_verifiers(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await using var role = await PrepareAsync(database, "idle_in_transaction_session_timeout = '1ms'");

        var run = await workspace.VerifyAsync(role.ConnectionString, "--probe", "direct", "--i-own-this-database");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    /// <summary>There is no such limit before 17.</summary>
    [Fact]
    public async Task A_limit_on_long_transactions_does_not_end_the_verifiers()
    {
        await using var database = await servers.CreateDatabaseAsync(18);
        await using var role = await PrepareAsync(database, "transaction_timeout = '400ms'");

        var run = await workspace.VerifyAsync(role.ConnectionString, "--probe", "direct", "--i-own-this-database");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_session_that_a_statement_ends_is_an_error_and_facts_read_before_it_stand(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync("CREATE TABLE t (a int PRIMARY KEY)");
        workspace.Claim(
            """
            - {id: a-key, primary_key: {table: t, columns: [a]}}
            - {id: b-query, query: {sql: "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())", expect: rows}}
            - {id: c-query, query: {sql: "SELECT FROM public.t", expect: no_rows}}
            """
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Contains("57P01", run.All, StringComparison.Ordinal);
        Assert.Equal(["PASS", "ERROR", "ERROR"], workspace.Checks().Select(check => check.Verdict()));
    }

    /// <summary>Claims that take several round trips, comparing and probing, and half a second of their own.</summary>
    private async Task<LoginRole> PrepareAsync(TestDatabase database, string limit)
    {
        await database.ExecuteAsync("CREATE TABLE t (a int PRIMARY KEY, CONSTRAINT a_positive CHECK (a > 0))");
        var role = await LoginRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT ALL ON t TO {role.Name}; ALTER ROLE {role.Name} SET {limit}");
        workspace.Claim(
            """
            - {id: a-key, primary_key: {table: t, columns: [a]}}
            - {id: b-check, check: {table: t, name: a_positive, expression: a > 0 AND true}}
            - {id: c-query, query: {sql: "SELECT pg_catalog.pg_sleep(0.6)", expect: rows}}
            """
        );
        return role;
    }
}
