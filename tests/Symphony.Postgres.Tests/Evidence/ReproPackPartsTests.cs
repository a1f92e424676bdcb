using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>A bundle with several failures: what can be packed is packed, and what cannot is named with the reason.</summary>
public sealed class ReproPackPartsTests(PostgresServers servers) : IDisposable
{
    /// <summary>What no pack makes, for it is nothing without another server.</summary>
    private const string Foreign =
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ";

    private readonly PackFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_cannot_be_packed_is_named_and_the_rest_is_shown_by_psql_alone()
    {
        await using var database = await folder.FailAsync(
            servers,
            """
            - {id: broken-check, check: {table: t, name: c, expression: a > 0}}
            - {id: offending-rows, query: {sql: "SELECT FROM public.t WHERE a = 7"}}
            - {id: elsewhere, table: {table: "v`|<b>"}}
            """,
            "CREATE TABLE t (a int CONSTRAINT c CHECK (true)); INSERT INTO t VALUES (7); "
                + $"{Foreign} \"v`|<b>\" (a int) SERVER s"
        );

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.Contains("2 of 3 failing checks are in it", pack.Output, StringComparison.Ordinal);
        Assert.Contains("offending-rows lies in rows", pack.Output, StringComparison.Ordinal);
        Assert.Contains(
            "not in the pack: elsewhere: a pack does not make what it is about: table public.v`|<b>",
            pack.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        var readme = folder.Read("README.md");
        Assert.Contains("is not in this pack", readme, StringComparison.Ordinal);
        Assert.Contains(
            "- `elsewhere`, table: public.v\\`\\|&lt;b>. a pack does not make",
            readme,
            StringComparison.Ordinal
        );

        await using var scratch = await servers.CreateDatabaseAsync();
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "schema.sql")).Exit);
        var made = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(made.Exit == 0, made.Output);
        Assert.Contains("as recorded  broken-check", made.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("offending-rows", made.Output, StringComparison.Ordinal);
        var rows = await folder.PsqlAsync(database, "check_rows.sql");
        Assert.True(rows.Exit == 0, rows.Output);
        Assert.Contains("as recorded  offending-rows", rows.Output, StringComparison.Ordinal);

        await database.ExecuteAsync("DELETE FROM t");
        Assert.Equal(3, (await folder.PsqlAsync(database, "check_rows.sql")).Exit);
        var verified = await folder.VerifyAsync(scratch);
        Assert.Contains("1 FAIL, 0 ERROR", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_is_packed_with_all_that_its_digest_is_of()
    {
        var pin = new string('0', 64);
        await using var database = await folder.FailAsync(
            servers,
            $$"""
            - {id: a, check: {table: t, name: c, expression: public.ok(a), functions: {'public.ok(a text, most integer)': '{{pin}}'} } }
            - {id: b, trigger: {table: t, name: g, timing: before, events: [insert], level: row, function: g, body_sha256: '{{pin}}'} }
            """,
            """
            CREATE FUNCTION ok(a text, most int DEFAULT 5) RETURNS boolean STABLE STRICT SECURITY DEFINER
              SET search_path = pg_catalog, pg_temp SET app.way = 'x' LANGUAGE sql AS 'SELECT length(a) < most';
            CREATE TABLE t (a text CONSTRAINT c CHECK (ok(a)));
            CREATE FUNCTION g() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
            """
        );
        var digests = Digests();

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        await using var scratch = await servers.CreateDatabaseAsync();
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "schema.sql")).Exit);
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "check.sql")).Exit);
        await folder.Workspace.VerifyAsync(scratch);
        Assert.Equal(digests, Digests());

        List<string?> Digests() =>
            [.. folder.Workspace.Checks().Select(check => check.GetProperty("differences")[0].Text("observed"))];
    }

    [Fact]
    public async Task A_table_that_cannot_be_made_again_does_not_take_the_others_with_it()
    {
        await using var database = await folder.FailAsync(
            servers,
            """
            - {id: a, column: {table: first, name: a, nullable: false}}
            - {id: b, column: {table: odd, name: a, nullable: false}}
            - {id: c, column: {table: last, name: a, nullable: false}}
            """,
            "CREATE TABLE first (a int); CREATE TABLE odd (a int); CREATE TABLE last (a int); "
                + "CREATE ACCESS METHOD btree2 TYPE INDEX HANDLER bthandler; "
                + "CREATE OPERATOR CLASS o FOR TYPE int USING btree2 AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int); "
                + "CREATE INDEX i ON odd USING btree2 (a o)"
        );

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.Contains(
            "not in the pack: b: its definitions cannot be made again: access method \"btree2\" does not exist",
            pack.Error,
            StringComparison.Ordinal
        );
        await using var scratch = await servers.CreateDatabaseAsync();
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "schema.sql")).Exit);
        var check = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
        Assert.Contains("as recorded  a ", check.Output, StringComparison.Ordinal);
        Assert.Contains("as recorded  c ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_limit_of_time_ended_is_no_failure_to_be_shown()
    {
        folder.Workspace.Claim(
            "- {id: a, table: {table: t}}\n- {id: b, query: {sql: \"SELECT FROM pg_catalog.pg_sleep(60)\"}}"
        );
        await using var database = await servers.CreateDatabaseAsync();
        await folder.Workspace.VerifyAsync(database, "--statement-timeout", "1");

        var pack = await folder.PackAsync(database.ConnectionString, "--statement-timeout", "1");

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.Contains("not in the pack: b: Not observed: canceling statement", pack.Error, StringComparison.Ordinal);
        Assert.Contains("Then verify and pack again", pack.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("pg_sleep", folder.Read("check.sql"), StringComparison.Ordinal);
    }

    /// <summary>One attempt at making the state leaves nothing behind for the next, and roles are of the whole cluster.</summary>
    [Fact]
    public async Task A_role_that_only_a_check_that_was_left_out_needs_is_in_no_pack()
    {
        var role = $"reader_{Guid.NewGuid():n}";
        await using var database = await folder.FailAsync(
            servers,
            "- {id: rows, query: {sql: SELECT FROM public.t}}\n- {id: missing, table: {table: nothing}}",
            $"CREATE ROLE {role}; CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE POLICY q ON t TO {role} USING (true)"
        );

        var pack = await folder.PackAsync(database);
        await database.ExecuteAsync($"DROP POLICY q ON t; DROP ROLE {role}");

        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.DoesNotContain(role, folder.Read("schema.sql"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "cleanup.sql")));
        await using var scratch = await servers.CreateDatabaseAsync();
        var check = await folder.PsqlAsync(scratch, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
    }

    [Fact]
    public async Task What_was_mended_since_is_named_and_the_exit_code_stays_that_of_the_comparison()
    {
        await using var database = await folder.FailAsync(
            servers,
            "- {id: a, table: {table: missing}}\n- {id: b, table: {table: mended}}",
            "SELECT 1"
        );
        await database.ExecuteAsync("CREATE TABLE mended ()");

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.Failed, pack.All);
        Assert.Contains("not in the pack: b: it does not fail as recorded", pack.Error, StringComparison.Ordinal);
        await using var scratch = await servers.CreateDatabaseAsync();
        Assert.Equal(0, (await folder.PsqlAsync(scratch, "check.sql")).Exit);
    }

    [Fact]
    public async Task Where_nothing_can_be_packed_every_reason_is_told_and_no_folder_is_left()
    {
        await using var database = await folder.FailAsync(
            servers,
            "- {id: a, table: {table: v}}\n- {id: b, table: {table: w}}",
            $"{Foreign} v () SERVER s; CREATE FOREIGN TABLE w () SERVER s"
        );

        var pack = await folder.PackAsync(database);

        Assert.True(pack.Exit == ExitCode.BadInput, pack.All);
        Assert.Contains("a: a pack does not make", pack.Error, StringComparison.Ordinal);
        Assert.Contains("b: a pack does not make", pack.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }
}
