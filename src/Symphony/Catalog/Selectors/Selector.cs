using System.Text;

namespace Symphony.Catalog.Selectors;

/// <summary>Which objects a rule is about. Patterns know <c>*</c> and <c>?</c>; everything else is the exact name.</summary>
/// <param name="Over">What is looked for: one of <see cref="Kinds"/>.</param>
/// <param name="Schema">The schema's exact name.</param>
/// <param name="Table">A pattern for the table.</param>
/// <param name="Name">A pattern for the object's own name; for tables the table's.</param>
/// <param name="HavingColumn">Only where the table has this column.</param>
/// <param name="Except">Patterns for tables, or <c>table.name</c>, that are left out; of functions for names, or <c>name(types)</c>.</param>
public sealed record Selector(
    string Over,
    string Schema,
    string Table,
    string Name,
    string? HavingColumn,
    EquatableList<string> Except
)
{
    public const string Tables = "tables";

    public const string Functions = "functions";

    public const string Roles = "roles";

    /// <summary>What a rule can be over; each is a query beside this file.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Tables, "columns", "triggers", "indexes", Functions, Roles];

    /// <summary>Of functions, only those with this security; of roles, only those that can connect (true) or cannot (false).</summary>
    public string? Only { get; init; }

    /// <summary>
    /// A query that returns (schema, relation, name) of each match, in the order of names; of a function, its sort in
    /// place of the relation.
    /// </summary>
    public string Sql => VersionedSql.ReadWhole($"Catalog/Selectors/{Over}.sql");

    /// <summary>The values of <c>$1</c> to <c>$5</c>.</summary>
    public IReadOnlyList<string?> Parameters() =>
        [Schema, AsRegex([Table]), AsRegex([Name]), HavingColumn ?? Only, Except.Count == 0 ? null : AsRegex(Except)];

    /// <summary>The patterns as one anchored regular expression of PostgreSQL's; every other character is literal.</summary>
    private static string AsRegex(IEnumerable<string> patterns) =>
        "^(" + string.Join('|', patterns.Select(AsRegex)) + ")$";

    private static string AsRegex(string pattern)
    {
        var regex = new StringBuilder();
        foreach (var character in pattern)
        {
            regex.Append(
                character switch
                {
                    '*' => ".*",
                    '?' => ".",
                    _ when char.IsAsciiLetterOrDigit(character) || character >= 0x80 => character.ToString(),
                    _ => "\\" + character,
                }
            );
        }

        return regex.ToString();
    }

    public override string ToString() =>
        (Over == Roles ? Over : $"{Over} of {Schema}")
        + (Over == Tables || Table == "*" ? "" : $", in tables named {Table}")
        + (Name == "*" ? "" : $", named {Name}")
        + (
            Only is null ? ""
            : Over == Functions ? $", with security {Only}"
            : Only == "true" ? ", that can connect"
            : ", that cannot connect"
        )
        + (HavingColumn is null ? "" : $", having column {HavingColumn}")
        + (Except.Count == 0 ? "" : $", except {string.Join(", ", Except)}");
}
