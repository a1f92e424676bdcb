namespace Symphony.Catalog;

/// <summary>
/// The database object a claim is about, by name: a relation (schema, relation), a part of one (schema, relation,
/// name), something in a schema (schema, null, name), or something of the whole cluster (null, null, name).
/// </summary>
public sealed record Subject(string? Schema, string? Relation, string? Name)
{
    public static Subject Of(ObjectName relation, string? name = null) => new(relation.Schema, relation.Name, name);

    /// <summary>How people are told of it, where its parts joined by dots would not be understood.</summary>
    public string? Text { get; init; }

    /// <summary>The parts joined by dots, as a manifest would write them.</summary>
    public override string ToString() => Text ?? Join(Join(Part(Schema), Part(Relation)), Part(Name)) ?? "";

    private static string? Part(string? name) => name is null ? null : ObjectName.WritePart(name);

    private static string? Join(string? left, string? right) =>
        left is null ? right
        : right is null ? left
        : $"{left}.{right}";
}
