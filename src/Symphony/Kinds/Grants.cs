using System.Text.Json.Nodes;

namespace Symphony.Kinds;

/// <summary>One to whom a right on an object was granted; its owner, who always has it, is not among them.</summary>
/// <param name="Role">As <see cref="Grantees"/> names it.</param>
/// <param name="Superuser">It has the right anyway.</param>
/// <param name="Grantable">It may pass the right on to others.</param>
/// <param name="Members">The roles that have the right by being members of it.</param>
public sealed record Grant(string Role, bool Superuser, bool Grantable, IReadOnlyList<string> Members);

/// <summary>
/// A right held by exactly the roles that a claim lists. A member of a listed role is one of its kind and need not be
/// listed; a superuser and the owner have the right whatever is granted.
/// </summary>
internal static class Grants
{
    /// <summary>Everyone who is named in them, members as well.</summary>
    public static IEnumerable<string> Holders(IEnumerable<Grant> granted) =>
        Grantees.RolesOf(granted.Select(grant => grant.Role)).Concat(granted.SelectMany(grant => grant.Members));

    /// <param name="path">The fact's member.</param>
    /// <param name="claimed">The claim's roles; null requires only that PUBLIC does not have the right.</param>
    /// <param name="granted">What the catalog holds.</param>
    /// <param name="right">What those who have it may do, as the rest of a sentence: <c>EXECUTE it</c>.</param>
    /// <param name="judgement">Takes the differences.</param>
    public static void Judge(
        string path,
        IReadOnlyList<string>? claimed,
        IReadOnlyList<Grant> granted,
        string right,
        Judgement judgement
    )
    {
        if (claimed is null)
        {
            judgement.Require(
                $"{path}_by_public",
                false,
                granted.Any(grant => grant.Role == Grantees.Public),
                $"Everyone may {right}."
            );
            return;
        }

        var expected = ToJson(claimed);
        judgement.Expect(path, expected);
        var why = Unlisted(claimed, granted)
            .Select(role => role == Grantees.Public ? $"Everyone may {right}." : $"{role} may {right}.")
            .Concat(Missing(claimed, granted).Select(role => $"{role} may not {right}."))
            .ToList();
        if (why.Count > 0)
        {
            judgement.Differ(
                path,
                expected.DeepClone(),
                ToJson(granted.Select(grant => grant.Role)),
                string.Join(' ', why)
            );
        }

        judgement.RequireNone(
            $"{path}_grantable",
            [.. Passing(granted)],
            $"Whom it was granted to may let others {right}, too."
        );
    }

    /// <summary>Those who may pass the right on; a superuser may anyway.</summary>
    private static IEnumerable<string> Passing(IReadOnlyList<Grant> granted) =>
        granted.Where(grant => grant is { Grantable: true, Superuser: false }).Select(grant => grant.Role);

    /// <summary>Those who have the right and should not; nobody but PUBLIC where the claim lists none.</summary>
    public static IEnumerable<string> Unlisted(IReadOnlyList<string>? claimed, IReadOnlyList<Grant> granted)
    {
        if (claimed is null)
        {
            return granted.Select(grant => grant.Role).Where(role => role == Grantees.Public);
        }

        var listed = claimed.Select(Grantees.Normalise).ToHashSet(StringComparer.Ordinal);
        var members = granted.Where(grant => listed.Contains(grant.Role)).SelectMany(grant => grant.Members);
        return granted
            .Where(grant => !grant.Superuser)
            .Select(grant => grant.Role)
            .Where(role => !listed.Contains(role))
            .Except(members, StringComparer.Ordinal);
    }

    /// <summary>Those who should have the right and do not.</summary>
    public static IEnumerable<string> Missing(IReadOnlyList<string>? claimed, IReadOnlyList<Grant> granted)
    {
        var roles = granted.Select(grant => grant.Role).ToHashSet(StringComparer.Ordinal);
        return (claimed ?? [])
            .Select(Grantees.Normalise)
            .Distinct()
            .Where(role =>
                !roles.Contains(role)
                && (role == Grantees.Public || !roles.Contains(Grantees.Public))
                && !granted.Any(grant => grant.Members.Contains(role))
            );
    }

    /// <summary>The statements that make it so, as far as grants were made by the owner.</summary>
    /// <param name="right">The right and its object: <c>EXECUTE ON FUNCTION f()</c>.</param>
    public static IEnumerable<string> Repair(string right, IReadOnlyList<string>? claimed, IReadOnlyList<Grant> granted)
    {
        var unlisted = Unlisted(claimed, granted).ToList();
        // What a listed role has by way of PUBLIC or a group that loses the right is gone with it.
        var kept = granted.Where(grant => !unlisted.Contains(grant.Role)).ToList();
        return unlisted
            .Select(role => $"REVOKE {right} FROM {Grantees.ToSql(role)}")
            .Concat(
                (claimed is null ? [] : Passing(kept)).Select(role =>
                    $"REVOKE GRANT OPTION FOR {right} FROM {Grantees.ToSql(role)}"
                )
            )
            .Concat(Missing(claimed, kept).Select(role => $"GRANT {right} TO {Grantees.ToSql(role)}"));
    }

    private static JsonArray ToJson(IEnumerable<string> roles) =>
        [
            .. roles
                .Select(Grantees.Normalise)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(role => (JsonNode?)JsonValue.Create(role)),
        ];
}
