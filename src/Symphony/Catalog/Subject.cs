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
    public override string ToString()
    {
        var (schema, relation, name) = (Part(Schema), Part(Relation), Part(Name));
        return Text
            ?? string.Concat(
                string.Concat(schema, schema.Length > 0 && relation.Length + name.Length > 0 ? "." : "", relation),
                relation.Length > 0 && name.Length > 0 ? "." : "",
                name
            );
    }

    /// <summary>Nothing for what is not there; a name is never empty.</summary>
    private static string Part(string? name) => name is null ? "" : ObjectName.WritePart(name);
}
