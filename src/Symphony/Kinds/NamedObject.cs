using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>Something in a schema, as the catalog names it.</summary>
public sealed record NamedObject(string Schema, string Name)
{
    /// <summary>As SQL, every part quoted.</summary>
    public string ToSql() => new ObjectName(Schema, Name).ToSql();

    /// <summary>As a manifest writes it.</summary>
    public override string ToString() => new ObjectName(Schema, Name).ToString();
}
