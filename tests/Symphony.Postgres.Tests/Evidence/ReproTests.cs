using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Evidence;

public sealed class ReproTests(PostgresServers servers) : IDisposable
{
    private const string Claims = """
        - {id: has-check, check: {table: t, name: c, expression: a > 0}}
        - {id: has-table, table: {table: t}}
        """;

    private readonly Workspace workspace = new Workspace().Claim(Claims);

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_failure_is_shown_again_by_its_signature()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 1))");
        await workspace.VerifyAsync(database);

        var repro = await ReproAsync(database, Workspace.Signature);

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        Assert.Contains(
            "same    has-check  check public.t.c  then FAIL, now FAIL",
            repro.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("repair", repro.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("has-table", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_behaviour_showed_is_shown_by_behaviour_again()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
            CREATE FUNCTION mend() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := abs(NEW.a) + 1; RETURN NEW; END';
            CREATE TRIGGER mend BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION mend();
            """
        );
        workspace.Claim(
            "- {id: refused, probe: {when: {insert: t, values: {a: -1}}, then: {rejected: \"23514\"}, control: {a: 1}}}"
        );
        var recorded = await workspace.VerifyAsync(database, "--probe", "direct", "--i-own-this-database");
        Assert.True(recorded.Exit == ExitCode.Failed, recorded.All);

        var unasked = await ReproAsync(database, Workspace.Signature);
        var again = await ReproAsync(database, Workspace.Signature, "--i-own-this-database");
        var pack = await ReproAsync(database, Workspace.Signature, "--i-own-this-database", "--pack", "pack");
        await database.ExecuteAsync("DROP TRIGGER mend ON t");
        var mended = await ReproAsync(database, Workspace.Signature, "--i-own-this-database");

        Assert.Equal(ExitCode.BadInput, unasked.Exit);
        Assert.Contains("--i-own-this-database", unasked.Error, StringComparison.Ordinal);
        Assert.True(again.Exit == ExitCode.Ok, again.All);
        Assert.Contains("same    refused", again.Output, StringComparison.Ordinal);
        Assert.Contains(
            "symphony verify --probe direct --i-own-this-database --task",
            again.Output,
            StringComparison.Ordinal
        );

        Assert.Equal(ExitCode.BadInput, pack.Exit);
        Assert.Contains("refused: only a probe showed it", pack.Error, StringComparison.Ordinal);
        Assert.True(mended.Exit == ExitCode.Failed, mended.All);
        Assert.Contains("gone    refused", mended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_claims_are_those_of_then_whatever_the_manifests_say_now()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 1))");
        await workspace.VerifyAsync(database);
        workspace.Claim("- {id: another, table: {table: t}}");

        Assert.Equal(ExitCode.Ok, (await ReproAsync(database, Workspace.Signature)).Exit);
        Directory.Delete(Path.Combine(workspace.Root, "invariants"), recursive: true);
        Assert.Equal(ExitCode.Ok, (await ReproAsync(database, Workspace.Signature)).Exit);
    }

    [Fact]
    public async Task A_failure_that_was_repaired_no_longer_fails_and_stays_the_one_that_is_meant()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 1))");
        await workspace.VerifyAsync(database);
        await database.ExecuteAsync("ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0)");
        await workspace.VerifyAsync(database);

        var repro = await ReproAsync(database, Workspace.Signature);

        Assert.Equal(ExitCode.Failed, repro.Exit);
        Assert.Contains("gone    has-check", repro.Output, StringComparison.Ordinal);
        Assert.Contains("/expression: then \"(a > 1)\", now \"(a > 0)\"", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_fails_otherwise_is_not_the_recorded_one()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 1))");
        await workspace.VerifyAsync(database);
        await database.ExecuteAsync("ALTER TABLE t DROP CONSTRAINT c");

        var repro = await ReproAsync(database, Workspace.Signature);

        Assert.Equal(ExitCode.Failed, repro.Exit);
        Assert.Contains("other   has-check", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waived_failure_and_a_rule_that_matches_too_little_are_shown_again()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int)");
        workspace
            .Claim(Claims + "\n- {id: every, for_each: {tables: {name: \"x*\"}, at_least: 2}, table: {}}")
            .Waive("- {invariant: has-check, reason: later, approved_by: dba, expires: 2999-01-01}");
        await workspace.VerifyAsync(database);

        var repro = await ReproAsync(database, Workspace.Signature);

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        Assert.Contains(
            "same    has-check  check public.t.c  then WAIVED, now FAIL",
            repro.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("same    every  table (the rule)", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_alone_is_enough()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await workspace.VerifyAsync(database);
        var alone = Path.Combine(workspace.Root, "given.json");
        File.WriteAllBytes(alone, workspace.BundleBytes());
        Directory.Delete(workspace.Evidence, recursive: true);

        var repro = await ReproAsync(database, "given.json");

        Assert.True(repro.Exit == ExitCode.Ok, repro.All);
        Assert.Contains("2 of 2 fail as recorded", repro.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_database_is_migrated_as_far_as_the_one_that_failed()
    {
        workspace.Write("schema/migrations/0001_table.sql", "CREATE TABLE t (a int CONSTRAINT c CHECK (a > 1));");
        await using var database = await servers.CreateDatabaseAsync();
        await workspace.RunAsync(database.ConnectionString, ["migrate"]);
        await workspace.VerifyAsync(database);
        // The repair is a later migration: the failure is before it.
        workspace.Write(
            "schema/migrations/0002_repair.sql",
            "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0);"
        );
        await workspace.RunAsync(database.ConnectionString, ["migrate"]);

        var repaired = await ReproAsync(database, Workspace.Signature);
        var fresh = await workspace.RunAsync(null, ["repro", Workspace.Signature, "--fresh"]);

        Assert.Equal(ExitCode.Failed, repaired.Exit);
        Assert.True(fresh.Exit == ExitCode.Ok, fresh.All);
        Assert.Contains($"PostgreSQL {ServerOptions.DefaultMajor}", fresh.Error, StringComparison.Ordinal);
        Assert.Contains("migrated to 0001_table", fresh.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_is_not_the_one_that_was_applied_is_bad_input()
    {
        workspace.Write("schema/migrations/0001_table.sql", "CREATE TABLE t (a int);");
        await using var database = await servers.CreateDatabaseAsync();
        await workspace.RunAsync(database.ConnectionString, ["migrate"]);
        await workspace.VerifyAsync(database);
        workspace.Write("schema/migrations/0001_table.sql", "CREATE TABLE t (a bigint);");

        var repro = await workspace.RunAsync(null, ["repro", Workspace.Signature, "--fresh"]);

        Assert.Equal(ExitCode.BadInput, repro.Exit);
        Assert.Contains("0001_table.sql", repro.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_failure_or_none_that_can_be_read_nothing_is_shown()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))");
        Assert.Equal(ExitCode.BadInput, (await ReproAsync(database, Workspace.Signature)).Exit);
        await workspace.VerifyAsync(database);
        Assert.Equal(ExitCode.BadInput, (await ReproAsync(database, Workspace.Signature)).Exit);
        Assert.Equal(ExitCode.BadInput, (await ReproAsync(database, "../../etc/passwd")).Exit);
        Assert.Equal(ExitCode.BadInput, (await ReproAsync(database, "NO_SUCH.SIGNATURE")).Exit);
        await database.ExecuteAsync("DROP TABLE t");
        await workspace.VerifyAsync(database);
        var bundle = Path.Combine(workspace.Evidence, Workspace.Task, Workspace.Signature + ".json");
        File.WriteAllText(
            bundle,
            File.ReadAllText(bundle).Replace("There is no", "There was no", StringComparison.Ordinal)
        );
        Assert.Equal(ExitCode.BadInput, (await ReproAsync(database, bundle)).Exit);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_shows_nothing()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await workspace.VerifyAsync(database);

        var repro = await workspace.RunAsync("postgres://nobody@127.0.0.1:1/none", ["repro", Workspace.Signature]);

        Assert.Equal(ExitCode.Unobserved, repro.Exit);
    }

    private Task<CliRun> ReproAsync(TestDatabase database, string failure, params string[] options) =>
        workspace.RunAsync(database.ConnectionString, ["repro", failure, .. options]);
}
