using Npgsql;
using Symphony.Schemas;
using Symphony.Sql;

namespace Symphony.Linting.Rows;

/// <summary>
/// Rows for the tables of a trial: what a migration does to a table can be seen only where there is something it can
/// be done to. Tables that have rows already are left alone.
/// </summary>
internal sealed class Population(NpgsqlConnection connection)
{
    private const int RowsOfTable = 3;

    private const int Attempts = 40;

    private readonly HashSet<string> _populated = new(StringComparer.Ordinal);

    public bool HasRows => _populated.Count > 0;

    /// <summary>Without triggers and foreign keys, whose refusals are not the migration's.</summary>
    public async Task FillAsync(SchemaImage image, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync("SET LOCAL session_replication_role = replica", cancel);
        foreach (var table in image.Tables.Where(table => table.Text("partitioned_by") is null))
        {
            if (!await HasRowsAsync(table.Identity, cancel))
            {
                await FillAsync(new TableRows(image, table), cancel);
            }
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Takes every row of a trial's own out again: a constraint that they violate says nothing of real rows.</summary>
    public async Task EmptyAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync("SET LOCAL session_replication_role = replica", cancel);
        foreach (var table in _populated.Order(StringComparer.Ordinal))
        {
            await ExecuteAsync(
                $"DO {SqlText.QuoteLiteral($"BEGIN IF pg_catalog.to_regclass({SqlText.QuoteLiteral(table)}) IS NOT NULL THEN DELETE FROM {table}; END IF; END")}",
                cancel
            );
        }

        await transaction.CommitAsync(cancel);
        _populated.Clear();
    }

    private async Task FillAsync(TableRows rows, CancellationToken cancel)
    {
        for (var row = 1; row <= RowsOfTable; row++)
        {
            // One row in three has a value only where it must: real tables have NULLs.
            var values = row == 2 ? rows.Sparse(row) : rows.Full(row);
            if (await TryInsertAsync(rows, values, row, cancel))
            {
                _populated.Add(rows.Table.Identity);
            }
        }
    }

    private async Task<bool> TryInsertAsync(
        TableRows rows,
        Dictionary<int, string> first,
        int row,
        CancellationToken cancel
    )
    {
        var waiting = new Queue<Dictionary<int, string>>([first]);
        for (var attempt = 0; attempt < Attempts && waiting.TryDequeue(out var values); attempt++)
        {
            var refusal = await TryAsync(rows.Insert(values), cancel);
            if (refusal is null)
            {
                return true;
            }

            if (refusal is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: { } check })
            {
                foreach (var other in rows.Alternatives(values, check, row))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return false;
    }

    private async Task<PostgresException?> TryAsync(string insert, CancellationToken cancel)
    {
        await ExecuteAsync("SAVEPOINT symphony_row", cancel);
        try
        {
            await ExecuteAsync(insert, cancel);
            await ExecuteAsync("RELEASE SAVEPOINT symphony_row", cancel);
            return null;
        }
        catch (PostgresException refusal)
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT symphony_row", cancel);
            return refusal;
        }
    }

    private async Task<bool> HasRowsAsync(string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
