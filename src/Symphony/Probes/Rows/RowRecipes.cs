using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Probes.Rows;

/// <summary>What manifests say of making rows: applied wherever a row of such a table is made.</summary>
internal sealed class RowRecipes(IReadOnlyList<RowRecipe> recipes)
{
    /// <summary>Tables whose entry is being followed: the rows that it asks for are made without it.</summary>
    private readonly HashSet<ObjectName> _following = [];

    /// <summary>The wish with what the table's entry gives; what was wished before has precedence.</summary>
    /// <exception cref="RowNotMadeException">A row that the entry asks for could not be made.</exception>
    public async Task<RowWish> ApplyAsync(ObjectName table, RowWish wish, RowMaker maker, CancellationToken cancel)
    {
        if (recipes.FirstOrDefault(candidate => candidate.Table == table) is not { } recipe || !_following.Add(table))
        {
            return wish;
        }

        try
        {
            var scope = new RowScope();
            await scope.InsertAsync(recipe.Given ?? [], maker, cancel);
            var given = new Dictionary<string, string?>(scope.Resolve(recipe.Written), StringComparer.Ordinal);
            foreach (var (column, value) in wish.Given)
            {
                given[column] = value;
            }

            return wish with
            {
                Given = given,
            };
        }
        finally
        {
            _following.Remove(table);
        }
    }
}

/// <summary>The rows that were inserted under a name, for the values that refer to them.</summary>
internal sealed class RowScope
{
    private readonly Dictionary<string, StoredRow> _rows = new(StringComparer.Ordinal);

    /// <exception cref="RowNotMadeException">One could not be made.</exception>
    public async Task InsertAsync(IReadOnlyList<RowToInsert> rows, RowMaker maker, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            var stored = await maker.InsertAsync(row.Insert, RowWish.WithGiven(Resolve(row.Written)), cancel);
            if (row.As is { } name)
            {
                _rows[name] = stored;
            }
        }
    }

    /// <exception cref="RowNotMadeException">A reference names a column that the row does not have.</exception>
    public Dictionary<string, string?> Resolve(IReadOnlyDictionary<string, RowValue> values) =>
        values.ToDictionary(entry => entry.Key, entry => Resolve(entry.Value), StringComparer.Ordinal);

    public string? Resolve(RowValue value) =>
        !value.IsReference ? value.Text
        : _rows[value.Row].Values.TryGetValue(value.Column, out var found) ? found
        : throw new RowNotMadeException(
            $"{value} names no column of {_rows[value.Row].Table}",
            "Correct the column's name in the manifest.",
            null
        );
}
