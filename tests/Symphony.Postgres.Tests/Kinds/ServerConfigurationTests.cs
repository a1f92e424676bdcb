using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Kinds.EventTrigger;
using Symphony.Kinds.SetIfNull;
using Symphony.Kinds.Trigger;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>What the server's own configuration gives every new session; no transaction takes it back, so the server is the test's own.</summary>
public sealed class ServerConfigurationTests
{
    private static readonly TriggerClaim Trigger = new()
    {
        Table = new ObjectName("public", "t"),
        Name = "fill",
        Timing = TriggerTiming.Before,
        Events = [TriggerEvent.Insert],
        Level = TriggerLevel.Row,
        Function = new ObjectName("public", "fill"),
    };

    private static readonly EventTriggerClaim EventTrigger = new()
    {
        Name = "tell",
        Event = DatabaseEvent.DdlCommandEnd,
        Function = new ObjectName("public", "tell"),
    };

    [Fact]
    public async Task A_server_whose_sessions_skip_triggers_enforces_none()
    {
        await using var server = await StartAsync();
        await using var database = await CreateDatabaseAsync(server);
        await database.ExecuteAsync(
            """
            CREATE TABLE t (a integer);
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER fill BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();
            CREATE FUNCTION tell() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE LOG ''changed''; END';
            CREATE EVENT TRIGGER tell ON ddl_command_end EXECUTE FUNCTION tell();
            """
        );
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "trigger", Trigger)).Verdict);
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "event_trigger", EventTrigger)).Verdict);

        await ConfigureAsync(database, "session_replication_role", "replica");
        var skipped = await JudgeAsync(database, "trigger", Trigger);
        Assert.Equal(Verdict.Fail, skipped.Verdict);
        await RepairAsync(database, skipped, "session_replication_role", "origin");
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "trigger", Trigger)).Verdict);

        await ConfigureAsync(database, "event_triggers", "off");
        var silent = await JudgeAsync(database, "event_trigger", EventTrigger);
        Assert.Equal(Verdict.Fail, silent.Verdict);
        await RepairAsync(database, silent, "event_triggers", "on");
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "event_trigger", EventTrigger)).Verdict);
    }

    [Fact]
    public async Task A_server_whose_search_path_puts_another_function_before_the_built_in_one_fills_nothing_for_certain()
    {
        await using var server = await StartAsync();
        await using var database = await CreateDatabaseAsync(server);
        await database.ExecuteAsync(
            """
            CREATE TABLE t (a text);
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN IF NEW.a IS NULL THEN NEW.a := upper(''a''); END IF; RETURN NEW; END';
            CREATE TRIGGER fill BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();
            CREATE SCHEMA early;
            CREATE FUNCTION early.upper(text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
            """
        );
        var claim = new SetIfNullClaim { Table = new ObjectName("public", "t"), Column = "a" };
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "set_if_null", claim)).Verdict);

        // What the caller's own connection begins with is nobody else's, and hides nothing of the server's.
        const string Own = ";Options=-c search_path=early,pg_catalog,public";
        const string Harmless = ";Options=-c search_path=public";
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "set_if_null", claim, Own)).Verdict);

        await ConfigureAsync(database, "search_path", "early, pg_catalog, public");
        Assert.Equal(Verdict.Error, (await JudgeAsync(database, "set_if_null", claim)).Verdict);
        Assert.Equal(Verdict.Error, (await JudgeAsync(database, "set_if_null", claim, Harmless)).Verdict);

        // That another database gives its own sessions the same is no reason why this one's have it.
        await database.ExecuteAsync("CREATE DATABASE beside");
        await database.ExecuteAsync("ALTER DATABASE beside SET search_path = early, pg_catalog, public");
        Assert.Equal(Verdict.Error, (await JudgeAsync(database, "set_if_null", claim)).Verdict);

        await ConfigureAsync(database, "search_path", "pg_catalog, early, public");
        Assert.Equal(Verdict.Pass, (await JudgeAsync(database, "set_if_null", claim)).Verdict);
    }

    private static Task<EphemeralServer> StartAsync() =>
        EphemeralServer.StartAsync(
            new ServerOptions(ServerOptions.DefaultMajor),
            cancel: TestContext.Current.CancellationToken
        );

    private static async Task<TestDatabase> CreateDatabaseAsync(EphemeralServer server) =>
        new(
            server,
            "guarded",
            await server.CreateDatabaseAsync("guarded", cancel: TestContext.Current.CancellationToken)
        );

    private static async Task ConfigureAsync(TestDatabase database, string setting, string value)
    {
        await database.ExecuteAsync($"ALTER SYSTEM SET {setting} = {value}");
        await database.ExecuteAsync("SELECT pg_reload_conf()");
        await BeginsWithAsync(database, setting, value);
    }

    private static async Task RepairAsync(TestDatabase database, CheckResult result, string setting, string ordinary)
    {
        foreach (var statement in result.Remedy)
        {
            await database.ExecuteAsync(statement);
        }

        await BeginsWithAsync(database, setting, ordinary);
    }

    /// <summary>The server reads its configuration when it gets round to it, and new sessions begin with it from then on.</summary>
    private static async Task BeginsWithAsync(TestDatabase database, string setting, string value)
    {
        string? found = null;
        for (var attempt = 0; attempt < 200 && found != value; attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            database.Close();
            found = await database.ScalarAsync<string>("SELECT current_setting($1)", setting);
        }

        Assert.Equal(value, found);
    }

    private static async Task<CheckResult> JudgeAsync(
        TestDatabase database,
        string kind,
        Claim claim,
        string options = ""
    )
    {
        var invariant = new Invariant(
            "example",
            null,
            "TSK-1",
            "P0.EXAMPLE",
            Severity.P0,
            "example.yml",
            new SourceLocation(1, 1),
            KindRegistry.Standard.Find(kind)!,
            claim,
            null
        );
        await using var session = await CatalogSession.OpenAsync(
            ConnectionTarget.Parse(database.ConnectionString + options, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );
        var report = await VerificationRun.VerifyAsync(
            [invariant],
            session,
            new WaiverBook([], new DateOnly(2025, 1, 1)),
            TestContext.Current.CancellationToken
        );
        return Assert.Single(report.Checks);
    }
}
