using Npgsql;
using Symphony.Linting.Trials;
using Symphony.Migrations;
using Symphony.Schemas;
using Symphony.Sql;

namespace Symphony.Linting.Rows;

/// <summary>
/// Writers of the version before a migration, which go on writing while it is deployed: the statements that its tables
/// took then, tried again after each statement that touches the table and at the end. Only what was accepted before
/// and is refused after counts, and of a constraint's refusals only those that no other value would avoid: the values
/// are the trial's, and a real writer may send better ones, but never one for a column that it does not know.
/// </summary>
internal sealed class OldWriters(NpgsqlConnection connection)
{
    /// <summary>Not the number of a row that is there already.</summary>
    private const int NewRow = 7;

    private const int ExistingRow = 1;

    private readonly List<Writer> _writers = [];
    private SchemaImage _known = SchemaImage.Empty;

    private sealed class Writer(string table, uint oid, string verb, string sql)
    {
        public string Table { get; } = table;
        public uint Oid { get; } = oid;
        public string Verb { get; } = verb;
        public string Sql { get; } = sql;
        public SqlStatement? Since { get; set; }
        public string? Refusal { get; set; }

        /// <summary>It wrote a row when it was accepted: accepted and swallowed is no longer the same.</summary>
        public bool Writes { get; set; }
    }

    /// <summary>Finds out what is accepted now. Nothing of it stays.</summary>
    public async Task LearnAsync(SchemaImage image, CancellationToken cancel)
    {
        _writers.Clear();
        _known = image;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var table in image.Tables.Where(table => table.Number("partition_of") is null))
        {
            foreach (var writer in WritersOf(new TableRows(image, table)))
            {
                if (await RefusalAsync(writer, null, cancel) is null)
                {
                    _writers.Add(writer);
                }
            }
        }

        await transaction.RollbackAsync(cancel);
    }

    /// <summary>The rows were taken out: what is refused for want of them says nothing of the migration.</summary>
    public async Task ForgetWhatNeedsRowsAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var writer in _writers.ToList())
        {
            if (await RefusalAsync(writer, null, cancel) is not null)
            {
                _writers.Remove(writer);
            }
        }

        await transaction.RollbackAsync(cancel);
    }

    /// <summary>Tries those of the tables again that a statement has touched; inside its transaction.</summary>
    public async Task TryAsync(
        SqlStatement statement,
        IReadOnlySet<uint> tables,
        SchemaImage now,
        CancellationToken cancel
    )
    {
        foreach (var writer in _writers.Where(writer => tables.Contains(writer.Oid)))
        {
            writer.Refusal = await RefusalAsync(writer, now, cancel);
            writer.Since = writer.Refusal is null ? null : writer.Since ?? statement;
        }
    }

    /// <summary>What is refused now that everything is committed.</summary>
    /// <param name="last">To whom a refusal is put down that no statement caused on its own table.</param>
    public async Task<IReadOnlyList<RefusedWriter>> ConcludeAsync(
        SqlStatement last,
        SchemaImage end,
        CancellationToken cancel
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var writer in _writers)
        {
            writer.Refusal = await RefusalAsync(writer, end, cancel);
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
        if (assignable.Count > 0)
        {
            var same = assignable.Select(column => SqlText.QuoteName(column.Name)).Select(name => $"{name} = {name}");
            yield return Of("UPDATE", $"UPDATE {table} SET {string.Join(", ", same)}");
        }

        yield return Of("DELETE", $"DELETE FROM {table}");
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

    /// <param name="now">The schema that refuses; null while it is being learned what is accepted at all.</param>
    private async Task<string?> RefusalAsync(Writer writer, SchemaImage? now, CancellationToken cancel)
    {
        await ExecuteAsync("SAVEPOINT symphony_writer", cancel);
        string? refusal = null;
        try
        {
            var written = await ExecuteAsync(writer.Sql, cancel);
            if (now is null)
            {
                writer.Writes = writer.Verb == "INSERT" && written > 0;
            }
            else if (writer.Writes && written == 0)
            {
                refusal = "it is accepted, and writes nothing";
            }
        }
        catch (PostgresException failure)
        {
            refusal = now is null || Counts(failure, writer, now) ? ServerWords.Of(failure) : null;
        }

        await ExecuteAsync("ROLLBACK TO SAVEPOINT symphony_writer; RELEASE SAVEPOINT symphony_writer", cancel);
        return refusal;
    }

    private bool Counts(PostgresException refusal, Writer writer, SchemaImage now)
    {
        if (
            refusal.SqlState
            is not (
                PostgresErrorCodes.CheckViolation
                or PostgresErrorCodes.ForeignKeyViolation
                or PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.ExclusionViolation
            )
        )
        {
            return true;
        }

        var constraint = now.PartsOf(writer.Oid)
            .FirstOrDefault(part => part.Class is "constraint" or "index" && part.Name == refusal.ConstraintName);
        return constraint is not null
            && constraint
                .Numbers("columns")
                .Any(number => number > 0 && !_known.Has(new ObjectKey("column", writer.Oid, number)));
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
