using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

/// <summary>Privileges that a statement gave and that are still there when its transaction is over.</summary>
internal static class Grants
{
    public static IEnumerable<(string Grantee, string Privilege)> New(
        FileTrial trial,
        StatementTrial statement,
        SchemaObject entry
    )
    {
        var before = statement.Before.Find(entry.Key);
        if (before?.Definition == entry.Definition || trial.Finally(statement, entry) is not { } final)
        {
            return [];
        }

        var kept = final.Privileges().Select(Plain).ToHashSet();
        return entry.Privileges().Select(Plain).Except((before?.Privileges() ?? []).Select(Plain)).Where(kept.Contains);
    }

    /// <summary>The right to pass it on is not what makes it wide.</summary>
    private static (string Grantee, string Privilege) Plain((string Grantee, string Privilege) held) =>
        (held.Grantee, held.Privilege.Replace(" WITH GRANT OPTION", "", StringComparison.Ordinal));
}
