using Npgsql;
using Symphony.Catalog;
using Symphony.Cli;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Definitions that change while they are read: the answer is of one moment, or it is an ERROR.</summary>
public sealed class MovingCatalogTests(PostgresServers servers) : IDisposable
{
    private const string Schema = "CREATE TABLE t (a int NOT NULL, b int, CONSTRAINT a_positive CHECK (a > 0))";

    private readonly Workspace workspace = new Workspace().Claim(
        "- {id: a, check: {table: t, name: a_positive, expression: a > 0}}"
    );

    public static TheoryData<int> Majors => PostgresServers.Majors;

    /// <summary>What changes what a definition says, each with what makes it possible.</summary>
    public static TheoryData<string> DefinitionChanges =>
        [
            "ALTER TABLE t ADD COLUMN c int",
            "ALTER TABLE t DROP COLUMN b",
            "ALTER TABLE t RENAME COLUMN a TO c",
            "ALTER TABLE t DROP CONSTRAINT a_positive",
            "ALTER TABLE t ALTER b SET DEFAULT 1",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "CREATE INDEX ON t (b)",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE POLICY p ON t USING (true)",
            "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
            "CREATE TABLE u () INHERITS (t)",
            "CREATE TYPE e AS ENUM ('x')",
            "CREATE DOMAIN d AS int",
            "CREATE SCHEMA s",
            "GRANT SELECT ON t TO PUBLIC",
            "COMMENT ON TABLE t IS 'x'; ALTER TABLE t SET (fillfactor = 70)",
        ];

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_definition_that_changed_while_it_was_read_is_read_again(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        await using var migration = await Migration.BeginAsync(
            database,
            "ALTER TABLE t DROP CONSTRAINT a_positive, ADD CONSTRAINT a_positive CHECK (true)"
        );

        var running = workspace.VerifyAsync(database);
        Assert.True(await migration.IsAwaitedAsync(running));
        await migration.CommitAsync();
        var run = await running;

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal("true", workspace.Check().GetProperty("observed").Text("expression"));
    }

