using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>A function under its reviewed body: what it is beside that decides as well, and a reader is told what it is.</summary>
public sealed class PinnedFunctionTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    /// <summary>What makes the function another one, and what a reader is told of it.</summary>
    public static TheoryData<string, string> Changes =>
        new()
        {
            { "ALTER FUNCTION ok(text, int) STRICT", "has STABLE, and the function has STABLE, STRICT." },
            { "ALTER FUNCTION ok(text, int) VOLATILE", "has STABLE, and the function has nothing." },
            { "ALTER FUNCTION ok(text, int) IMMUTABLE", "has STABLE, and the function has IMMUTABLE." },
            { "ALTER FUNCTION ok(text, int) SECURITY DEFINER", "and the function has STABLE, SECURITY DEFINER." },
            {
                "ALTER FUNCTION ok(text, int) SET search_path = a, b",
                "has STABLE, and the function has STABLE, SET search_path=a, b."
            },
            {
                "CREATE OR REPLACE FUNCTION ok(a text, most int DEFAULT 9) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT length(a) < most'",
                "and the function has STABLE, arguments (a text, most integer DEFAULT 9)."
            },
            {
                "CREATE OR REPLACE FUNCTION ok(a text, most int) RETURNS boolean STABLE STRICT LANGUAGE sql AS 'SELECT true'",
                "its body is another, or what it has beside it, now STABLE, STRICT."
            },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_reader_is_told_what_the_function_was_and_is(string change, string told)
    {
        await using var database = await PinAsync(
            """
            CREATE FUNCTION ok(a text, most int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT length(a) < most';
            CREATE TABLE t (a text CONSTRAINT c CHECK (ok(a, 5)));
            """,
            "- {id: c, check: {table: t, name: c, expression: 'public.ok(a, 5)', functions: {'public.ok(a text, most integer)': PIN}}}"
        );

        await database.ExecuteAsync(change);
        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        var check = workspace.Check();
        Assert.StartsWith(
            "public.ok(a text, most integer), which the expression calls, is not the function that was reviewed: ",
            check.Text("explanation"),
            StringComparison.Ordinal
        );
        Assert.EndsWith(told, check.Text("explanation"), StringComparison.Ordinal);
        Assert.Contains("review this one and pin its digest", check.Text("next"), StringComparison.Ordinal);
        Assert.Empty(check.GetProperty("remedy").EnumerateArray());
    }

    [Fact]
    public async Task Who_reviews_a_function_is_told_what_to_look_at_beside_its_body()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE FUNCTION ok(text) RETURNS boolean STRICT SET search_path = pg_catalog LANGUAGE sql AS $$ SELECT $1 > 'a' $$;
            CREATE TABLE t (a text CONSTRAINT c CHECK (ok(a)));
            """
        );
        workspace.Claim("- {id: c, check: {table: t, name: c, expression: public.ok(a)}}");

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Contains(
            "Review the function (beside its body it has STRICT, SET search_path=pg_catalog), then pin it",
            workspace.Check().Text("next"),
            StringComparison.Ordinal
        );
    }

    /// <summary>PostgreSQL manual, "Function Volatility Categories": a value of an IMMUTABLE function may be put into a plan.</summary>
    [Fact]
    public async Task A_kept_plan_shows_another_tenants_rows_once_its_function_is_immutable_and_that_is_noticed()
    {
        await using var database = await PinAsync(
            """
            CREATE FUNCTION tenant() RETURNS text STABLE LANGUAGE sql AS $$ SELECT current_setting('app.tenant', true) $$;
            CREATE TABLE t (tenant text);
            INSERT INTO t VALUES ('one'), ('two');
            ALTER TABLE t ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON t USING (tenant = tenant());
            GRANT SELECT ON t TO pg_monitor;
            """,
            "- {id: p, policy: {table: t, name: own, using: tenant = public.tenant(), functions: {public.tenant(): PIN}}}"
        );

        var reviewed = await SeenByTheSecondTenantAsync(database);
        await database.ExecuteAsync("ALTER FUNCTION tenant() IMMUTABLE");
        var altered = await SeenByTheSecondTenantAsync(database);

        Assert.Equal("two", reviewed);
        Assert.Equal("one", altered);
        Assert.Equal(ExitCode.Failed, (await workspace.VerifyAsync(database)).Exit);
    }

    /// <summary>PostgreSQL manual, "Visibility of Data Changes": one that is STABLE does not see what the command changed.</summary>
    [Fact]
    public async Task A_trigger_that_looks_at_what_was_written_refuses_nothing_once_it_is_stable_and_that_is_noticed()
    {
        await using var database = await PinAsync(
            """
            CREATE TABLE t (a int);
            CREATE FUNCTION limited() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF (SELECT sum(a) FROM public.t) > 10 THEN RAISE 'too much' USING ERRCODE = 'P7001'; END IF; RETURN NULL; END $$;
            CREATE TRIGGER limited AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION limited();
            """,
            "- {id: g, trigger: {table: t, name: limited, timing: after, events: [insert], level: statement, function: limited, body_sha256: PIN}}"
        );

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            database.ExecuteAsync("INSERT INTO t VALUES (11)")
        );
        await database.ExecuteAsync("ALTER FUNCTION limited() STABLE");
        await database.ExecuteAsync("INSERT INTO t VALUES (11)");

        Assert.Equal("P7001", refused.SqlState);
        Assert.Equal(ExitCode.Failed, (await workspace.VerifyAsync(database)).Exit);
        Assert.EndsWith("has nothing, and the function has STABLE.", workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task A_plain_function_has_the_digest_that_the_kind_function_has_of_its_body()
    {
        await using var database = await PinAsync(
            """
            CREATE FUNCTION ok(text) RETURNS boolean LANGUAGE sql COST 7 PARALLEL SAFE AS $$ SELECT $1 > 'a' $$;
            CREATE TABLE t (a text CONSTRAINT c CHECK (ok(a)));
            """,
            "- {id: c, check: {table: t, name: c, expression: public.ok(a), functions: {public.ok(text): PIN}}}"
        );
        var manifest = await File.ReadAllTextAsync(
            Path.Combine(workspace.Root, "invariants", "claims.yml"),
            TestContext.Current.CancellationToken
        );
        var digest = manifest.Split("public.ok(text): '")[1][..64];

        workspace.Claim($"- {{id: f, function: {{name: ok(text), body_sha256: '{digest}'}}}}");

        Assert.Equal(ExitCode.Ok, (await workspace.VerifyAsync(database)).Exit);
    }

    /// <summary>A database, and a manifest that has its function by the digest that it was said to have.</summary>
    private async Task<TestDatabase> PinAsync(string schema, string claim)
    {
        var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(schema);
        workspace.Claim(claim.Replace("PIN", $"'{new string('0', 64)}'", StringComparison.Ordinal));
        await workspace.VerifyAsync(database);
        var digest = workspace.Check().GetProperty("differences")[0].Text("observed")!;
        workspace.Claim(claim.Replace("PIN", $"'{digest}'", StringComparison.Ordinal));
        var run = await workspace.VerifyAsync(database);
        Assert.True(run.Exit == ExitCode.Ok, run.All);
        return database;
    }

    /// <summary>What a pooled connection shows to the second tenant by the statement that it prepared for the first.</summary>
    private static async Task<string?> SeenByTheSecondTenantAsync(TestDatabase database)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancel);
        foreach (
            var statement in new[]
            {
                "SET ROLE pg_monitor",
                "SET app.tenant = 'one'",
                "PREPARE rows AS SELECT tenant FROM t",
                "EXECUTE rows",
                "SET app.tenant = 'two'",
            }
        )
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await using var again = new NpgsqlCommand("EXECUTE rows", connection);
        return (string?)await again.ExecuteScalarAsync(cancel);
    }
}
