namespace Symphony.Schemas;

/// <summary>Every object that people made in a database, at one moment, ordered by class and name.</summary>
public sealed class SchemaImage(IReadOnlyList<SchemaObject> objects)
{
    private readonly Dictionary<ObjectKey, SchemaObject> _byKey = objects.ToDictionary(entry => entry.Key);
    private readonly ILookup<uint?, SchemaObject> _byParent = objects.ToLookup(entry => entry.Parent);

    public static SchemaImage Empty { get; } = new([]);

    public IReadOnlyList<SchemaObject> Objects { get; } = objects;

    public IEnumerable<SchemaObject> Tables => Objects.Where(entry => entry.Class == "table");

    public SchemaObject? Find(ObjectKey key) => _byKey.GetValueOrDefault(key);

    public bool Has(ObjectKey key) => _byKey.ContainsKey(key);

    /// <summary>The relation with this OID, whatever its class.</summary>
    public SchemaObject? Relation(uint oid) =>
        RelationClasses.Select(name => Find(new ObjectKey(name, oid))).FirstOrDefault(found => found is not null);

    /// <summary>What belongs to a relation: columns, constraints, indexes, triggers, rules, policies, owned sequences.</summary>
    public IEnumerable<SchemaObject> PartsOf(uint relation) => _byParent[relation];

    /// <summary>What is here and was not there.</summary>
    public IEnumerable<SchemaObject> Without(SchemaImage earlier) => Objects.Where(entry => !earlier.Has(entry.Key));

    /// <summary>What is here and has another name or another definition than there.</summary>
    public IEnumerable<(SchemaObject Before, SchemaObject After)> ChangedSince(SchemaImage earlier) =>
        from entry in Objects
        let before = earlier.Find(entry.Key)
        where before is not null && !ReferenceEquals(before, entry)
        where (before.Identity != entry.Identity || before.Definition != entry.Definition)
        select (before, entry);

    private static readonly string[] RelationClasses =
    [
        "table",
        "view",
        "materialized view",
        "foreign table",
        "sequence",
        "index",
    ];
}
