using Symphony.Sql;

namespace Symphony.Kinds.Policy;

/// <content>How a policy is repaired.</content>
public sealed partial class PolicyKind
{
    protected override IEnumerable<string> Remedy(PolicyClaim claim, PolicyFact? fact)
    {
        if (fact is null || !Stands(claim, fact.Policy))
        {
            yield return $"DROP POLICY IF EXISTS {Name(claim)}";
            yield return Create(claim);
        }

        if (fact is not { RowSecurity: true })
        {
            yield return $"ALTER TABLE {claim.Table.ToSql()} ENABLE ROW LEVEL SECURITY";
        }

        foreach (var statement in fact is not null && claim.HoldsBack ? HoldBack(claim, fact.Exempt) : [])
        {
            yield return statement;
        }
    }

    private static IEnumerable<string> HoldBack(PolicyClaim claim, ExemptRoles exempt)
    {
        foreach (var role in claim.SortedRoles)
        {
            var rights = new[] { (exempt.Superuser, " NOSUPERUSER"), (exempt.Bypassrls, " NOBYPASSRLS") }
                .Where(right => right.Item1.Contains(role))
                .Select(right => right.Item2)
                .ToList();
            if (rights.Count > 0)
            {
                yield return $"ALTER ROLE {SqlText.QuoteName(role)}{string.Concat(rights)}";
            }
        }

        if (exempt.Owner.Intersect(claim.Roles, StringComparer.Ordinal).Any())
        {
            yield return $"ALTER TABLE {claim.Table.ToSql()} FORCE ROW LEVEL SECURITY";
        }
    }

    /// <summary>By the text alone: where that differs, making it anew does no harm.</summary>
    private static bool Stands(PolicyClaim claim, PolicyState policy) =>
        policy.Command == claim.Command.Text
        && policy.Permissive == claim.Permissive
        && policy.Roles.SequenceEqual(claim.SortedRoles, StringComparer.Ordinal)
        && Same(claim.Using, policy.Using)
        && Same(
            PolicyState.EffectiveCheck(claim.Command.Text, claim.Using, claim.WithCheck),
            PolicyState.EffectiveCheck(policy.Command, policy.Using, policy.WithCheck)
        );

    private static bool Same(string? claimed, string? found) =>
        claimed is null || found is null ? claimed == found : ExpressionText.SameTokens(claimed, found);

    private static string Name(PolicyClaim claim) => $"{SqlText.QuoteName(claim.Name)} ON {claim.Table.ToSql()}";

    private static string Create(PolicyClaim claim) =>
        $"CREATE POLICY {Name(claim)} AS {(claim.Permissive ? "PERMISSIVE" : "RESTRICTIVE")} FOR {claim.Command.Text.ToUpperInvariant()}"
        + $" TO {RoleList(claim.Roles)}"
        + (claim.Using is null ? "" : $" USING ({claim.Using})")
        + (claim.WithCheck is null ? "" : $" WITH CHECK ({claim.WithCheck})");

    private static string RoleList(IEnumerable<string> roles) =>
        string.Join(", ", roles.Select(role => role == PolicyState.Public ? "PUBLIC" : SqlText.QuoteName(role)));
}