    /// <summary>A session is opened while the manifests are still being read.</summary>
    [Theory, MemberData(nameof(Majors))]
    public async Task A_definition_that_changed_before_anything_was_asked_is_read_as_it_is_then(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        await using var session = await OpenAsync(database);
        await database.ExecuteAsync(
            "ALTER TABLE t DROP CONSTRAINT a_positive; ALTER TABLE t ADD CONSTRAINT a_positive CHECK (true)"
        );

        var report = await VerificationRun.VerifyAsync(
            [.. Manifests().Invariants],
            session,
            new WaiverBook([], DateOnly.MinValue),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("true", Assert.Single(report.Checks).Observed?.Text("expression"));
    }

    /// <summary>Transactions that were under way at a session's moment, and those that came later.</summary>
    [Theory, MemberData(nameof(Majors))]
    public async Task Only_a_definition_that_changed_since_a_session_read_is_a_change(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        await using var session = await OpenAsync(database);

        await AssertMovesOnAsync(false, () => Task.CompletedTask);
        await AssertMovesOnAsync(false, () => database.ExecuteAsync("INSERT INTO t VALUES (1, 1)"));
        await AssertMovesOnAsync(true, () => database.ExecuteAsync("ALTER TABLE t ADD COLUMN c int"));
        await AssertMovesOnAsync(false, () => Task.CompletedTask);
        await using var migration = await Migration.BeginAsync(database, "ALTER TABLE t ADD COLUMN d int");
        await AssertMovesOnAsync(true, migration.CommitAsync);
        await using var nested = await Migration.BeginAsync(
            database,
            "SAVEPOINT s; ALTER TABLE t ADD COLUMN e int; RELEASE SAVEPOINT s"
        );
        await AssertMovesOnAsync(true, nested.CommitAsync);
        await using var undone = await Migration.BeginAsync(database, "ALTER TABLE t ADD COLUMN f int");
        await AssertMovesOnAsync(false, async () => await undone.DisposeAsync());
        await AssertMovesOnAsync(true, () => database.ExecuteAsync("ALTER TABLE t ADD COLUMN f int"));

        async Task AssertMovesOnAsync(bool expected, Func<Task> change)
        {
            await session.ReadRowsAsync("SELECT ''", [], TestContext.Current.CancellationToken);
            await change();
            Assert.Equal(expected, await session.HasMovedOnAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>The server tells a transaction the same age of a number for as long as it lasts.</summary>
    [Theory, MemberData(nameof(Majors))]
    public async Task A_statement_that_asks_for_an_age_hides_no_change(int major)
    {
        workspace.Claim(
            """
            - {id: a, check: {table: t, name: a_positive, expression: a > 0}}
            - {id: b, query: {sql: SELECT FROM pg_database WHERE age(datfrozenxid) > 2000000000, expect: no_rows}}
            - {id: c, query: {sql: SELECT pg_advisory_xact_lock(7), expect: rows}}
            """
        );
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        // Locking a table would be writing: whoever does has a number, and is seen to be under way.
        await using var migration = await Migration.BeginAsync(database, "SELECT pg_advisory_xact_lock(7)");

        var running = workspace.VerifyAsync(database, "--lock-timeout", "60");
        Assert.True(await migration.IsAwaitedAsync(running));
        await database.ExecuteAsync(
            "ALTER TABLE t DROP CONSTRAINT a_positive; ALTER TABLE t ADD CONSTRAINT a_positive CHECK (true)"
        );
        await migration.CommitAsync();
        await running;

        Assert.Equal(["FAIL", "PASS", "PASS"], workspace.Checks().Select(check => check.Verdict()));
    }

    /// <summary>Of what gives several rows the server estimates how many, and asks its arguments.</summary>
    [Theory]
    [MemberData(nameof(Majors))]
    public async Task An_expression_that_asks_for_an_age_hides_no_change(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        foreach (
            var text in (string[])["generate_series(1, age('3'::xid)) > 0", "generate_series(1, age('3'::xid) / 0)"]
        )
        {
            await using var session = await OpenAsync(database);
            var forms = new ExpressionForms();
            var expression = new RelationExpression(new ObjectName("public", "t"), text);
            Assert.Null(forms.Find(expression));
            await session.ReadFormsAsync(forms, TestContext.Current.CancellationToken);
            Assert.NotNull(forms.Find(expression));

            await database.ExecuteAsync("ALTER TABLE t ALTER b SET DEFAULT 1; ALTER TABLE t ALTER b DROP DEFAULT");

            Assert.True(await session.HasMovedOnAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Evidence_that_was_begun_of_the_first_reading_is_thrown_away(int major)
    {
        workspace.Claim(WideTable.Claim);
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(WideTable.Schema);
        await using var migration = await Migration.BeginAsync(database, "ALTER TABLE wide ALTER c100 DROP NOT NULL");

        var running = workspace.VerifyAsync(database, "--lock-timeout", "60");
        Assert.True(await migration.IsAwaitedAsync(running));
        while (WideTable.BegunIn(workspace).Count < 2)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await migration.CommitAsync();
        var run = await running;

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(
            ["public.wide.c100 FAIL"],
            workspace.Checks().Where(check => check.Verdict() != "PASS").Verdicts()
        );
        Assert.Empty(WideTable.BegunIn(workspace));
        var bundle = workspace.BundleBytes();
        await workspace.VerifyAsync(database);
        Assert.Equal(bundle, workspace.BundleBytes());
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_waiver_of_what_was_repaired_meanwhile_is_said_to_have_no_effect(int major)
    {
        workspace
            .Claim("- {id: a, for_each: {tables: {name: t}}, column: {name: b, nullable: false}}")
            .Waive("- {invariant: a, reason: being repaired, approved_by: ann, expires: 2999-12-31}");
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        await using var migration = await Migration.BeginAsync(database, "ALTER TABLE t ALTER b SET NOT NULL");

        var running = workspace.VerifyAsync(database, "--lock-timeout", "60");
        Assert.True(await migration.IsAwaitedAsync(running));
        await migration.CommitAsync();
        var run = await running;

        Assert.Equal(["public.t.b PASS"], workspace.Checks().Verdicts());
        Assert.Contains("the waiver of a matches no failure; it has no effect", run.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Definitions_that_keep_changing_are_an_error(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        var migration = await Migration.BeginAsync(database, "ALTER TABLE t ADD COLUMN c int");
        var running = workspace.VerifyAsync(database, "--lock-timeout", "60");
        for (var i = 0; await migration.IsAwaitedAsync(running); i++)
        {
            // In the queue behind symphony: it gets the table as soon as that has read it, and before it is read again.
            var next = Migration.BeginAsync(database, $"ALTER TABLE t ADD COLUMN c{i} int");
            await Migration.QueuedAsync(database);
            await migration.CommitAsync();
            await migration.DisposeAsync();
            migration = await next;
        }

        await migration.DisposeAsync();
        var run = await running;

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal("ERROR", workspace.Check().Verdict());
        run.IsTold(
            "cannot read the catalog as of one moment",
            "definitions that changed meanwhile",
            "run again when the migration has ended"
        );
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task What_holds_the_table_is_named(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema);
        await using var migration = await Migration.BeginAsync(database, "ALTER TABLE t ADD COLUMN c int");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.2");

        workspace.IsUnobserved(run, PostgresErrorCodes.LockNotAvailable);
        Assert.Contains(
            $"public.t is locked by process {migration.Process} (application nightly-migration, role ",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(DefinitionChanges))]
    public async Task A_change_of_a_definition_is_a_change(string sql)
    {
        foreach (var row in PostgresServers.Majors)
        {
            await using var database = await servers.CreateDatabaseAsync(row.Data);
            await database.ExecuteAsync(Schema);
            var before = await ChangesAsync(database, row.Data);

            await database.ExecuteAsync(sql);

            Assert.NotEqual(before, await ChangesAsync(database, row.Data));
        }
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Rows_statistics_temporary_tables_and_other_databases_are_none(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(Schema + "; CREATE INDEX ON t (b)");
        var before = await ChangesAsync(database, major);
        await using var other = await database.OpenAsync();
        await using var busy = new NpgsqlCommand(
            "CREATE TEMP TABLE x (a int PRIMARY KEY, b int DEFAULT 1 CHECK (b > 0)); INSERT INTO t VALUES (1, 1); ANALYZE t",
            other
        );
        await busy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var neighbour = await servers.CreateDatabaseAsync(major);

        Assert.Equal(before, await ChangesAsync(database, major));
    }

    private ManifestSet Manifests() =>
        ManifestFolder.Read(Path.Combine(workspace.Root, "invariants"), "invariants", KindRegistry.Standard);

    private static Task<CatalogSession> OpenAsync(TestDatabase database) =>
        CatalogSession.OpenAsync(
            ConnectionTarget.Parse(database.ConnectionString, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );

    private static Task<string?> ChangesAsync(TestDatabase database, int major) =>
        database.ScalarAsync<string>(VersionedSql.Read("Catalog/changes.sql", major));

    /// <summary>A transaction that has changed a table and holds it.</summary>
    private sealed class Migration : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly NpgsqlConnection _connection;

        private Migration(TestDatabase database, NpgsqlConnection connection) =>
            (_database, _connection) = (database, connection);

        public int Process => _connection.ProcessID;

        public static async Task<Migration> BeginAsync(TestDatabase database, string sql)
        {
            var connection = await database.OpenAsync();
            var migration = new Migration(database, connection);
            await migration.ExecuteAsync($"SET application_name = 'nightly-migration'; BEGIN; {sql}");
            return migration;
        }

        /// <summary>True once symphony waits for this one; false when it has ended instead.</summary>
        public async Task<bool> IsAwaitedAsync(Task running)
        {
            while (
                !await _database.ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'symphony' AND $1 = ANY (pg_blocking_pids(pid)))",
                    Process
                )
            )
            {
                if (running.IsCompleted)
                {
                    return false;
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            return true;
        }

        /// <summary>Waits until one waits for its turn.</summary>
        public static async Task QueuedAsync(TestDatabase database)
        {
            while (
                !await database.ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'nightly-migration' AND wait_event_type = 'Lock' AND datname = $1)",
                    database.Name
                )
            )
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        public Task CommitAsync() => ExecuteAsync("COMMIT");

        public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

        private async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
