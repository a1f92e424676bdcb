using Symphony.Sql;

namespace Symphony.Kinds.DefaultPrivileges;

/// <content>How default privileges are repaired, and how they are broken.</content>
public sealed partial class DefaultPrivilegesKind
{
    private const string Decoy = "symphony_decoy_default";

    protected override IEnumerable<string> Remedy(DefaultPrivilegesClaim claim, DefaultPrivilegesFact? fact)
    {
        if (fact is not { Schema: true })
        {
            yield break;
        }

        var expected = claim.Expected;
        foreach (var (grantee, held) in fact.Grants.OrderBy(grant => grant.Key, StringComparer.Ordinal))
        {
            var excess = held.Except(expected.GetValueOrDefault(grantee, []), StringComparer.Ordinal).ToList();
            if (excess.Count > 0)
            {
                // What all schemas give cannot be taken back in one.
                yield return Change(
                    claim,
                    null,
                    $"REVOKE {string.Join(", ", excess)}",
                    $"FROM {Grantees.ToSql(grantee)}"
                );
                if (claim.Schema is not null)
                {
                    yield return Change(
                        claim,
                        claim.Schema,
                        $"REVOKE {string.Join(", ", excess)}",
                        $"FROM {Grantees.ToSql(grantee)}"
                    );
                }
            }
        }

        foreach (var grantee in fact.Grantable)
        {
            foreach (var schema in new[] { null, claim.Schema }.Distinct())
            {
                yield return Change(claim, schema, "REVOKE GRANT OPTION FOR ALL", $"FROM {Grantees.ToSql(grantee)}");
            }
        }

        foreach (var (grantee, wanted) in expected.OrderBy(grant => grant.Key, StringComparer.Ordinal))
        {
            var missing = wanted.Except(fact.Grants.GetValueOrDefault(grantee, []), StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                yield return Change(
                    claim,
                    claim.Schema,
                    $"GRANT {string.Join(", ", missing)}",
                    $"TO {Grantees.ToSql(grantee)}"
                );
            }
        }
    }

    private static string Change(DefaultPrivilegesClaim claim, string? schema, string change, string grantee) =>
        $"ALTER DEFAULT PRIVILEGES FOR ROLE {SqlText.QuoteName(claim.Role)} "
        + (schema is null ? "" : $"IN SCHEMA {SqlText.QuoteName(schema)} ")
        + $"{change} ON {claim.Objects.Text.ToUpperInvariant()} {grantee}";

    protected override IEnumerable<Sabotage> Sabotages(DefaultPrivilegesClaim claim)
    {
        var role = SqlText.QuoteName(claim.Role);
        var createDecoy = $"CREATE ROLE {Decoy}";
        yield return new("the role is dropped", $"DROP OWNED BY {role} CASCADE", $"DROP ROLE {role}")
        {
            BeyondRemedy = true,
        };
        yield return new(
            "another role gets everything",
            createDecoy,
            Change(claim, claim.Schema, "GRANT ALL", $"TO {Decoy}")
        );
        yield return new(
            "another role may pass everything on",
            createDecoy,
            Change(claim, claim.Schema, "GRANT ALL", $"TO {Decoy} WITH GRANT OPTION")
        );
        if (!claim.Expected.ContainsKey(Grantees.Public))
        {
            yield return new("everyone gets everything", Change(claim, claim.Schema, "GRANT ALL", "TO PUBLIC"));
            yield return new("everyone gets everything in all schemas", Change(claim, null, "GRANT ALL", "TO PUBLIC"));
        }

        foreach (var grantee in claim.Expected.Keys)
        {
            yield return new(
                $"{grantee} gets nothing",
                [
                    Change(claim, null, "REVOKE ALL", $"FROM {Grantees.ToSql(grantee)}"),
                    .. claim.Schema is null
                        ? Array.Empty<string>()
                        : [Change(claim, claim.Schema, "REVOKE ALL", $"FROM {Grantees.ToSql(grantee)}")],
                ]
            );
            if (grantee != Grantees.Public)
            {
                yield return new(
                    $"{grantee} may pass it on",
                    Change(claim, claim.Schema, "GRANT ALL", $"TO {Grantees.ToSql(grantee)} WITH GRANT OPTION")
                );
            }
        }

        foreach (var change in Harmless(claim, createDecoy))
        {
            yield return change with
            {
                Harmless = true,
            };
        }
    }

    private static IEnumerable<Sabotage> Harmless(DefaultPrivilegesClaim claim, string createDecoy)
    {
        var other = DefaultObjects.All.First(objects => objects != claim.Objects && objects != DefaultObjects.Schemas);
        yield return new(
            "what another role creates is everyone's",
            createDecoy,
            Change(claim with { Role = Decoy }, null, "GRANT ALL", "TO PUBLIC")
        );
        yield return new(
            "new objects of another sort are everyone's",
            Change(claim with { Objects = other }, null, "GRANT ALL", "TO PUBLIC")
        );
        if (claim.Objects != DefaultObjects.Schemas)
        {
            yield return new(
                "new objects in another schema are everyone's",
                $"CREATE SCHEMA {Relations.DecoySchema}",
                Change(claim, Relations.DecoySchema, "GRANT ALL", "TO PUBLIC")
            );
        }

        yield return new(
            "a default came and went",
            createDecoy,
            Change(claim, claim.Schema, "GRANT ALL", $"TO {Decoy}"),
            Change(claim, claim.Schema, "REVOKE ALL", $"FROM {Decoy}")
        );
    }
}
