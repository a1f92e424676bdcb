using Npgsql;

namespace Symphony.Catalog;

/// <content>
/// That everything read is of one moment. The transaction's snapshot fixes the catalog's rows, but what prints a
/// definition (pg_get_expr, pg_get_indexdef, format_type and their like) reads the newest state: a change that is
/// committed in between would mix two states into an answer that was never true.
/// </content>
public sealed partial class CatalogSession
{
    /// <summary>This transaction may have asked for an age before, and is told the same one again: see stillness.sql.</summary>
    private bool _mayKnowAges;

    /// <summary>
    /// Whether a definition changed since this transaction's moment. Asked last, after a reading without an error. Where
    /// nothing at all was written since, it is one round trip; otherwise the next transaction has begun.
    /// </summary>
    /// <exception cref="UnobservedException">The server does not answer.</exception>
    public async Task<bool> HasMovedOnAsync(CancellationToken cancel)
    {
        // The caller's own transaction sees its own changes, and nobody else's are looked for.
        if (_isGuest)
        {
            return false;
        }

        try
        {
            if (!_mayKnowAges && await IsStillAsync(cancel))
            {
                return false;
            }

            var changes = await ReadScalarAsync<string>("Catalog/changes.sql", cancel);
            await ExecuteAsync("COMMIT", cancel);
            await BeginAsync(Begin, cancel);
            _mayKnowAges = false;
            return await ReadScalarAsync<string>("Catalog/changes.sql", cancel) != changes;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw await DescribeAsync("whether the catalog changed meanwhile", failure, cancel);
        }
    }

    private Task<bool> IsStillAsync(CancellationToken cancel)
    {
        _mayKnowAges = true;
        return ReadScalarAsync<bool>("Catalog/stillness.sql", cancel);
    }

    private async Task<T> ReadScalarAsync<T>(string path, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(VersionedSql.Read(path, Major)));
        return (T)(await batch.ExecuteScalarAsync(cancel))!;
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
