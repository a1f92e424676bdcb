using Symphony.Catalog;

namespace Symphony.Probes.Rows;

/// <summary>A row to be inserted: the columns that are written, as text that their types read.</summary>
internal sealed record Draft(ObjectName Table, IReadOnlyDictionary<string, string?> Values)
{
    public Draft With(string column, string? value) => With([new(column, value)]);

    public Draft With(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var changed = new Dictionary<string, string?>(Values, StringComparer.Ordinal);
        foreach (var (column, value) in values)
        {
            changed[column] = value;
        }

        return this with
        {
            Values = changed,
        };
    }

    public Draft Without(string column) =>
        this with
        {
            Values = Values
                .Where(entry => entry.Key != column)
                .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
        };
}

/// <summary>A row as the database has stored it.</summary>
/// <param name="Values">Every column, as text.</param>
/// <param name="Relation">The OID of the table, or partition, that holds it.</param>
/// <param name="Place">Its <c>ctid</c>.</param>
internal sealed record StoredRow(
    ObjectName Table,
    IReadOnlyDictionary<string, string?> Values,
    string Relation,
    string Place
);

/// <summary>What became of an insert: a row, a refusal, or neither, when something swallowed it.</summary>
internal sealed record Insertion(StoredRow? Row, Refusal? Refusal)
{
    /// <summary>The row once triggers and rules that come after have done their work; null where it is not asked, or gone.</summary>
    public StoredRow? Settled { get; init; }

    public bool IsSwallowed => Row is null && Refusal is null;
}

/// <summary>No row of a table could be made that the database accepts, so what it does with a faulty one shows nothing.</summary>
internal sealed class RowNotMadeException(string reason, string next, string? sqlState) : Exception(reason)
{
    public string Next { get; } = next;

    public string? SqlState { get; } = sqlState;

    /// <summary>Neither a constraint nor a privilege refused: a trigger did, by what it found or did not find.</summary>
    public bool IsByTrigger { get; init; }

    /// <summary>The database said yes, and the row is not there.</summary>
    public bool IsSwallowed { get; init; }

    public static RowNotMadeException Swallowed(ObjectName table) =>
        new(
            $"an ordinary row of {table} is accepted and is not there: a trigger or a rule swallows it",
            $"Find the rule or trigger of {table} that swallows rows.",
            null
        )
        {
            IsSwallowed = true,
        };
}
