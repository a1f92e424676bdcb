using Symphony.Sql;

namespace Symphony.Kinds.Privileges;

/// <content>How privileges are repaired.</content>
public sealed partial class PrivilegesKind
{
    /// <summary>
    /// Takes back what was granted to this very role and grants what it lacks. What it has by way of PUBLIC, a group
    /// or ownership is a decision about others, too.
    /// </summary>
    protected override IEnumerable<string> Remedy(PrivilegesClaim claim, PrivilegesFact? fact)
    {
        if (fact is not { Object: true, Role: true })
        {
            yield break;
        }

        var role = Grantees.ToSql(claim.Grantee);
        var target = claim.On.ToSql(fact.Database);
        foreach (
            var statement in claim.Columns is null
                ? Whole(claim, fact, target, role)
                : OfColumns(claim, fact, target, role)
        )
        {
            yield return statement;
        }

        if (claim.Required.Count > 0 && NamedWithSchema.Contains(claim.On.Sort) && !fact.SchemaUsage)
        {
            yield return $"GRANT USAGE ON SCHEMA {SqlText.QuoteName(claim.On.Subject(claim.To).Schema!)} TO {role}";
        }
    }

    private static IEnumerable<string> Whole(PrivilegesClaim claim, PrivilegesFact fact, string target, string role)
    {
        if (claim.Allowed is { } allowed)
        {
            // On a table this takes the same privilege on its columns back, too.
            var excess = fact.Granted.Except(allowed, StringComparer.Ordinal).ToList();
            if (excess.Count > 0)
            {
                yield return $"REVOKE {string.Join(", ", excess)} ON {target} FROM {role}";
            }

            var passed = fact.GrantableOf(null).Intersect(allowed).Intersect(fact.Granted).ToList();
            if (passed.Count > 0 && !claim.GrantOption)
            {
                yield return $"REVOKE GRANT OPTION FOR {string.Join(", ", passed)} ON {target} FROM {role}";
            }

            foreach (var (child, held) in fact.Children.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                var beyond = held.Any.Except(allowed, StringComparer.Ordinal).ToList();
                if (beyond.Count > 0)
                {
                    yield return $"REVOKE {string.Join(", ", beyond)} ON TABLE {child} FROM {role}";
                }
            }
        }

        var missing = claim.Required.Except(fact.Privileges, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            yield return $"GRANT {string.Join(", ", missing)} ON {target} TO {role}";
        }
    }

    private static IEnumerable<string> OfColumns(PrivilegesClaim claim, PrivilegesFact fact, string target, string role)
    {
        foreach (var column in claim.Columns!.Where(fact.Columns.ContainsKey))
        {
            var held = fact.Columns[column];
            var name = SqlText.QuoteName(column);
            string On(IEnumerable<string> privileges) =>
                string.Join(", ", privileges.Select(privilege => $"{privilege} ({name})"));
            var passed = fact
                .ColumnsGrantable.GetValueOrDefault(column, [])
                .Intersect(claim.Allowed ?? [], StringComparer.Ordinal)
                .ToList();
            if (passed.Count > 0 && !claim.GrantOption)
            {
                yield return $"REVOKE GRANT OPTION FOR {On(passed)} ON {target} FROM {role}";
            }

            if (claim.Allowed is { } allowed)
            {
                // What is granted on the whole table cannot be taken back from one column.
                var excess = held.Except(allowed, StringComparer.Ordinal)
                    .Intersect(fact.Granted)
                    .Except(fact.Privileges, StringComparer.Ordinal)
                    .ToList();
                if (excess.Count > 0)
                {
                    yield return $"REVOKE {On(excess)} ON {target} FROM {role}";
                }
            }

            var missing = claim.Required.Except(held, StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                yield return $"GRANT {On(missing)} ON {target} TO {role}";
            }
        }
    }
}
