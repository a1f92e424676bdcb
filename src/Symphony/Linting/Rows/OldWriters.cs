using Npgsql;
using Symphony.Linting.Trials;
using Symphony.Migrations;
using Symphony.Schemas;
using Symphony.Sql;

namespace Symphony.Linting.Rows;

/// <summary>
/// Writers of the version before a migration, which go on writing while it is deployed: the statements that its tables
/// took then, tried again after each statement that touches the table and at the end. Only what was accepted before
/// and is refused after counts.
/// </summary>
internal sealed class OldWriters(NpgsqlConnection connection)
{
    /// <summary>Not the number of a row that is there already.</summary>
    private const int NewRow = 7;

    private const int ExistingRow = 1;

    private readonly List<Writer> _writers = [];

    private sealed class Writer(string table, uint oid, string verb, string sql)
    {
        public string Table { get; } = table;
        public uint Oid { get; } = oid;
        public string Verb { get; } = verb;
        public string Sql { get; } = sql;
        public SqlStatement? Since { get; set; }
        public string? Refusal { get; set; }
    }

    /// <summary>Finds out what is accepted now. Nothing of it stays.</summary>
    public async Task LearnAsync(SchemaImage image, CancellationToken cancel)
    {
        _writers.Clear();
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var table in image.Tables.Where(table => table.Number("partition_of") is null))
        {
            foreach (var writer in WritersOf(new TableRows(image, table)))
            {
                if (await RefusalAsync(writer, cancel) is null)
                {
                    _writers.Add(writer);
                }
            }
        }

        await transaction.RollbackAsync(cancel);
    }

    /// <summary>Tries those of the tables again that a statement has touched; inside its transaction.</summary>
    public async Task TryAsync(SqlStatement statement, IReadOnlySet<uint> tables, CancellationToken cancel)
    {
        foreach (var writer in _writers.Where(writer => tables.Contains(writer.Oid)))
        {
            writer.Refusal = await RefusalAsync(writer, cancel);
            writer.Since = writer.Refusal is null ? null : writer.Since ?? statement;
        }
    }

    /// <summary>What is refused now that everything is committed.</summary>
    /// <param name="last">To whom a refusal is put down that no statement caused on its own table.</param>
    public async Task<IReadOnlyList<RefusedWriter>> ConcludeAsync(SqlStatement last, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var writer in _writers)
        {
            writer.Refusal = await RefusalAsync(writer, cancel);
        }

        await transaction.RollbackAsync(cancel);
        return
        [
            .. _writers
                .Where(writer => writer.Refusal is not null)
                .GroupBy(writer => (writer.Table, Statement: writer.Since ?? last))
                .Select(group => new RefusedWriter(
                    group.Key.Statement,
                    group.Key.Table,
                    [.. group.Select(writer => writer.Verb).Distinct()],
                    group.First().Refusal!
                )),
        ];
    }

    private static IEnumerable<Writer> WritersOf(TableRows rows)
    {
        var table = rows.Table.Identity;
        Writer Of(string verb, string sql) => new(table, rows.Table.Key.Oid, verb, sql);
        yield return Of("INSERT", rows.Insert(Referring(rows, rows.Full(NewRow), rows.Full(ExistingRow))));
        yield return Of("INSERT", rows.Insert(Referring(rows, rows.Required(NewRow), rows.Required(ExistingRow))));
        var assignable = rows.Columns.Where(column => column.Text("identity") != "always").ToList();
        const string one = "WHERE ctid = (SELECT ctid FROM {0} LIMIT 1)";
        var where = one.Replace("{0}", table, StringComparison.Ordinal);
        if (assignable.Count > 0)
        {
            var same = assignable.Select(column => SqlText.QuoteName(column.Name)).Select(name => $"{name} = {name}");
            yield return Of("UPDATE", $"UPDATE {table} SET {string.Join(", ", same)} {where}");
        }

        yield return Of("DELETE", $"DELETE FROM {table} {where}");
    }

    /// <summary>A new row that refers to rows which are there.</summary>
    private static Dictionary<int, string> Referring(
        TableRows rows,
        Dictionary<int, string> values,
        Dictionary<int, string> existing
    )
    {
        var referring = rows.ReferencingColumns;
        return values.ToDictionary(
            entry => entry.Key,
            entry => referring.Contains(entry.Key) ? existing.GetValueOrDefault(entry.Key, entry.Value) : entry.Value
        );
    }

    private async Task<string?> RefusalAsync(Writer writer, CancellationToken cancel)
    {
        await ExecuteAsync("SAVEPOINT symphony_writer", cancel);
        string? refusal = null;
        try
        {
            await ExecuteAsync(writer.Sql, cancel);
        }
        catch (PostgresException failure)
        {
            refusal = ServerWords.Of(failure);
        }

        await ExecuteAsync("ROLLBACK TO SAVEPOINT symphony_writer; RELEASE SAVEPOINT symphony_writer", cancel);
        return refusal;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
