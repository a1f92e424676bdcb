using Npgsql;

namespace Symphony.Catalog;

/// <content>
/// That everything read is of one moment. The transaction's snapshot fixes the catalog's rows, but what prints a
/// definition (pg_get_expr, pg_get_indexdef, format_type and their like) reads the newest state: a change that is
/// committed in between would mix two states into an answer that was never true.
/// </content>
public sealed partial class CatalogSession
{
    /// <summary>
    /// Notes what a later change would be seen by. Once for each transaction, at any time in it: all of it is of one
    /// moment. Nothing else may be asked before it has ended.
    /// </summary>
    /// <exception cref="UnobservedException">The server does not answer.</exception>
    public async Task NoteChangesAsync(CancellationToken cancel)
    {
        // The caller's own transaction sees its own changes, and nobody else's are looked for.
        if (_isGuest || _changes is not null)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(VersionedSql.Read("Catalog/changes.sql", Major)));
        try
        {
            _changes = (string?)await batch.ExecuteScalarAsync(cancel);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw await DescribeAsync("the catalog", failure, cancel);
        }
    }

    /// <summary>
    /// Ends the transaction, and tells whether a definition changed since its moment; where anything at all was written
    /// since, the next one has begun. Otherwise it is one round trip. Only after a reading without an error.
    /// </summary>
    /// <exception cref="UnobservedException">The server does not answer.</exception>
    public async Task<bool> HasMovedOnAsync(CancellationToken cancel)
    {
        if (_isGuest)
        {
            return false;
        }

        var (moment, changes) = (_moment, _changes);
        try
        {
            await using (var batch = new NpgsqlBatch(_connection))
            {
                foreach (var sql in (string[])["COMMIT", "SELECT pg_catalog.pg_current_snapshot()::text"])
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
                }

                if ((string?)await batch.ExecuteScalarAsync(cancel) == moment)
                {
                    return false;
                }
            }

            await BeginAsync(Begin, cancel);
            _changes = null;
            await NoteChangesAsync(cancel);
            return _changes != changes;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw await DescribeAsync("whether the catalog changed meanwhile", failure, cancel);
        }
    }

    private async Task<UnobservedException> DescribeAsync(string what, Exception failure, CancellationToken cancel) =>
        ConnectionFailures.DescribeQuery(
            what,
            failure,
            await WithBlockerAsync(ConnectionFailures.Observe(failure), cancel)
        );

    /// <summary>Names who holds the lock that was waited for in vain. Ends the transaction, which has failed.</summary>
    private async Task<ObservationError> WithBlockerAsync(ObservationError error, CancellationToken cancel)
    {
        if (_isGuest || error.SqlState != PostgresErrorCodes.LockNotAvailable)
        {
            return error;
        }

        try
        {
            await ExecuteAsync("ROLLBACK", cancel);
            await ExecuteAsync("BEGIN READ ONLY", cancel);
            // It may hold what this asks, too: then nobody is named.
            await ExecuteAsync("SET LOCAL statement_timeout = '1s'", cancel);
            await using var command = new NpgsqlCommand(VersionedSql.ReadResource("Catalog/blockers.sql"), _connection);
            return await command.ExecuteScalarAsync(cancel) is string holders
                ? error with
                {
                    Message = $"{error.Message}: {holders}",
                }
                : error;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            // Who it was is help; that it was is the error, and stays.
            return error;
        }
    }
}
