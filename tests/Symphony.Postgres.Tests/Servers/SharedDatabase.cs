using System.Data;
using Npgsql;

namespace Symphony.Postgres.Tests.Servers;

/// <summary>
/// An empty database of one server, and a session in it, for tests that roll back all they do. They borrow it one after
/// the other: a database and a session for each, which would have to read the catalog anew, take longer than most of
/// these tests, and two that made roles of the same name at once would wait for each other.
/// </summary>
public sealed class SharedDatabase(Func<Task<TestDatabase>> create) : IAsyncDisposable
{
    // Whatever is made depends on something, if only on its schema or its owner.
    private const string LeftBehind = """
        SELECT string_agg(pg_describe_object(classid, objid, 0), ', ')
        FROM (SELECT classid, objid FROM pg_depend WHERE objid >= 16384
              UNION SELECT classid, objid FROM pg_shdepend
              WHERE objid >= 16384 AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) AS made
        """;

    // The driver runs a statement as a prepared one if it was asked to prepare the same text, and here prepares none of its
    // own accord: one over a test's own tables would not fit the tables of the same name that the next test makes.
    private const string Session =
        ";Pooling=false;Max Auto Prepare=1;Auto Prepare Min Usages=1000000000;Options=-c plan_cache_mode=force_generic_plan";

    private readonly SemaphoreSlim free = new(1);
    private TestDatabase? database;
    private NpgsqlDataSource? sessions;
    private NpgsqlConnection? session;

    /// <summary>The session, outside a transaction. It is nobody else's until it is returned.</summary>
    /// <param name="planned">
    /// What is asked so often that it is planned once for the session. Not of any test's tables. With none, the session
    /// plans each query when it is asked, as a new one does.
    /// </param>
    public async Task<NpgsqlConnection> BorrowAsync(IReadOnlyList<NpgsqlBatchCommand> planned)
    {
        await free.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var opened = await OpenAsync();
            if (planned.Count == 0)
            {
                opened.UnprepareAll();
                return opened;
            }

            await using var batch = new NpgsqlBatch(opened);
            foreach (var command in planned)
            {
                batch.BatchCommands.Add(command);
            }

            await batch.PrepareAsync();
            return opened;
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>Rolls back what is open; fails when something stays nevertheless, which no later test gets to see.</summary>
    /// <param name="endSession">Whether the session itself is no longer as it was.</param>
    public async Task ReturnAsync(bool endSession)
    {
        try
        {
            var left = await RollBackAsync();
            if (left is not null)
            {
                await DropAsync();
            }
            else if (endSession)
            {
                await session!.CloseAsync();
            }

            Assert.True(left is null, $"left behind in a database that others use, too: {left}");
        }
        finally
        {
            free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        free.Dispose();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        database ??= await create();
        sessions ??= TestDatabase.Sessions(database.ConnectionString + Session);
        session ??= sessions.CreateConnection();
        // The driver gives a session up after an internal error of the server.
        if (session.State != ConnectionState.Open)
        {
            await session.OpenAsync();
        }

        return session;
    }

    private async Task<string?> RollBackAsync()
    {
        await using var batch = new NpgsqlBatch(await OpenAsync())
        {
            BatchCommands = { new NpgsqlBatchCommand("ROLLBACK"), new NpgsqlBatchCommand(LeftBehind) },
        };
        return await batch.ExecuteScalarAsync() as string;
    }

    private async Task DropAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { session, sessions, database })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        (session, sessions, database) = (null, null, null);
    }
}
