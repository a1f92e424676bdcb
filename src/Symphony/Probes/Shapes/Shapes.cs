using System.Text.Json.Serialization;
using Symphony.Catalog;

namespace Symphony.Probes.Shapes;

/// <summary>What a row of a table must look like; see table.sql.</summary>
/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="Partitions">The conditions under which a leaf partition takes a row; empty for an ordinary table.</param>
internal sealed record TableShape(
    string Kind,
    IReadOnlyList<ColumnShape> Columns,
    IReadOnlyList<CheckShape> Checks,
    IReadOnlyList<ReferenceShape> ForeignKeys,
    IReadOnlyList<UniqueShape> Unique,
    IReadOnlyList<string> Partitions
)
{
    public ColumnShape? Find(string column) => Columns.FirstOrDefault(candidate => candidate.Name == column);

    /// <summary>Columns of unique indexes and exclusion constraints: two rows must differ in them.</summary>
    public bool IsKeptApart(string column) => Unique.Any(unique => unique.Columns.Contains(column));
}

/// <param name="Type">As <c>format_type</c> prints it, without a length.</param>
/// <param name="Modifier"><c>pg_attribute.atttypmod</c>: the length or precision, coded by type; -1 for none.</param>
internal sealed record ColumnShape(
    string Name,
    string Type,
    int Modifier,
    bool NotNull,
    string? Default,
    string? Generation,
    bool Identity
)
{
    /// <summary>An insert that leaves it out still gives it a value.</summary>
    [JsonIgnore]
    public bool FillsItself => Default is not null || Identity || Generation is not null;
}

/// <param name="Columns">The columns that the expression names.</param>
internal sealed record CheckShape(string Name, string Expression, IReadOnlyList<string> Columns);

internal sealed record ReferenceShape(
    string Name,
    string Schema,
    string Table,
    bool Deferrable,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Referenced
)
{
    [JsonIgnore]
    public ObjectName Target => new(Schema, Table);
}

/// <summary>A unique index, or one that keeps an exclusion constraint; its columns are those it mentions anywhere.</summary>
internal sealed record UniqueShape(string Name, bool Primary, IReadOnlyList<string> Columns);

/// <summary>What a value of a type looks like; see type.sql.</summary>
/// <param name="BuiltIn">The name of a type of pg_catalog; null for any other.</param>
/// <param name="Sort"><c>pg_type.typtype</c>.</param>
/// <param name="Modifier">Of a domain, its base's length or precision.</param>
internal sealed record TypeShape(
    string Name,
    string? BuiltIn,
    string Sort,
    string Category,
    int Modifier,
    string? Element,
    string? Base,
    bool NotNull,
    IReadOnlyList<string> Checks,
    IReadOnlyList<string> Labels,
    string? Subtype,
    IReadOnlyList<FieldShape> Fields
);

internal sealed record FieldShape(string Type, int Modifier);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TableShape))]
[JsonSerializable(typeof(TypeShape))]
internal sealed partial class ShapeJson : JsonSerializerContext;
