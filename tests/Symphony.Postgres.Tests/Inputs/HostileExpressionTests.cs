using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Claimed expressions that try to be something else are refused, or are errors; none is executed.</summary>
public sealed class HostileExpressionTests(PostgresServers servers) : IDisposable
{
    private const string Schema = """
        CREATE TABLE t (a int, b text, CONSTRAINT c CHECK (a > 0));
        CREATE TABLE written (what text);
        CREATE SEQUENCE counter;
        CREATE FUNCTION evil(x int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
          'BEGIN INSERT INTO public.written VALUES (''evil''); RETURN true; END';
        CREATE FUNCTION write() RETURNS void LANGUAGE sql AS 'INSERT INTO public.written VALUES (''cast'')';
        CREATE TYPE kind AS (x text);
        CREATE FUNCTION as_kind(text) RETURNS kind IMMUTABLE LANGUAGE plpgsql AS
          'BEGIN PERFORM public.write(); RETURN ROW($1)::public.kind; END';
        CREATE CAST (text AS kind) WITH FUNCTION as_kind(text);
        """;

    private readonly Workspace workspace = new();

    public static TheoryData<string> Breaking =>
        [
            "true) OR (SELECT true",
            "1; DROP TABLE t",
            "a > 0; COMMIT; DROP TABLE t; --",
            "a /*",
            "a > 0 --",
            "$1",
            "a > 0) FROM t; --",
            "'unclosed",
            "E'\\'; DROP TABLE t; --",
            "$q$ unclosed",
            "",
            "   ",
            "/* nothing */",
        ];

    public static TheoryData<string> Inside =>
        [
            "(SELECT count(*) FROM public.written) = 0",
            "(SELECT true FROM pg_catalog.pg_sleep(600))",
            "pg_sleep(600) IS NULL",
            "nextval('public.counter') > 0",
            "setval('public.counter', 77) > 0",
            "evil(1)",
            "public.evil(1)",
            "public.evil(a)",
            "\"public\" . \"evil\" (a)",
            "a OPERATOR(public.+) 1 > 0",
            "pg_catalog.set_config('transaction_read_only', 'off', false) = 'off'",
            "pg_catalog.lo_from_bytea(0, 'x') > 0",
            "pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())",
            "pg_catalog.query_to_xml('DROP TABLE public.t', true, true, '') IS NULL",
            "no_such_column > 0",
            "a = 'text'",
            "1/0 > 0",
            "a > 0, b",
            "*",
            "a > 0 UNION SELECT true",
            "a AS b",
        ];

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Breaking))]
    public async Task What_would_leave_its_parentheses_is_refused_when_the_manifest_is_read(string expression)
    {
        workspace.Claim(
            $"- {{id: a, check: {{table: t, name: c, expression: {JsonSerializer.Serialize(expression)}}}}}"
        );

        var run = await workspace.VerifyAsync("postgres://me@127.0.0.1:1/db");

        Assert.Equal(ExitCode.BadInput, run.Exit);
        Assert.Contains("claims.yml:5:", run.Error, StringComparison.Ordinal);
        Assert.Contains("one SQL expression", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.Evidence));
    }

    [Theory, MemberData(nameof(Inside))]
    public async Task What_stays_inside_is_never_executed_and_never_passes(string expression)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(Schema);
        workspace.Claim(
            $"- {{id: a, check: {{table: t, name: c, expression: {JsonSerializer.Serialize(expression)}}}}}\n"
                + "- {id: b, check: {table: t, name: c, expression: a > 0 AND true}}"
        );

        var run = await workspace.VerifyAsync(database);

        Assert.True(run.Exit is ExitCode.Failed or ExitCode.Unobserved, run.All);
        Assert.NotEqual("PASS", workspace.Checks()[0].Verdict());
        Assert.Equal("PASS", workspace.Checks()[1].Verdict());
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM written"));
        Assert.False(await database.ScalarAsync<bool>("SELECT is_called FROM counter"));
    }

    /// <summary>Planning folds constants, and a cast may be a function that its type's owner wrote.</summary>
    [Theory]
    [InlineData("t", "('x'::text)::public.kind IS NOT NULL")]
    [InlineData("t", "('x'::text)::\"public\".\"kind\" IS NOT NULL")]
    [InlineData("kinds", "k IS DISTINCT FROM 'x'::text")]
    [InlineData("kinds", "a > 0 AND true")]
    public async Task What_planning_itself_might_run_is_not_planned(string table, string expression)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(Schema + "CREATE TABLE kinds (a int, k kind, CONSTRAINT c CHECK (a > 0))");
        workspace.Claim(
            $"- {{id: a, check: {{table: {table}, name: c, expression: {JsonSerializer.Serialize(expression)}}}}}\n"
                + "- {id: b, check: {table: t, name: c, expression: a > 0 AND true}}\n"
                + "- {id: c, check: {table: kinds, name: c, expression: (a > 0)}}"
        );

        await workspace.VerifyAsync(database);

        Assert.Equal(["ERROR", "PASS", "PASS"], workspace.Checks().Select(Checks.Verdict));
        Assert.Contains(
            "might run the function of a cast",
            workspace.Checks()[0].Text("explanation"),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "as the server prints it: (a > 0)",
            workspace.Checks()[0].Text("next"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_expression_of_functions_that_are_not_built_in_is_compared_and_never_planned()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(
            Schema
                + "CREATE FUNCTION boom(x int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''%'', ''pla'' || ''nned''; END';"
                + "CREATE TABLE u (a int, CONSTRAINT c CHECK (boom(1)))"
        );
        workspace.Claim("- {id: a, check: {table: u, name: c, expression: public.boom(1) AND true}}");

        var run = await workspace.VerifyAsync(database);

        Assert.DoesNotContain("planned", run.All + workspace.AllEvidence(), StringComparison.Ordinal);
        Assert.NotEqual("PASS", workspace.Check().Verdict());
    }
}
