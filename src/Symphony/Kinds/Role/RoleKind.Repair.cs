using Symphony.Sql;

namespace Symphony.Kinds.Role;

/// <content>How a role is repaired.</content>
public sealed partial class RoleKind
{
    protected override IEnumerable<string> Remedy(RoleClaim claim, RoleFact? fact)
    {
        var role = SqlText.QuoteName(claim.Name);
        if (fact is null)
        {
            return Create(claim, role);
        }

        var options = Options(claim, fact);
        return
        [
            .. options.Count == 0 ? [] : new[] { $"ALTER ROLE {role} {string.Join(' ', options)}" },
            .. Memberships(claim, fact, role),
            .. fact
                .MaySkipTriggers.Where(grantee => grantee == claim.Name || grantee == Grantees.Public)
                .Select(grantee =>
                    $"REVOKE ALL ON PARAMETER session_replication_role FROM {(grantee == claim.Name ? role : grantee)}"
                ),
            .. NewSessions.FireTriggers(fact.SessionsWithoutTriggers),
        ];
    }

    private static IEnumerable<string> Create(RoleClaim claim, string role)
    {
        IEnumerable<string> rights = RoleRight
            .All.Where(right => right.Claimed(claim) ?? false)
            .Select(right => right.Sql);
        var options = rights
            .Concat(claim.Login is { } login ? [login ? "LOGIN" : "NOLOGIN"] : [])
            .Concat(claim.Inherit is false ? ["NOINHERIT"] : [])
            .Concat(claim.ConnectionLimit is { } limit ? [$"CONNECTION LIMIT {limit}"] : []);
        yield return string.Join(' ', options.Prepend($"CREATE ROLE {role}"));
        foreach (var group in claim.MemberOf ?? [])
        {
            yield return $"GRANT {SqlText.QuoteName(group)} TO {role}";
        }

        foreach (var member in claim.Members ?? [])
        {
            yield return $"GRANT {role} TO {SqlText.QuoteName(member)}";
        }
    }

    private static List<string> Options(RoleClaim claim, RoleFact fact)
    {
        var options = new List<string>();
        if (claim.Login is { } login && login != fact.Login)
        {
            options.Add(login ? "LOGIN" : "NOLOGIN");
        }

        foreach (var right in RoleRight.All)
        {
            if (
                (right.Claimed(claim) ?? (claim.Superuser ? null : false)) is { } expected
                && expected != right.Own(fact)
            )
            {
                options.Add(expected ? right.Sql : "NO" + right.Sql);
            }
        }

        if (claim.Inherit is { } inherit && inherit != fact.Inherit)
        {
            options.Add(inherit ? "INHERIT" : "NOINHERIT");
        }

        if (claim.ConnectionLimit is { } limit && limit != fact.ConnectionLimit)
        {
            options.Add($"CONNECTION LIMIT {limit}");
        }

        return options;
    }

    /// <summary>
    /// A membership that is not claimed is taken back where it was given to this very role; what a group has is a
    /// decision about all of its members.
    /// </summary>
    private static IEnumerable<string> Memberships(RoleClaim claim, RoleFact fact, string role)
    {
        var unwanted = RoleRight
            .All.Where(right => !(right.Claimed(claim) ?? claim.Superuser))
            .SelectMany(right => right.Through(fact.Becomes))
            .Concat(claim.Superuser ? [] : fact.ServerAccess);
        var (memberOf, members) = (claim.MemberOf ?? [], claim.Members ?? fact.Members);
        foreach (
            var grant in fact.Granted.Where(grant =>
                claim.MemberOf is null ? unwanted.Contains(grant.Role) : !memberOf.Contains(grant.Role)
            )
        )
        {
            yield return $"REVOKE {SqlText.QuoteName(grant.Role)} FROM {role}"
                + (grant.By is null ? "" : $" GRANTED BY {SqlText.QuoteName(grant.By)}");
        }

        foreach (var missing in memberOf.Except(fact.MemberOf, StringComparer.Ordinal))
        {
            yield return $"GRANT {SqlText.QuoteName(missing)} TO {role}";
        }

        foreach (var stranger in fact.Members.Except(members, StringComparer.Ordinal))
        {
            yield return $"REVOKE {role} FROM {SqlText.QuoteName(stranger)}";
        }

        foreach (var missing in members.Except(fact.Members, StringComparer.Ordinal))
        {
            yield return $"GRANT {role} TO {SqlText.QuoteName(missing)}";
        }
    }
}
