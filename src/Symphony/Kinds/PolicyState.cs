using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>A row security policy as the catalog holds it; see Catalog/Fragments/policies.sql.</summary>
/// <param name="Command"><c>all</c>, <c>select</c>, <c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Permissive">It lets rows through; a restrictive one only holds rows back that others let through.</param>
/// <param name="Roles">Sorted; <c>public</c> is every role.</param>
/// <param name="Using">The condition of the rows that are read, updated and deleted; null where there is none.</param>
/// <param name="WithCheck">The condition of the rows that are written; null where <paramref name="Using"/> is used for them.</param>
/// <param name="Calls">It calls functions or operators that are not built in.</param>
public sealed record PolicyState(
    string Name,
    string Command,
    bool Permissive,
    IReadOnlyList<string> Roles,
    string? Using,
    string? WithCheck,
    bool Calls
)
{
    /// <summary>The role that stands for all.</summary>
    public const string Public = "public";

    /// <summary>A claim's role as facts name it: other kinds, and SQL, say PUBLIC for every role.</summary>
    public static string Normalise(string role) => role == Grantees.Public ? Public : role;

    /// <summary>The condition of the rows that are written (PostgreSQL manual, "CREATE POLICY").</summary>
    public static string? EffectiveCheck(string command, string? usingExpression, string? withCheck) =>
        command is "all" or "update" ? withCheck ?? usingExpression : withCheck;

    /// <summary>Whether it is about the same commands of the same roles as another, at least in part.</summary>
    public bool Meets(string command, IReadOnlyList<string> roles) =>
        (Command == "all" || command == "all" || Command == command)
        && (Roles.Contains(Public) || roles.Contains(Public) || Roles.Intersect(roles, StringComparer.Ordinal).Any());

    /// <summary>Whether one of its conditions lets every row through.</summary>
    public bool IsAlwaysTrue(string path, ObjectName table, Judgement judgement) =>
        new[] { Using, WithCheck }
            .OfType<string>()
            .Select(condition => judgement.IsAlwaysTrue(path, table, condition, Calls))
            // Each is asked, so that all normal forms are read at once.
            .ToList()
            .Contains(true);
}
