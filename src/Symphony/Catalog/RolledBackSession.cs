using System.Data;
using System.Globalization;
using Npgsql;

namespace Symphony.Catalog;

/// <summary>
/// One connection and, on it, one transaction that may write and is always rolled back. Every attempt has a savepoint
/// of its own, so that it leaves nothing to the next one, whether it succeeded or was refused.
/// </summary>
public sealed class RolledBackSession : IAsyncDisposable
{
    /// <summary>Null for a guest, which has no connection of its own to open again.</summary>
    private readonly ConnectionTarget? _target;
    private NpgsqlConnection _connection;
    private int _depth;

    /// <summary>
    /// Statements that were refused once. The driver prepares what it is given often, and where that very time is
    /// refused it forgets what columns the statement has: the next answer breaks the connection.
    /// </summary>
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private int _again;

    private RolledBackSession(ConnectionTarget? target, SessionLimits limits, NpgsqlConnection connection) =>
        (_target, Limits, _connection) = (target, limits, connection);

    public SessionLimits Limits { get; }

    /// <summary>No attempt is under way.</summary>
    public bool IsIdle => _depth == 0;

    public int Major => _connection.PostgreSqlVersion.Major;

    /// <exception cref="UnobservedException">The server cannot be reached, or refuses.</exception>
    public static async Task<RolledBackSession> OpenAsync(
        ConnectionTarget target,
        SessionLimits limits,
        CancellationToken cancel
    ) => new(target, limits, await ConnectAsync(target, limits, cancel));

    /// <summary>Attempts inside the caller's open transaction, whose end is the caller's. Not to be disposed.</summary>
    internal static RolledBackSession Within(NpgsqlConnection connection, SessionLimits limits) =>
        new(null, limits, connection);

    /// <summary>What the attempt finds out; all that it did is undone.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<T> UndoAsync<T>(Func<Task<T>> attempt, CancellationToken cancel)
    {
        var savepoint = $"symphony_attempt_{++_depth}";
        var connection = _connection;
        try
        {
            await ExecuteAsync([$"SAVEPOINT {savepoint}"], cancel);
            return await attempt();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("what the database does", failure);
        }
        finally
        {
            _depth--;
            await RollBackToAsync(savepoint, connection, cancel);
        }
    }

