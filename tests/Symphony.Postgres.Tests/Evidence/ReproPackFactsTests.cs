using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>Packs of what is more than a table's definition: rows, rules, and what could not be decided.</summary>
public sealed class ReproPackFactsTests(PostgresServers servers) : IDisposable
{
    private const string Ledger = """
        CREATE TABLE ledger (id bigserial PRIMARY KEY, version text NOT NULL UNIQUE, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), applied_by text NOT NULL DEFAULT current_user);
        INSERT INTO ledger (version, checksum, applied_at) VALUES ('0001_a', repeat('0', 64), '2020-02-02'), ('0009_by''hand', repeat('f', 64), '2020-01-01');
        """;

    private readonly PackFolder folder = new();

    /// <summary>Claims, what breaks them, what mends them again.</summary>
    public static TheoryData<string, string, string> Failures =>
        new()
        {
            // Nothing is there that has to be.
            {
                "- {id: a, query: {sql: \"SELECT FROM public.t WHERE a = 'it''s' AND b ~ '\\\\d'\", expect: rows}}",
                "CREATE TABLE t (a text, b text NOT NULL)",
                "INSERT INTO t VALUES ('it''s', '1')"
            },
            // The catalog is asked, which definitions make.
            {
                "- {id: a, query: {sql: \"SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relrowsecurity AND c.oid = pg_catalog.to_regclass('public.t') AND EXISTS (SELECT FROM public.t HAVING true)\"}}",
                "CREATE TABLE t ()",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY"
            },
            // What it asks is not there.
            { "- {id: a, query: {sql: SELECT FROM public.nothing}}", "SELECT 1", "CREATE TABLE nothing ()" },
            // The server refuses it: an ERROR that comes again.
            {
                "- {id: a, query: {sql: SELECT FROM public.t WHERE gone}}",
                "CREATE TABLE t (here boolean)",
                "ALTER TABLE t ADD gone boolean"
            },
            // A rule that matches too little, and what it matches holds or does not.
            {
                "- {id: a, for_each: {tables: {name: \"t*\", having_column: c}, at_least: 3}, table: {}}",
                "CREATE TABLE t1 (c int); CREATE TABLE t2 (c int); CREATE TABLE u (c int)",
                "CREATE TABLE t3 (c int)"
            },
            {
                "- {id: a, for_each: {columns: {table: \"*\", name: c}, at_least: 2}, column: {nullable: false}}",
                "CREATE TABLE t (c int)",
                "CREATE TABLE u (c int NOT NULL)"
            },
            {
                "- {id: a, for_each: {tables: {name: \"x'*\"}}, table: {}}",
                "CREATE TABLE t ()",
                "CREATE TABLE \"x'y\" ()"
            },
            // Every row of a ledger that matters is in its fact.
            {
                "- {id: a, ledger: {table: ledger, directory: ../migrations}}",
                Ledger,
                "UPDATE ledger SET version = version || ' '"
            },
            {
                "- {id: a, ledger: {table: ledger, directory: ../migrations}}",
                "SELECT 1",
                "CREATE TABLE ledger (version text, checksum text, applied_at timestamptz)"
            },
            {
                "- {id: a, ledger: {table: \"made.up\", directory: ../migrations}}",
                "CREATE SCHEMA made; CREATE VIEW made.up AS SELECT '0001_a' AS version, NULL::text AS checksum, now() AS applied_at",
                "DROP VIEW made.up"
            },
            {
                "- {id: a, ledger: {table: ledger, directory: ../migrations}}",
                "CREATE TABLE ledger (version text, checksum text, applied_at timestamptz) PARTITION BY HASH (version)",
                "DROP TABLE ledger"
            },
            // A column that it needs is gone.
            {
                "- {id: a, ledger: {table: ledger, directory: ../migrations}}",
                "CREATE TABLE ledger (version text, applied_at timestamptz)",
                "ALTER TABLE ledger ADD checksum text"
            },
        };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Failures))]
    public async Task A_pack_shows_it_in_an_empty_database_and_notices_its_repair(
        string claim,
        string broken,
        string repair
    )
    {
        await using var database = await FailAsync(claim, broken);
        await PackAsync(database);

        await using var scratch = await servers.CreateDatabaseAsync();
        var made = await folder.PsqlAsync(scratch, "schema.sql");
        Assert.True(made.Exit == 0, made.Output);
        var check = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
        Assert.Contains("\nreproduced\n", check.Output, StringComparison.Ordinal);

        await scratch.ExecuteAsync(repair);
        var repaired = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(repaired.Exit == 3, repaired.Output);
        Assert.Contains("OTHERWISE", repaired.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_pack_claims_fails_in_what_it_makes()
    {
        await using var database = await FailAsync(
            "- {id: a, ledger: {table: ledger, directory: ../migrations}}\n- {id: b, query: {sql: SELECT FROM public.t, expect: rows}}",
            Ledger + "CREATE TABLE t ()"
        );
        await PackAsync(database);

        await using var scratch = await servers.CreateDatabaseAsync();
        await folder.PsqlAsync(scratch, "schema.sql");
        var verified = await folder.VerifyAsync(scratch);

        Assert.True(verified.Exit == ExitCode.Failed, verified.All);
        Assert.Contains("2 FAIL, 0 ERROR", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offending_rows_are_in_no_evidence_and_are_shown_on_the_database_itself()
    {
        await using var database = await FailAsync(
            "- {id: a, query: {sql: \"SELECT FROM public.t WHERE secret = 'hunter2'\"}}",
            "CREATE TABLE t AS SELECT 'hunter2' AS secret, 'private' AS other"
        );
        var pack = await PackAsync(database);

        Assert.Contains("lies in rows", pack.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "schema.sql")));
        Assert.Contains("$DATABASE_URL", folder.Read("README.md"), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            Assert.DoesNotContain(
                "private",
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        var check = await folder.PsqlAsync(database, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
        await database.ExecuteAsync("DELETE FROM t");
        Assert.Equal(3, (await folder.PsqlAsync(database, "check.sql")).Exit);
    }

    [Fact]
    public async Task A_statement_says_nothing_to_psql_and_nothing_to_the_next()
    {
        // Backslashes, psql's variables and a settings' change: each text stays a literal.
        const string Odd =
            "SELECT FROM public.t WHERE a <> E'\\\\ :x :''x'' \\n' AND pg_catalog.set_config('search_path', 'elsewhere', true) <> ''";
        await using var database = await FailAsync(
            $"- id: a\n  query:\n    sql: |-\n      {Odd}\n    expect: rows\n- {{id: b, query: {{sql: SELECT FROM public.t, expect: rows}}}}",
            "CREATE TABLE t (a text)"
        );
        await PackAsync(database);

        await using var scratch = await servers.CreateDatabaseAsync();
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "schema.sql")).Exit);
        var check = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
    }

    [Fact]
    public async Task A_rule_that_matches_another_number_is_not_the_recorded_failure()
    {
        await using var database = await FailAsync(
            "- {id: a, for_each: {tables: {name: \"t*\"}, at_least: 3}, table: {}}",
            "CREATE TABLE t1 (); CREATE TABLE t2 ()"
        );
        await database.ExecuteAsync("DROP TABLE t2");

        var repro = await folder.PackAsync(database);

        Assert.True(repro.Exit == ExitCode.Failed, repro.All);
        Assert.Contains("it matched 2", repro.Output, StringComparison.Ordinal);
        Assert.Contains("it matched 1", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_could_observe_is_refused_with_what_to_do()
    {
        await using var database = await servers.CreateDatabaseAsync();
        folder.Workspace.Claim("- {id: a, table: {table: t}}");
        await folder.Workspace.VerifyAsync("postgres://nobody@127.0.0.1:1/none");

        var repro = await folder.PackAsync(database);

        Assert.Equal(ExitCode.BadInput, repro.Exit);
        Assert.Contains("a: Not observed: cannot connect", repro.Error, StringComparison.Ordinal);
        Assert.Contains("verify and pack again", repro.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task What_privileges_made_is_refused_with_what_was_made_instead()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE t (); CREATE ROLE reader_of_none LOGIN; GRANT USAGE ON SCHEMA public TO reader_of_none"
        );
        folder.Workspace.Claim("- {id: a, query: {sql: SELECT FROM public.t, expect: rows}}");
        var reader = database.ConnectionString + ";Options=-crole=reader_of_none";
        await folder.Workspace.VerifyAsync(reader);

        var repro = await folder.PackAsync(reader);

        Assert.True(repro.Exit == ExitCode.BadInput, repro.All);
        Assert.True(repro.Error.Contains("a: recorded ERROR, made FAIL", StringComparison.Ordinal), repro.All);
    }

    private Task<TestDatabase> FailAsync(string claim, string broken)
    {
        folder.Workspace.Write("migrations/0001_a.sql", "SELECT 1;").Write("migrations/0002_b.sql", "SELECT 2;");
        return folder.FailAsync(servers, claim, broken);
    }

    private async Task<CliRun> PackAsync(TestDatabase database)
    {
        var pack = await folder.PackAsync(database);
        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        return pack;
    }
}
