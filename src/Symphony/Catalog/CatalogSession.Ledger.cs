using Npgsql;

namespace Symphony.Catalog;

/// <content>How far a database was migrated: what it takes to make one like it.</content>
public sealed partial class CatalogSession
{
    private bool _hasLedger;

    /// <summary>
    /// The last migration that the ledger lists; null when there is none that can be read. Nothing is decided by it, so
    /// a lock or a refusal is no error.
    /// </summary>
    private async Task<LedgerPosition?> ReadLedgerAsync(CancellationToken cancel)
    {
        if (!_hasLedger)
        {
            return null;
        }

        await ExecuteAsync("SAVEPOINT ledger", cancel);
        try
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT version::text, checksum::text FROM public.schema_migrations
                WHERE version IS NOT NULL AND checksum IS NOT NULL
                ORDER BY version::text COLLATE "C" DESC LIMIT 1
                """,
                _connection
            );
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await reader.ReadAsync(cancel) ? new LedgerPosition(reader.GetString(0), reader.GetString(1)) : null;
        }
        catch (PostgresException) when (_connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT ledger", cancel);
            return null;
        }
    }
}