    /// <summary>What is found out after statements were run, or refused, in one round trip; all is undone.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<T> UndoAsync<T>(
        IReadOnlyList<string> statements,
        Func<Refusal?, Task<T>> attempt,
        CancellationToken cancel
    )
    {
        var savepoint = $"symphony_attempt_{++_depth}";
        var connection = _connection;
        try
        {
            return await attempt(await TryAsync([$"SAVEPOINT {savepoint}", .. statements], cancel));
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("what the database does", failure);
        }
        finally
        {
            _depth--;
            await RollBackToAsync(savepoint, connection, cancel);
        }
    }

    /// <summary>Runs statements one after the other: null, or how the server refused one. A refusal ends the attempt.</summary>
    public async Task<Refusal?> TryAsync(IReadOnlyList<string> statements, CancellationToken cancel)
    {
        try
        {
            await ExecuteAsync(statements, cancel);
            return null;
        }
        catch (PostgresException refused) when (!ConnectionFailures.IsLimit(refused))
        {
            return Refusal.Of(refused);
        }
    }

    /// <summary>The same, kept unless it is refused, and waiting for no lock: one that somebody else holds is a refusal.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or the time limit of a statement was reached.</exception>
    public async Task<Refusal?> KeepAtOnceAsync(IReadOnlyList<string> statements, CancellationToken cancel)
    {
        var (_, refusal) = await AttemptAsync(
            async () =>
            {
                try
                {
                    await ExecuteAsync(["SET LOCAL lock_timeout = 250", .. statements, .. Limits.Statements], cancel);
                    return (0, null);
                }
                catch (PostgresException refused)
                    when (refused.SqlState == PostgresErrorCodes.LockNotAvailable
                        || !ConnectionFailures.IsLimit(refused)
                    )
                {
                    return (0, (Refusal?)Refusal.Of(refused));
                }
            },
            cancel
        );
        return refusal;
    }

    /// <summary>One statement, kept unless it or what is asked <paramref name="after"/> it is refused: in one round trip.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public Task<(IReadOnlyList<string?[]> Rows, Refusal? Refusal)> KeepAsync(
        string sql,
        IReadOnlyList<string?> parameters,
        IReadOnlyList<string> after,
        CancellationToken cancel
    ) => ApartAsync(savepoint => ([], sql, parameters, [.. after, $"RELEASE SAVEPOINT {savepoint}"]), cancel);

    /// <summary>What one statement says, with settings that hold for it alone; nothing is kept: in one round trip.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public Task<(IReadOnlyList<string?[]> Rows, Refusal? Refusal)> PeekAsync(
        IReadOnlyList<string> before,
        string sql,
        IReadOnlyList<string?> parameters,
        CancellationToken cancel
    ) =>
        ApartAsync(
            savepoint =>
                (before, sql, parameters, [$"ROLLBACK TO SAVEPOINT {savepoint}", $"RELEASE SAVEPOINT {savepoint}"]),
            cancel
        );

    private async Task<(IReadOnlyList<string?[]> Rows, Refusal? Refusal)> ApartAsync(
        Func<
            string,
            (IReadOnlyList<string> Before, string Sql, IReadOnlyList<string?> Parameters, IReadOnlyList<string> After)
        > work,
        CancellationToken cancel
    )
    {
        var savepoint = $"symphony_attempt_{_depth + 1}";
        var connection = _connection;
        var (before, sql, parameters, after) = work(savepoint);
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in before.Prepend($"SAVEPOINT {savepoint}"))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        batch.BatchCommands.Add(CatalogSession.Command(Unprepared(sql), parameters));
        foreach (var statement in after)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        try
        {
            return (await ReadAsync(batch, cancel), null);
        }
        catch (PostgresException refused) when (!ConnectionFailures.IsLimit(refused))
        {
            _refused.Add(sql);
            await RollBackToAsync(savepoint, connection, cancel);
            return ([], Refusal.Of(refused));
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("what the database does", failure);
        }
    }

    /// <summary>The rows of one statement, every value as text; or how the server refused it.</summary>
    public async Task<(IReadOnlyList<string?[]> Rows, Refusal? Refusal)> QueryAsync(
        string sql,
        IReadOnlyList<string?> parameters,
        CancellationToken cancel
    )
    {
        try
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(CatalogSession.Command(Unprepared(sql), parameters));
            return (await ReadAsync(batch, cancel), null);
        }
        catch (PostgresException refused) when (!ConnectionFailures.IsLimit(refused))
        {
            _refused.Add(sql);
            return ([], Refusal.Of(refused));
        }
    }

    /// <summary>Keeps what was done, unless it was refused: then the transaction is usable, and as it was.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task<(T Result, Refusal? Refusal)> AttemptAsync<T>(
        Func<Task<(T Result, Refusal? Refusal)>> attempt,
        CancellationToken cancel
    )
    {
        var savepoint = $"symphony_attempt_{++_depth}";
        var connection = _connection;
        var isKept = false;
        try
        {
            await ExecuteAsync([$"SAVEPOINT {savepoint}"], cancel);
            var outcome = await attempt();
            if (outcome.Refusal is null)
            {
                await ExecuteAsync([$"RELEASE SAVEPOINT {savepoint}"], cancel);
                isKept = true;
            }

            return outcome;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("what the database does", failure);
        }
        finally
        {
            _depth--;
            if (!isKept)
            {
                await RollBackToAsync(savepoint, connection, cancel);
            }
        }
    }

    /// <summary>The catalog as the open transaction has changed it. Disposing it leaves the transaction as it was.</summary>
    internal Task<CatalogSession> LookAsync(CancellationToken cancel) =>
        CatalogSession.WithinAsync(_connection, Limits, cancel);

    /// <summary>The same once, inside an attempt that only looks from here on: without a savepoint of its own.</summary>
    internal CatalogSession LookOnce() => CatalogSession.ForOnce(_connection, Limits);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<NpgsqlConnection> ConnectAsync(
        ConnectionTarget target,
        SessionLimits limits,
        CancellationToken cancel
    ) =>
        await ServerConnection.OpenAsync(
            target,
            limits,
            asksAgain: true,
            // Not READ WRITE: a database or role that is read-only by default is so on purpose.
            connection =>
                ExecuteAsync(connection, ["BEGIN ISOLATION LEVEL READ COMMITTED", .. limits.Of(connection)], cancel),
            cancel
        );

    /// <summary>The rows of a batch in which one statement has some. To its end: what is refused last is told last.</summary>
    private static async Task<IReadOnlyList<string?[]>> ReadAsync(NpgsqlBatch batch, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var rows = new List<string?[]>();
        do
        {
            while (await reader.ReadAsync(cancel))
            {
                var row = new string?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                }

                rows.Add(row);
            }
        } while (await reader.NextResultAsync(cancel));

        return rows;
    }

    /// <summary>A text that the driver has not met before, where it must not prepare it.</summary>
    private string Unprepared(string sql) =>
        _refused.Contains(sql) ? string.Create(CultureInfo.InvariantCulture, $"{sql}\n-- {++_again}") : sql;

    private Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancel) =>
        ExecuteAsync(_connection, statements, cancel);

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string> statements,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <param name="connection">The one on which the savepoint was set.</param>
    private async Task RollBackToAsync(string savepoint, NpgsqlConnection connection, CancellationToken cancel)
    {
        if (!ReferenceEquals(connection, _connection))
        {
            // It went with the session.
            return;
        }

        if (_connection.State == ConnectionState.Open)
        {
            await ExecuteAsync([$"ROLLBACK TO SAVEPOINT {savepoint}", $"RELEASE SAVEPOINT {savepoint}"], cancel);
            return;
        }

        // The driver gives a session up after an internal error of the server; its end has rolled everything back.
        await _connection.DisposeAsync();
        if (_target is null)
        {
            throw Lost("run again; nothing was decided");
        }

        _connection = await ConnectAsync(_target, Limits, cancel);
        if (_depth > 0)
        {
            // What the attempts around this one have done is gone, too.
            throw Lost("see the server's log for an internal error; nothing was decided", isSessionLost: true);
        }
    }

    private static UnobservedException Lost(string next, bool isSessionLost = false) =>
        new("the connection was lost", "an open transaction", "none", next) { IsSessionLost = isSessionLost };
}
