using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Claims that are observed by a statement of their own: what goes wrong in one stays in it.</summary>
public sealed class StatementTests(PostgresServers servers) : IDisposable
{
    private const string Schema = "CREATE TABLE t (a int NOT NULL); INSERT INTO t VALUES (1), (2)";

    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_statement_that_is_refused_says_nothing_of_the_others(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim(
            """
            - {id: a, query: {sql: "SELECT FROM public.t WHERE b = 1"}}
            - {id: b, query: {sql: "SELECT FROM public.t WHERE a > 5"}}
            - {id: c, query: {sql: "SELECT FROM public.t WHERE 1 / (a - a) = 1"}}
            - {id: d, query: {sql: "SELECT FROM public.t", expect: rows}}
            - {id: e, column: {table: t, name: a, nullable: false}}
            """
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal(["ERROR", "PASS", "ERROR", "PASS", "PASS"], workspace.Checks().Select(Checks.Verdict));
        Assert.Equal(PostgresErrorCodes.UndefinedColumn, workspace.Checks()[0].SqlState());
        Assert.Equal(PostgresErrorCodes.DivisionByZero, workspace.Checks()[2].SqlState());
        Assert.StartsWith("Correct the statement", workspace.Checks()[0].Text("next"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_statement_that_takes_too_long_is_an_error_and_the_next_one_is_asked(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim(
            """
            - {id: a, query: {sql: "SELECT FROM public.t WHERE pg_sleep(60) IS NULL"}}
            - {id: b, query: {sql: "SELECT FROM public.t WHERE a > 5"}}
            """
        );

        await workspace.VerifyAsync(database, "--statement-timeout", "0.3");

        Assert.Equal(["ERROR", "PASS"], workspace.Checks().Select(Checks.Verdict));
        Assert.Equal(PostgresErrorCodes.QueryCanceled, workspace.Checks()[0].SqlState());
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_statement_that_would_write_is_refused_and_nothing_is_written(int major)
    {
        await using var database = await CreateAsync(major);
        await database.ExecuteAsync(
            "CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.t; RETURN 1; END'"
        );
        workspace.Claim(
            """
            - {id: a, query: {sql: "SELECT FROM (SELECT public.wipe() OFFSET 0) AS w WHERE w.wipe = 2"}}
            - {id: b, query: {sql: "SELECT FROM public.t FOR UPDATE"}}
            """
        );

        await workspace.VerifyAsync(database);

        Assert.All(
            workspace.Checks(),
            check => Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, check.SqlState())
        );
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Rows_that_a_policy_hides_are_not_taken_for_rows_that_are_not_there(int major)
    {
        await using var database = await CreateAsync(major);
        await database.ExecuteAsync("ALTER TABLE t ENABLE ROW LEVEL SECURITY");
        await using var role = await LoginRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT SELECT ON t TO {role.Name}");
        workspace.Claim("""- {id: a, query: {sql: "SELECT FROM public.t WHERE a = 2"}}""");

        var run = await workspace.VerifyAsync(role.ConnectionString);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, workspace.Check().SqlState());
        Assert.Contains("BYPASSRLS", workspace.Check().Text("next"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task What_a_statement_sets_for_its_session_does_not_reach_the_next_one(int major)
    {
        await using var database = await CreateAsync(major);
        await database.ExecuteAsync(
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE SCHEMA beside; CREATE TABLE beside.u (a int)"
        );
        await using var role = await LoginRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT SELECT ON t TO {role.Name}; GRANT USAGE ON SCHEMA beside TO {role.Name}");
        workspace.Claim(
            """
            - {id: a, query: {sql: "SELECT FROM (SELECT set_config('row_security', 'on', false) AS v OFFSET 0) AS x WHERE v = 'x'"}}
            - {id: b, query: {sql: "SELECT FROM (SELECT set_config('search_path', 'beside', true) AS v OFFSET 0) AS x WHERE v = 'x'"}}
            - {id: c, query: {sql: "SELECT FROM public.t WHERE a = 2"}}
            - {id: d, query: {sql: "SELECT WHERE current_setting('search_path') ~ 'beside'"}}
            """
        );

        await workspace.VerifyAsync(role.ConnectionString);

        Assert.Equal(["PASS", "PASS", "ERROR", "PASS"], workspace.Checks().Select(Checks.Verdict));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task The_evidence_holds_how_many_rows_there_were_and_none_of_them(int major)
    {
        await using var database = await CreateAsync(major);
        await database.ExecuteAsync("CREATE TABLE secrets (word text); INSERT INTO secrets VALUES ('xyzzy-of-a-row')");
        workspace.Claim("""- {id: a, query: {sql: "SELECT word FROM public.secrets"}}""");

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(1, workspace.Check().GetProperty("observed").GetProperty("rows").GetInt32());
        Assert.DoesNotContain("xyzzy", run.All + workspace.AllEvidence(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Statements_compile_to_what_they_are_observed_by(int major)
    {
        await using var database = await CreateAsync(major);
        await database.ExecuteAsync(
            "CREATE TABLE \"{name} '{table}\" (version text, checksum text, applied_at timestamptz)"
        );
        workspace
            .Write("migrations/0001_t.sql", "SELECT 1;\n")
            .Claim(
                """
                - {id: a, query: {sql: "SELECT a /* all */ FROM public.t"}}
                - {id: b, query: {sql: "SELECT 'it''s; $1 {statement}'"}}
                - {id: c, ledger: {table: "{name} '{table}", directory: ../migrations}}
                """
            );

        var run = await workspace.VerifyAsync(database);
        Assert.True(run.Exit == ExitCode.Failed, run.All);
        var compiled = await workspace.RunAsync(null, ["compile", "--postgres", $"{major}"]);

        var observed = CompiledScript.Observed(workspace.Checks());
        Assert.Equal(3, observed.Count);
        Assert.Equal(observed, await CompiledScript.RunAsync(compiled.Output, database));
    }

    private async Task<TestDatabase> CreateAsync(int major)
    {
        var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        return database;
    }
}
