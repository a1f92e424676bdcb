using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Symphony.Kinds.Privileges;

[Description("What a role, or everyone, may do with an object")]
public sealed record PrivilegesClaim : Claim
{
    internal static readonly string[] OfColumns = ["SELECT", "INSERT", "UPDATE", "REFERENCES"];

    [Description(
        "The object: a table by its name, or one of {table: …}, {sequence: …}, {schema: …}, {function: …}, {type: …}, {parameter: …}, {database: true}"
    )]
    public required PrivilegesObject On { get; init; }

    [Description("The columns of the table that it is about; without them the whole table, every column included")]
    [DisallowNull]
    public IReadOnlyList<string>? Columns { get; init; }

    [Description("The role, or PUBLIC for everyone")]
    public required string To { get; init; }

    [Description("It has these privileges and no others")]
    [DisallowNull]
    public IReadOnlyList<string>? Exactly { get; init; }

    [Description("true: it has no privilege at all")]
    public bool None { get; set; }

    [Description("It has these privileges, and perhaps others")]
    [DisallowNull]
    public IReadOnlyList<string>? AtLeast { get; init; }

    [Description("It has no privileges but these, and perhaps not all of them")]
    [DisallowNull]
    public IReadOnlyList<string>? AtMost { get; init; }

    [Description("Whether it may pass its privileges on to others; false unless claimed")]
    public bool GrantOption { get; set; }

    /// <summary>What it must have; null where nothing is said of that.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Required => Words(Exactly ?? AtLeast ?? []);

    /// <summary>What it may have at most; null where there is no bound.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string>? Allowed =>
        None ? []
        : (Exactly ?? AtMost) is { } bound ? Words(bound)
        : null;

    [JsonIgnore]
    internal string Grantee => Grantees.Normalise(To);

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (On.Count != 1)
        {
            yield return new ClaimProblem(
                "on",
                "exactly one of table, sequence, schema, function, type, parameter and database",
                $"{On.Count} of them"
            );
            yield break;
        }

        if (To.Length == 0)
        {
            yield return new ClaimProblem("to", "a role's name or PUBLIC", "an empty text");
        }

        var said = (Exactly is null ? 0 : 1) + (None ? 1 : 0) + (AtLeast is null && AtMost is null ? 0 : 1);
        if (said != 1)
        {
            yield return new ClaimProblem(
                "exactly",
                "one of exactly, none: true, or at_least and at_most (alone or together)",
                said == 0 ? "none of them" : "several of them"
            );
        }

        if (Columns is not null && On.Table is null)
        {
            yield return new ClaimProblem("columns", "no columns: only tables have them", On.ToString());
        }

        foreach (var problem in Columns is null ? [] : Claims.EmptyList("columns", Columns, "at least one column"))
        {
            yield return problem;
        }

        IReadOnlyList<string> known = Columns is null ? On.Known : OfColumns;
        foreach (
            var (path, list) in new[] { ("exactly", Exactly), ("at_least", AtLeast), ("at_most", AtMost) }.Where(
                entry => entry.Item2 is not null
            )
        )
        {
            foreach (var unknown in Words(list!).Except(known, StringComparer.Ordinal))
            {
                yield return new ClaimProblem(path, $"privileges of {string.Join(", ", known)}", $"`{unknown}`");
            }
        }
    }

    private static IReadOnlyList<string> Words(IReadOnlyList<string> list) =>
        [
            .. list.Select(word => word.ToUpperInvariant() is "TEMP" ? "TEMPORARY" : word.ToUpperInvariant())
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>What the catalog says; see facts.sql. Lists of privileges are in the order of their names.</summary>
/// <param name="Object">Whether the object exists, and is of the claimed sort.</param>
/// <param name="Role">Whether the role exists; PUBLIC always does.</param>
/// <param name="Database">The database's name, where it is about that.</param>
/// <param name="Owned">It has the owner's rights, so that it can grant itself everything.</param>
/// <param name="SchemaUsage">It may name what is in the object's schema.</param>
/// <param name="Privileges">What it may do as it is: granted to it, to PUBLIC or to a role that it inherits from.</param>
/// <param name="BySetRole">What it may do beside by becoming another role.</param>
/// <param name="Grantable">What it may pass on without owning the object.</param>
/// <param name="Columns">Of every column of a table, what it may do with that.</param>
/// <param name="ColumnsGrantable">Of columns, what it may pass on of each by a grant on that.</param>
/// <param name="Children">Of partitions and children that it may name directly, what it may do with them.</param>
/// <param name="Granted">What was granted to it by name, columns included.</param>
public sealed record PrivilegesFact(
    bool Object,
    bool Role,
    bool Superuser,
    string? Database,
    bool Owned,
    bool SchemaUsage,
    IReadOnlyList<string> Privileges,
    IReadOnlyList<string> BySetRole,
    IReadOnlyList<string> Grantable,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Columns,
    IReadOnlyDictionary<string, IReadOnlyList<string>> ColumnsGrantable,
    IReadOnlyDictionary<string, IReadOnlyList<string>> ColumnsBySetRole,
    IReadOnlyDictionary<string, ChildPrivileges> Children,
    IReadOnlyList<string> Granted,
    IReadOnlyList<string> GrantedToPublic
)
{
    /// <summary>What it may pass on of the columns, or of the whole object with every column.</summary>
    internal IReadOnlyList<string> GrantableOf(IReadOnlyList<string>? columns) =>
        [
            .. Grantable
                .Concat(
                    ColumnsGrantable
                        .Where(entry => columns?.Contains(entry.Key, StringComparer.Ordinal) ?? true)
                        .SelectMany(entry => entry.Value)
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}

/// <param name="Any">On the whole relation or on any of its columns.</param>
public sealed record ChildPrivileges(
    IReadOnlyList<string> Any,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Columns
);
