namespace Symphony.Kinds;

/// <summary>One key of an index as the catalog holds it; see Catalog/Fragments/index_keys.sql. What is the default is null.</summary>
public sealed record IndexFactColumn(
    string? Column,
    string? Expression,
    string? Collation,
    string? Opclass,
    bool Desc,
    bool NullsFirst
)
{
    public IndexColumn ToKey() =>
        new()
        {
            Column = Column,
            Expression = Expression,
            Collation = Collation,
            Opclass = Opclass,
            Desc = Desc,
            NullsFirst = NullsFirst,
        };
}
