namespace Symphony.Catalog;

/// <summary>What a fact is read from, by name: what has to be made for the fact to be the same in an empty database.</summary>
public sealed record Footing
{
    public static readonly Footing None = new();

    public IReadOnlyList<FootingObject> Objects { get; init; } = [];

    /// <summary>Whether it is read from owners and privileges, too.</summary>
    public bool Privileges { get; init; }

    /// <summary>The roles whose attributes and memberships it is read from; those that they are members of count with them.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Roles that have to be there, whatever they may do.</summary>
    public IReadOnlyList<string> NamedRoles { get; init; } = [];

    /// <summary>What it is read from that no statement makes again in another database, as a sentence without its end; null for nothing.</summary>
    public string? Beyond { get; init; }

    /// <summary>Whether it lists the roles of the whole cluster that have some right.</summary>
    public bool ListsRoles { get; init; }

    /// <summary>A relation and what stands on it; nothing where the subject is in none.</summary>
    public static Footing Of(Subject subject) =>
        subject.Relation is { } relation
            ? new Footing { Objects = [new FootingObject(FootingObject.Relation, subject.Schema, relation)] }
            : None;

    /// <summary>Together, in the order of their names.</summary>
    public static Footing Of(IEnumerable<Footing> footings)
    {
        var all = footings.ToList();
        return new Footing
        {
            Objects =
            [
                .. all.SelectMany(footing => footing.Objects)
                    .Distinct()
                    .OrderBy(entry => entry.Sort, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Schema, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Name, StringComparer.Ordinal),
            ],
            Privileges = all.Any(footing => footing.Privileges),
            Roles = [.. all.SelectMany(footing => footing.Roles).Distinct().Order(StringComparer.Ordinal)],
            NamedRoles = [.. all.SelectMany(footing => footing.NamedRoles).Distinct().Order(StringComparer.Ordinal)],
            ListsRoles = all.Any(footing => footing.ListsRoles),
        };
    }
}

/// <param name="Sort">As definitions.sql knows it.</param>
/// <param name="Schema">Null where a name is of the whole database.</param>
/// <param name="Name">A function's with the types of its arguments; null where the schema itself is meant.</param>
public sealed record FootingObject(string Sort, string? Schema, string? Name)
{
    public const string Relation = "relation";
    public const string Function = "function";
    public const string Type = "type";
    public const string OfSchema = "schema";
    public const string Extension = "extension";
    public const string EventTrigger = "event_trigger";

    /// <summary>The default privileges that a role, the name, has set.</summary>
    public const string Defaults = "defaults";
}
