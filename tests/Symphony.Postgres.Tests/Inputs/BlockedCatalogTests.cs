using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>
/// A catalog that does not answer. A lock on a catalog table blocks the queries that read it. One on an ordinary table
/// blocks what prints an expression over its columns (pg_get_expr, pg_get_constraintdef and their like, so the
/// fingerprint too) and what compares expressions (a row of its type); plain catalog columns are read beside it.
/// </summary>
public sealed class BlockedCatalogTests(PostgresServers servers) : IDisposable
{
    private const string Schema = "CREATE TABLE t (a int NOT NULL, CONSTRAINT a_positive CHECK (a > 0))";

    private const string CheckClaim = "check: {table: t, name: a_positive, expression: a > 0 AND true}";

    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_statement_that_takes_too_long_is_an_error_and_facts_read_before_it_stand(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim($"- {{id: a, {CheckClaim}}}\n- {{id: z, table: {{table: t}}}}");
        await using var held = await HeldLock.OnAsync(database, "pg_catalog.pg_rewrite");

        var run = await workspace.VerifyAsync(database, "--statement-timeout", "0.3", "--lock-timeout", "30");

        workspace.IsUnobserved(run, PostgresErrorCodes.QueryCanceled);
        Assert.Contains("raise --statement-timeout", run.Output, StringComparison.Ordinal);
        Assert.Contains("public.t ERROR", workspace.Checks().Verdicts());
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task While_a_migration_holds_a_catalog_table_the_claims_that_read_it_are_errors(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim($"- {{id: a, {CheckClaim}}}");
        await using var held = await HeldLock.OnAsync(database, "pg_catalog.pg_constraint");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.2");

        workspace.IsUnobserved(run, PostgresErrorCodes.LockNotAvailable);
        Assert.Contains("lock timeout", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "wait until the migration that holds the lock has ended, or raise --lock-timeout",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task While_a_migration_holds_a_table_its_columns_are_read_and_only_the_fingerprint_is_missing(
        int major
    )
    {
        await using var database = await CreateAsync(major);
        workspace.Claim("- {id: a, for_each: {tables: {name: t}}, column: {name: a, type: integer, nullable: false}}");
        await using var held = await HeldLock.OnAsync(database, "public.t");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.2");

        Assert.Equal(["public.t.a PASS"], workspace.Checks().Verdicts());
        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, workspace.Bundle().GetProperty("error").Text("sqlstate"));
        Assert.Null(workspace.Bundle().GetProperty("target").Text("schema_fingerprint"));
        Assert.Contains("the run was not observed", run.Output, StringComparison.Ordinal);
        Assert.Contains("or raise --lock-timeout", run.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task While_a_migration_holds_a_table_its_expressions_are_errors_and_a_failure_read_before_stays_one(
        int major
    )
    {
        await using var database = await CreateAsync(major);
        workspace.Claim($"- {{id: a, {CheckClaim}}}\n- {{id: b, append_only: {{table: absent, sqlstate: P0001}}}}");
        await using var held = await HeldLock.OnAsync(database, "public.t");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.2");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["public.t.a_positive ERROR", "public.absent FAIL"], workspace.Checks().Verdicts());
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, workspace.Checks()[0].SqlState());
        Assert.Contains("or raise --lock-timeout", workspace.Checks()[0].Text("next"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_rule_whose_objects_cannot_be_looked_for_is_an_error_and_not_an_empty_rule(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim("- {id: a, for_each: {tables: {}}, table: {}}");
        await using var held = await HeldLock.OnAsync(database, "pg_catalog.pg_depend");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.2");

        workspace.IsUnobserved(run, PostgresErrorCodes.LockNotAvailable);
        run.IsTold("cannot read the objects that the rules are about", "lock timeout", "or raise --lock-timeout");
        Assert.Equal(["rule ERROR"], workspace.Checks().Verdicts());
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_connection_cut_in_the_middle_leaves_errors_and_says_to_run_again(int major)
    {
        await using var database = await CreateAsync(major);
        workspace.Claim($"- {{id: a, {CheckClaim}}}");
        await using var held = await HeldLock.OnAsync(database, "pg_catalog.pg_depend");

        var running = workspace.VerifyAsync(database, "--lock-timeout", "60");
        await database.ExecuteAsync($"SELECT pg_terminate_backend({await held.WaiterAsync()})");
        var run = await running;

        workspace.IsUnobserved(run, PostgresErrorCodes.AdminShutdown);
        Assert.Contains("run again; nothing was decided", run.Output, StringComparison.Ordinal);
    }

    private async Task<TestDatabase> CreateAsync(int major)
    {
        var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        return database;
    }
}
