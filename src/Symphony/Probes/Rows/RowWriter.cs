using Symphony.Catalog;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <summary>Where the tables of a probe are: the real ones, or temporary ones of the same name.</summary>
internal delegate string TableNaming(ObjectName table);

/// <summary>Writes drafts, and reads back what the database made of them.</summary>
internal sealed class RowWriter(RolledBackSession session, ShapeReader shapes, TableNaming naming)
{
    /// <summary>As SQL, where this probe finds it.</summary>
    public string NameOf(ObjectName table) => naming(table);

    /// <summary>Constraints that may wait for the end of the transaction are looked at at once.</summary>
    private const string CheckNow = "SET CONSTRAINTS ALL IMMEDIATE";

    /// <summary>Inserts a row to stay until the probe's end. One that is refused leaves nothing.</summary>
    /// <param name="deferred">Leave constraints for later that can be: the row is one of several that need each other.</param>
    public async Task<Insertion> InsertAsync(Draft draft, bool deferred, CancellationToken cancel)
    {
        var shape = (await shapes.TableAsync(draft.Table, cancel))!;
        var (insert, values) = Statement(draft, shape);
        var returning = $" RETURNING {Stored(shape)}";
        IReadOnlyList<string> after = deferred ? [] : [CheckNow];
        var (rows, refusal) = await session.KeepAsync(insert + returning, values, after, cancel);
        if (refusal is { SqlState: "0A000" })
        {
            // A rule that replaces the insert has no RETURNING to answer with.
            (_, var second) = await session.KeepAsync(insert, values, after, cancel);
            if (second is not null)
            {
                return new Insertion(null, second);
            }

            (rows, refusal) = ([], null);
        }

        if (refusal is not null)
        {
            return new Insertion(null, refusal);
        }

        return new Insertion(
            // Where nothing came back, a trigger or rule may have put the row elsewhere: into a child, say. It counts as
            // written when the table shows it.
            rows is [var row]
                ? Stored(draft.Table, shape, row)
                : await FindAsync(draft.Table, draft.Values, cancel),
            null
        );
    }

    /// <summary>Inserts a row without asking for it back, which takes the right to read it.</summary>
    public async Task<Refusal?> WriteAsync(Draft draft, CancellationToken cancel)
    {
        var (insert, values) = Statement(draft, (await shapes.TableAsync(draft.Table, cancel))!);
        return (await session.KeepAsync(insert, values, [CheckNow], cancel)).Refusal;
    }

    private (string Sql, IReadOnlyList<string?> Values) Statement(Draft draft, TableShape shape)
    {
        var columns = shape.Columns.Where(column => draft.Values.ContainsKey(column.Name)).ToList();
        var insert =
            $"INSERT INTO {naming(draft.Table)} "
            + (
                columns.Count == 0
                    ? "DEFAULT VALUES"
                    : $"({string.Join(", ", columns.Select(column => SqlText.QuoteName(column.Name)))}) OVERRIDING SYSTEM VALUE VALUES ("
                        + string.Join(", ", columns.Select((column, i) => $"CAST(${i + 1} AS {column.Type})"))
                        + ")"
            );
        return (insert, [.. columns.Select(column => draft.Values[column.Name])]);
    }

    /// <summary>Runs a statement about one stored row; how many rows it was about, or how it was refused.</summary>
    public async Task<(int Count, Refusal? Refusal)> ChangeAsync(string before, StoredRow row, CancellationToken cancel)
    {
        var (rows, refusal) = await session.KeepAsync(
            $"{before} WHERE ctid = CAST($1 AS pg_catalog.tid) AND tableoid = CAST($2 AS pg_catalog.oid) RETURNING '1'::pg_catalog.text",
            [row.Place, row.Relation],
            [CheckNow],
            cancel
        );
        return (rows.Count, refusal);
    }

    public static StoredRow Stored(ObjectName table, TableShape shape, string?[] row) =>
        new(
            table,
            shape
                .Columns.Select((column, i) => (column.Name, Value: row[i + 2]))
                .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
            row[0]!,
            row[1]!
        );

    /// <summary>
    /// What has become of a row that was written: what comes after, a trigger or a rule, may have changed or deleted it
    /// since the server told of it. Null where it is gone.
    /// </summary>
    public async Task<StoredRow?> AgainAsync(StoredRow row, CancellationToken cancel)
    {
        var shape = (await shapes.TableAsync(row.Table, cancel))!;
        var (rows, refusal) = await session.PeekAsync(
            [],
            $"SELECT {Stored(shape)} FROM {naming(row.Table)} WHERE ctid = CAST($1 AS pg_catalog.tid) AND tableoid = CAST($2 AS pg_catalog.oid)",
            [row.Place, row.Relation],
            cancel
        );
        if (refusal is null && rows is [var same])
        {
            return Stored(row.Table, shape, same);
        }

        var key = shape
            .Unique.OrderByDescending(unique => unique.Primary)
            .Select(unique => unique.Columns)
            .FirstOrDefault(columns => columns.All(column => row.Values[column] is not null));
        return await FindAsync(
            row.Table,
            key is null
                ? row.Values
                : key.ToDictionary(column => column, column => row.Values[column], StringComparer.Ordinal),
            cancel
        );
    }

    private static string Stored(TableShape shape) =>
        "tableoid::pg_catalog.oid::pg_catalog.text, ctid::pg_catalog.text, "
        + string.Join(", ", shape.Columns.Select(column => SqlText.QuoteName(column.Name) + "::pg_catalog.text"));

    /// <summary>A row that has these values, among others; null where the table shows none.</summary>
    public async Task<StoredRow?> FindAsync(
        ObjectName table,
        IReadOnlyDictionary<string, string?> wanted,
        CancellationToken cancel
    )
    {
        var shape = (await shapes.TableAsync(table, cancel))!;
        var columns = shape.Columns.Where(column => wanted.GetValueOrDefault(column.Name) is not null).ToList();
        if (columns.Count == 0)
        {
            return null;
        }

        // A key is compared as it is, so that its index finds the row; json and its like know no equality but their text's.
        var same = columns.Select(
            (column, i) =>
                shape.IsKeptApart(column.Name)
                    ? $"{SqlText.QuoteName(column.Name)} = CAST(${i + 1} AS {column.Type})"
                    : $"{SqlText.QuoteName(column.Name)}::pg_catalog.text = CAST(${i + 1} AS {column.Type})::pg_catalog.text"
        );
        var (rows, refusal) = await session.PeekAsync(
            [],
            $"SELECT {Stored(shape)} FROM {naming(table)} WHERE {string.Join(" AND ", same)} LIMIT 1",
            [.. columns.Select(column => wanted[column.Name])],
            cancel
        );
        return refusal is null && rows is [var row] ? Stored(table, shape, row) : null;
    }
}
