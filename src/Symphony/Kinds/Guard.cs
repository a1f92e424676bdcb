using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>The sorts of things in a database that refuse, fill in or decide, and that an invariant should speak of.</summary>
public sealed class GuardSort : Word, IWordSet<GuardSort>
{
    public static readonly GuardSort Check = new("check");
    public static readonly GuardSort Unique = new("unique");
    public static readonly GuardSort PrimaryKey = new("primary_key");
    public static readonly GuardSort ForeignKey = new("foreign_key");
    public static readonly GuardSort Exclusion = new("exclusion");
    public static readonly GuardSort UniqueIndex = new("unique_index");
    public static readonly GuardSort Trigger = new("trigger");
    public static readonly GuardSort Policy = new("policy");
    public static readonly GuardSort DefinerFunction = new("definer_function");

    private GuardSort(string text)
        : base(text) { }

    public static IReadOnlyList<GuardSort> All { get; } =
    [Check, Unique, PrimaryKey, ForeignKey, Exclusion, UniqueIndex, Trigger, Policy, DefinerFunction];
}

/// <summary>A guard that a claim speaks of.</summary>
/// <param name="Schema">The schema of its table, or its own.</param>
/// <param name="Relation">Its table; null for a function.</param>
/// <param name="Name">Its name, of a function with the argument types; null for every one of that sort on the table.</param>
public sealed record Guard(GuardSort Sort, string? Schema, string? Relation, string? Name)
{
    public static Guard Of(GuardSort sort, ObjectName table, string? name) => new(sort, table.Schema, table.Name, name);

    public bool Covers(Guard found) =>
        Sort == found.Sort
        && Schema == found.Schema
        && Relation == found.Relation
        && (Name is null || Name == found.Name);
}
