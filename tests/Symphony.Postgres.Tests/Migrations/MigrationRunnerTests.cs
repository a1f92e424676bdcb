using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>The ledger and the schema agree, whatever happens.</summary>
public sealed class MigrationRunnerTests(PostgresServers servers) : IDisposable
{
    private readonly MigrationFolder _folder = new MigrationFolder()
        .Write("0001_a.sql", "CREATE TABLE a (id int);")
        .Write("0002_b.sql", "CREATE TABLE b (id int);");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_failure_in_the_middle_keeps_nothing_of_its_file_and_the_next_run_continues()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0002_b.sql",
            "CREATE TABLE b (id int);\n\n-- é𝄞\nINSERT INTO b\n  VALUES (length('𝄞')), (nowhere);\n"
        );
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains(
            "0002_b.sql:4: statement 2 of 2 failed: INSERT INTO b VALUES",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("ERROR 42703:", failure.Found, StringComparison.Ordinal);
        Assert.Contains("at 5:27", failure.Found, StringComparison.Ordinal);
        Assert.Contains(
            "nothing of 0002_b was kept; applied in this run: 0001_a.",
            failure.Next,
            StringComparison.Ordinal
        );
        Assert.Equal(["0001_a"], await database.LedgerAsync());
        Assert.False(await database.HasRelationAsync("b"));

        _folder.Write("0002_b.sql", "CREATE TABLE b (id int);");
        Assert.Equal(["0002_b"], await _folder.ApplyAsync(database));
    }

    [Fact]
    public async Task A_refusal_at_commit_keeps_nothing_of_its_file()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0002_b.sql",
            "CREATE TABLE b (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO b VALUES (1), (1);"
        );
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains("0002_b.sql: the transaction was refused at COMMIT", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ERROR 23505:", failure.Found, StringComparison.Ordinal);
        Assert.Equal(["0001_a"], await database.LedgerAsync());
        Assert.False(await database.HasRelationAsync("b"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_stops_the_run_before_anything_is_applied()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_b.sql", "SELECT 'never closed");

        await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));
        Assert.False(await database.HasRelationAsync("a"));
    }

    [Fact]
    public async Task A_lost_connection_leaves_ledger_and_schema_agreeing()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_b.sql", "CREATE TABLE b (id int); SELECT pg_terminate_backend(pg_backend_pid());");

        await Assert.ThrowsAsync<UnobservedException>(() => _folder.ApplyAsync(database));
        Assert.Equal(["0001_a"], await database.LedgerAsync());
        Assert.False(await database.HasRelationAsync("b"));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_ledger_and_schema_agreeing()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write("0002_b.sql", "CREATE TABLE b (id int); SELECT pg_sleep(60);");
        using var interrupt = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.ApplyAsync(database, interrupt.Token));
        Assert.Equal(["0001_a"], await database.LedgerAsync());
        Assert.False(await database.HasRelationAsync("b"));
    }

    [Fact]
    public async Task A_lock_that_is_not_granted_in_time_is_told_as_the_databases_state()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await _folder.ApplyAsync(database);
        _folder.Write("0003_c.sql", "SET LOCAL lock_timeout = '100ms'; ALTER TABLE a ADD COLUMN c int;");
        await using var other = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var reader = new Npgsql.NpgsqlCommand("SELECT FROM a", other))
        {
            await reader.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var failure = await Assert.ThrowsAsync<UnobservedException>(() => _folder.ApplyAsync(database));

        Assert.Equal("55P03", failure.SqlState);
        Assert.Contains("0003_c.sql:1: statement 2 of 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_file_sets_does_not_reach_the_next_file_or_the_ledger()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0002_b.sql",
            """
            CREATE SCHEMA aside;
            GRANT USAGE ON SCHEMA aside TO pg_monitor;
            SET search_path = aside;
            SET lock_timeout = '7s';
            SET standard_conforming_strings = off;
            SET ROLE pg_monitor;
            """
        );
        _folder.Write(
            "0003_c.sql",
            @"CREATE TABLE c AS SELECT 'a\' AS text, current_setting('lock_timeout') AS timeout, current_user::text AS name;"
        );

        Assert.Equal(["0001_a", "0002_b", "0003_c"], await _folder.ApplyAsync(database));
        Assert.Equal(
            // The runner's own limit, and not the 7 s of the file before.
            [@"a\ 5s t"],
            await database.ColumnAsync<string>(
                "SELECT concat_ws(' ', text, timeout, name <> 'pg_monitor') FROM public.c"
            )
        );
    }

    [Fact]
    public async Task Every_statement_reaches_the_server_as_it_was_written()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0003_c.sql",
            """"
            CREATE FUNCTION atomic(i int) RETURNS text LANGUAGE sql
            BEGIN ATOMIC
              SELECT CASE i WHEN 1 THEN 'one;' ELSE CASE WHEN i > 1 THEN 'many' END END;
              SELECT CASE i WHEN 1 THEN 'ein;' ELSE 'viele' END;
            END;
            CREATE TABLE "odd;name" (":p" text, "@p" text, "$1" text);
            CREATE RULE twice AS ON INSERT TO "odd;name" WHERE NEW."$1" = 'x' DO ALSO
              (DELETE FROM a WHERE id = 1; DELETE FROM a WHERE id = 2);
            INSERT INTO "odd;name" VALUES ('a\;', E'b\';', $do$ :c @d $1 ? $do$ /* ; ' /* " */ */);
            INSERT INTO "odd;name" SELECT
              E'first'
                '\';second', U&'\0061;' || N'b\' || 'c''d;"', $тег$ ;$$' $тег$ || /* /* ' */ ; " */ $a$$b$;$a$;
            CREATE TABLE c AS SELECT (ARRAY[1,2,3])[1:2] AS slice, @ -5 AS absolute, '{"k": 1}'::jsonb ? 'k' AS has;
            """"
        );
        await _folder.ApplyAsync(database);

        Assert.Equal("ein;", await database.ValueAsync<string>("SELECT atomic(1)"));
        Assert.Equal(
            [@"a\;|b';| :c @d $1 ? ", @"first';second|a;b\c'd;""| ;$$' $b$;"],
            await database.ColumnAsync<string>("""SELECT concat_ws('|', ":p", "@p", "$1") FROM "odd;name" """)
        );
        Assert.Equal(
            "{1,2} 5 t",
            await database.ValueAsync<string>("SELECT concat_ws(' ', slice, absolute, has) FROM c")
        );
    }

    [Fact]
    public async Task An_error_inside_the_body_of_a_routine_is_named_with_its_place()
    {
        await using var database = await servers.CreateDatabaseAsync();
        _folder.Write(
            "0002_b.sql",
            "CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n  SELECT 1;\n  SELECT nowhere;\nEND;"
        );
        var failure = await Assert.ThrowsAsync<InputException>(() => _folder.ApplyAsync(database));

        Assert.Contains("ERROR 42703:", failure.Found, StringComparison.Ordinal);
        Assert.EndsWith(", at 4:10", failure.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_as_unobserved()
    {
        var runner = new MigrationRunner("Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Database=none");
        var failure = await Assert.ThrowsAsync<UnobservedException>(() =>
            runner.ApplyAsync(_folder.FullName, TestContext.Current.CancellationToken)
        );

        Assert.DoesNotContain("secret", failure.Found + failure.Message, StringComparison.Ordinal);
    }
}
