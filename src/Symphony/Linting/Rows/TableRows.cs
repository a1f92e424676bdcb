using Symphony.Schemas;
using Symphony.Sql;

namespace Symphony.Linting.Rows;

/// <summary>The rows that a table of a schema takes, as INSERT statements.</summary>
internal sealed class TableRows
{
    private readonly SchemaImage _image;
    private readonly IReadOnlyList<SchemaObject> _constraints;

    public TableRows(SchemaImage image, SchemaObject table)
    {
        (_image, Table) = (image, table);
        var parts = image.PartsOf(table.Key.Oid).ToList();
        Columns =
        [
            .. parts
                .Where(part => part.Class == "column" && part.Text("generated") is null)
                .OrderBy(column => column.Key.Sub),
        ];
        _constraints = [.. parts.Where(part => part.Class == "constraint")];
    }

    public SchemaObject Table { get; }

    /// <summary>Those that an INSERT may name.</summary>
    public IReadOnlyList<SchemaObject> Columns { get; }

    /// <summary>A row with a value in every column of a known type.</summary>
    public Dictionary<int, string> Full(int row) => Values(Columns, row);

    /// <summary>A row with a value only where the column would be refused without one, and in keys.</summary>
    public Dictionary<int, string> Sparse(int row) =>
        Values(Columns.Where(column => IsRequired(column) || IsInKey(column)), row);

    /// <summary>A row with a value only where the column would be refused without one: what a writer must send.</summary>
    public Dictionary<int, string> Required(int row) => Values(Columns.Where(IsRequired), row);

    /// <summary>
    /// Other values for the columns of a CHECK that refused the row: the constants that the CHECK itself names, the
    /// column's own value, and NULL.
    /// </summary>
    public IEnumerable<Dictionary<int, string>> Alternatives(Dictionary<int, string> refused, string check, int row)
    {
        if (_constraints.FirstOrDefault(entry => entry.Name == check) is not { } constraint)
        {
            yield break;
        }

        var constants = SqlLexer
            .Read(constraint.Text("definition") ?? "")
            .Where(token => token.Kind is SqlTokenKind.String or SqlTokenKind.Number)
            .Select(token => SqlText.QuoteLiteral(token.Text))
            .Distinct()
            .ToList();
        foreach (var number in constraint.Numbers("columns"))
        {
            var column = Columns.FirstOrDefault(entry => entry.Key.Sub == number);
            if (column is null)
            {
                continue;
            }

            foreach (var value in constants.Append(RowValue.Of(column, _image, row)).Append("NULL").OfType<string>())
            {
                if (refused.GetValueOrDefault(number) != value)
                {
                    yield return new Dictionary<int, string>(refused) { [number] = value };
                }
            }
        }
    }

    public string Insert(Dictionary<int, string> values)
    {
        if (values.Count == 0)
        {
            return $"INSERT INTO {Table.Identity} DEFAULT VALUES";
        }

        var named = Columns.Where(column => values.ContainsKey(column.Key.Sub)).ToList();
        var overriding = named.Any(column => column.Text("identity") == "always") ? " OVERRIDING SYSTEM VALUE" : "";
        return $"INSERT INTO {Table.Identity} ({string.Join(", ", named.Select(column => SqlText.QuoteName(column.Name)))})"
            + $"{overriding} VALUES ({string.Join(", ", named.Select(column => values[column.Key.Sub]))})";
    }

    public bool IsRequired(SchemaObject column) =>
        column.Text("not_null") == "true" && column.Text("default") is null && column.Text("identity") is null;

    /// <summary>The columns of foreign keys, by number.</summary>
    public IReadOnlySet<int> ReferencingColumns =>
        _constraints
            .Where(entry => entry.Word("type") == "f")
            .SelectMany(entry => entry.Numbers("columns"))
            .ToHashSet();

    private bool IsInKey(SchemaObject column) =>
        _constraints.Any(entry =>
            entry.Word("type") is "p" or "u" or "f" && entry.Numbers("columns").Contains(column.Key.Sub)
        );

    private Dictionary<int, string> Values(IEnumerable<SchemaObject> columns, int row) =>
        columns
            .Select(column => (column.Key.Sub, Value: RowValue.Of(column, _image, row)))
            .Where(entry => entry.Value is not null)
            .ToDictionary(entry => entry.Sub, entry => entry.Value!);
}
