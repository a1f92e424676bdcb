using Npgsql;
using Xunit.Sdk;

namespace Symphony.Postgres.Tests.Servers;

/// <summary>What the tests that share a database may rely on: none sees anything of another.</summary>
public sealed class SharedDatabaseTests(PostgresServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_test_has_not_undone_is_undone_for_it()
    {
        await using var shared = new SharedDatabase(() => servers.CreateDatabaseAsync());
        await ExecuteAsync(
            await shared.BorrowAsync([]),
            "BEGIN; CREATE TABLE t (a integer); SET LOCAL ROLE pg_monitor"
        );
        await shared.ReturnAsync(endSession: false);

        var next = await shared.BorrowAsync([]);

        Assert.Null(await ScalarAsync(next, "SELECT to_regclass('t')::text"));
        Assert.Equal("symphony", await ScalarAsync(next, "SELECT current_user::text"));
        await shared.ReturnAsync(endSession: false);
    }

    [Fact]
    public async Task A_test_that_leaves_something_behind_fails_and_the_next_sees_nothing_of_it()
    {
        await using var shared = new SharedDatabase(() => servers.CreateDatabaseAsync());
        await ExecuteAsync(await shared.BorrowAsync([]), "CREATE FUNCTION stays() RETURNS integer RETURN 1");

        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => shared.ReturnAsync(endSession: false));
        var next = await shared.BorrowAsync([]);

        Assert.Contains("function stays()", failure.Message, StringComparison.Ordinal);
        Assert.Null(await ScalarAsync(next, "SELECT to_regproc('stays')::text"));
        await shared.ReturnAsync(endSession: false);
    }

    [Fact]
    public async Task A_setting_that_a_session_would_remember_ends_with_the_session()
    {
        await using var shared = new SharedDatabase(() => servers.CreateDatabaseAsync());
        await ExecuteAsync(await shared.BorrowAsync([]), "BEGIN; SET LOCAL app.tenant = '1'");
        await shared.ReturnAsync(endSession: true);

        var next = await shared.BorrowAsync([]);

        Assert.Null(await ScalarAsync(next, "SELECT current_setting('app.tenant', true)"));
        await shared.ReturnAsync(endSession: false);
    }

    [Fact]
    public async Task Only_who_asks_for_it_has_queries_planned_ahead()
    {
        const string planned = "SELECT 1";
        const string count = "SELECT string_agg(statement, ';') FROM pg_prepared_statements";
        await using var shared = new SharedDatabase(() => servers.CreateDatabaseAsync());
        var first = await shared.BorrowAsync([new NpgsqlBatchCommand(planned)]);
        Assert.Equal(planned, await ScalarAsync(first, count));
        await shared.ReturnAsync(endSession: false);

        var next = await shared.BorrowAsync([]);

        Assert.Null(await ScalarAsync(next, count));
        await shared.ReturnAsync(endSession: false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return await command.ExecuteScalarAsync(Cancel) as string;
    }
}
