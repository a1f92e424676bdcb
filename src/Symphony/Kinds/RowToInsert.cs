using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Catalog;

namespace Symphony.Kinds;

[Description("A row to be inserted; columns that are left out are made up where they must be written")]
public sealed record RowToInsert
{
    [Description("The table: a name in the manifest's schema, or schema.name")]
    public required ObjectName Insert { get; init; }

    [Description("The name by which later rows refer to it: $name.column")]
    public string? As { get; init; }

    [Description("The columns that matter, by name: a value, null, or $row.column")]
    public IReadOnlyDictionary<string, RowValue>? Values { get; init; }

    [JsonIgnore]
    public IReadOnlyDictionary<string, RowValue> Written => Values ?? RowValues.None;

    public RowToInsert In(string schema) => this with { Insert = Insert.In(schema) };
}

/// <summary>How rows may refer to each other.</summary>
public static class RowValues
{
    public static IReadOnlyDictionary<string, RowValue> None { get; } = new Dictionary<string, RowValue>();

    /// <summary>What is wrong with rows that are inserted one after the other: names that stand twice, or are not known yet.</summary>
    /// <param name="known">Takes the names that rows have.</param>
    public static IEnumerable<ClaimProblem> Problems(string path, IReadOnlyList<RowToInsert> rows, ISet<string> known)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var problem in Unknown($"{path}[{i}].values", rows[i].Written, known))
            {
                yield return problem;
            }

            if (rows[i].As is not { } name)
            {
                continue;
            }

            if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal) || name.StartsWith('$'))
            {
                yield return new ClaimProblem(
                    $"{path}[{i}].as",
                    "a name without a dot that does not begin with a dollar",
                    $"`{name}`"
                );
            }
            else if (!known.Add(name))
            {
                yield return new ClaimProblem($"{path}[{i}].as", "a name of its own for each row", $"`{name}` again");
            }
        }
    }

    /// <summary>References to rows that no row before has the name of.</summary>
    public static IEnumerable<ClaimProblem> Unknown(
        string path,
        IReadOnlyDictionary<string, RowValue>? values,
        ISet<string> known
    ) =>
        from entry in values ?? None
        where entry.Value.IsReference && !known.Contains(entry.Value.Row)
        select new ClaimProblem(
            $"{path}.{entry.Key}",
            known.Count == 0
                ? "a value: no row was given a name with `as` before"
                : $"a reference to a row given before: {string.Join(", ", known.Order(StringComparer.Ordinal).Select(name => $"${name}"))}",
            $"`{entry.Value}`"
        );
}
