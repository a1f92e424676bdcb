using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Catalog;

namespace Symphony.Kinds;

[Description("How a row of a table is made that a probe cannot make up by itself")]
public sealed record RowRecipe
{
    [Description("The table: a name in the manifest's schema, or schema.name")]
    public required ObjectName Table { get; init; }

    [Description("Rows that are inserted before, in order")]
    public IReadOnlyList<RowToInsert>? Given { get; init; }

    [Description("The columns that matter, by name: a value, null, or $row.column")]
    public IReadOnlyDictionary<string, RowValue>? Values { get; init; }

    [JsonIgnore]
    public IReadOnlyDictionary<string, RowValue> Written => Values ?? RowValues.None;

    public RowRecipe In(string schema) =>
        this with
        {
            Table = Table.In(schema),
            Given = Given is null ? null : [.. Given.Select(row => row.In(schema))],
        };

    /// <summary>What is wrong with it by itself.</summary>
    public IEnumerable<ClaimProblem> Problems()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return [.. RowValues.Problems("given", Given ?? [], known), .. RowValues.Unknown("values", Values, known)];
    }
}
