using Symphony.Sql;

namespace Symphony.Kinds.Policy;

/// <content>How a policy is broken.</content>
public sealed partial class PolicyKind
{
    protected override IEnumerable<Sabotage> Sabotages(PolicyClaim claim)
    {
        var table = claim.Table.ToSql();
        var drop = $"DROP POLICY {Name(claim)}";
        var alter = $"ALTER POLICY {Name(claim)}";
        Sabotage Made(string name, PolicyClaim changed) => new(name, drop, Create(changed));

        yield return new("the policy is dropped", drop);
        yield return new("row security is switched off", $"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY");
        yield return new("the policy bears another name", $"{alter} RENAME TO symphony_decoy");
        yield return new(
            "the policy stands on another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            $"ALTER TABLE {Relations.Decoy} ENABLE ROW LEVEL SECURITY",
            Create(claim with { Table = Relations.DecoyTable })
        );
        yield return new(
            "the policy stands in another schema only",
            [
                .. SabotageSql.NamesakeElsewhere(claim.Table),
                Create(claim with { Table = claim.Table with { Schema = Relations.DecoySchema } }),
                drop,
            ]
        );
        yield return Made(
            claim.Permissive ? "the policy only restricts" : "the policy only adds rows",
            claim with
            {
                Permissive = !claim.Permissive,
            }
        );
        foreach (var sabotage in OfConditions(claim, alter).Concat(OfReach(claim, alter, Made)))
        {
            yield return sabotage;
        }

        if (claim.Permissive)
        {
            yield return new(
                "another policy lets every row through",
                Create(Beside(claim) with { Using = Condition(claim.Using), WithCheck = Condition(claim.WithCheck) })
            )
            {
                BeyondRemedy = true,
            };
        }

        foreach (var sabotage in Exempting(claim))
        {
            yield return sabotage;
        }

        foreach (var harmless in Harmless(claim, drop))
        {
            yield return harmless;
        }

        static string? Condition(string? condition) => condition is null ? null : $"({condition}) IS NULL OR true";
    }

    private static IEnumerable<Sabotage> OfConditions(PolicyClaim claim, string alter)
    {
        foreach (var (clause, word, condition) in Conditions(claim))
        {
            Sabotage Changed(string name, string to) => new($"{word}: {name}", $"{alter} {clause} ({to})");
            yield return Changed("the condition is gutted to true", "true");
            yield return Changed("a tautology is added", $"({condition}) OR true");
            yield return Changed(
                "an alternative is added",
                $"({condition}) OR pg_catalog.current_setting('app.symphony', true) = 'on'"
            );
            yield return Changed("the condition is widened to pass NULL", $"({condition}) IS NOT FALSE");
            yield return Changed("the condition is turned round", $"NOT ({condition})");
        }

        if (claim.WithCheck is null && (claim.Command == PolicyCommand.Every || claim.Command == PolicyCommand.Update))
        {
            yield return new("every row may be written", $"{alter} WITH CHECK (true)");
        }
    }

    private static IEnumerable<(string Clause, string Word, string Condition)> Conditions(PolicyClaim claim) =>
        new[] { ("USING", "using", claim.Using), ("WITH CHECK", "with_check", claim.WithCheck) }.Where(condition =>
            condition.Item3 is not null
        )!;

    private static IEnumerable<Sabotage> OfReach(
        PolicyClaim claim,
        string alter,
        Func<string, PolicyClaim, Sabotage> made
    )
    {
        const string CreateRole = "CREATE ROLE symphony_decoy";
        yield return new("the policy is for another role", CreateRole, $"{alter} TO symphony_decoy");
        if (claim.Roles.Contains(PolicyState.Public))
        {
            yield return new("the policy is for the user who made it", $"{alter} TO CURRENT_USER");
        }
        else
        {
            yield return new("the policy is for everybody", $"{alter} TO PUBLIC");
            yield return new(
                "the policy is for one more role",
                CreateRole,
                $"{alter} TO {RoleList([.. claim.Roles, "symphony_decoy"])}"
            );
        }

        if (claim.Command == PolicyCommand.Every)
        {
            yield return made(
                "the policy is about reading only",
                claim with
                {
                    Command = PolicyCommand.Select,
                    Using = claim.Using ?? claim.WithCheck,
                    WithCheck = null,
                }
            );
        }
        else
        {
            yield return made("the policy is about every command", claim with { Command = PolicyCommand.Every });
        }
    }

    /// <summary>Its roles get what no policy holds back. The server's own roles take no attributes.</summary>
    private static IEnumerable<Sabotage> Exempting(PolicyClaim claim)
    {
        const string Powerful = "CREATE ROLE symphony_decoy BYPASSRLS";
        var table = claim.Table.ToSql();
        if (claim.Roles.Contains(PolicyState.Public))
        {
            yield return new("a role bypasses every policy", Powerful) { Harmless = true };
            yield break;
        }

        foreach (var role in claim.SortedRoles)
        {
            var name = SqlText.QuoteName(role);
            var isPlain = !role.StartsWith("pg_", StringComparison.Ordinal);
            foreach (var right in isPlain ? ["BYPASSRLS", "SUPERUSER"] : Array.Empty<string>())
            {
                yield return new($"its role {role} gets {right}", $"ALTER ROLE {name} {right}")
                {
                    Harmless = !claim.HoldsBack,
                };
            }

            yield return new(
                $"its role {role} owns the table, whose row security is not forced",
                $"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                $"ALTER TABLE {table} OWNER TO {name}"
            )
            {
                Harmless = !claim.HoldsBack,
            };
            yield return new(
                $"its role {role} owns the table, whose row security is forced",
                $"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                $"ALTER TABLE {table} OWNER TO {name}"
            )
            {
                Harmless = true,
            };
            if (isPlain)
            {
                yield return new(
                    $"its role {role} has the rights of the table's owner",
                    "CREATE ROLE symphony_decoy",
                    $"ALTER ROLE {name} INHERIT",
                    $"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                    $"ALTER TABLE {table} OWNER TO symphony_decoy",
                    $"GRANT symphony_decoy TO {name}"
                )
                {
                    Harmless = !claim.HoldsBack,
                };
                yield return new(
                    $"a member of {role} bypasses every policy",
                    Powerful,
                    $"GRANT {name} TO symphony_decoy"
                )
                {
                    Harmless = true,
                };
            }
        }
    }

    private static PolicyClaim Beside(PolicyClaim claim) => claim with { Name = "symphony_beside" };

    private static IEnumerable<Sabotage> Harmless(PolicyClaim claim, string drop)
    {
        var table = claim.Table.ToSql();
        yield return new("a comment is set", $"COMMENT ON POLICY {Name(claim)} IS 'looked at'") { Harmless = true };
        yield return new("row security is forced", $"ALTER TABLE {table} FORCE ROW LEVEL SECURITY") { Harmless = true };
        yield return new("the policy is made anew", drop, Create(claim)) { Harmless = true };
        yield return new("another policy with a condition stands beside it", Create(Beside(claim))) { Harmless = true };
        yield return new("another policy only holds back", Create(Beside(claim) with { Permissive = false }))
        {
            Harmless = true,
        };
        if (!claim.Roles.Contains(PolicyState.Public))
        {
            yield return new(
                "another role may do everything",
                "CREATE ROLE symphony_decoy",
                $"CREATE POLICY symphony_decoy ON {table} TO symphony_decoy USING (true)"
            )
            {
                Harmless = true,
            };
        }

        yield return new(
            "the same names stand in another schema, open to all",
            [
                .. SabotageSql.NamesakeElsewhere(claim.Table),
                $"CREATE POLICY {SqlText.QuoteName(claim.Name)} ON {SabotageSql.Elsewhere(claim.Table)} USING (true)",
            ]
        )
        {
            Harmless = true,
        };
        yield return new("a temporary table of the same name hides it", SabotageSql.TemporaryNamesake(claim.Table))
        {
            Harmless = true,
        };
        if (claim.Functions is null && claim.Reads.Count == 0)
        {
            yield return new(
                "the same conditions in other words",
                drop,
                Create(
                    claim with
                    {
                        Using = claim.Using is null ? null : $"(({claim.Using})) AND true",
                        WithCheck = claim.WithCheck is null ? null : $"true AND ({claim.WithCheck})",
                    }
                )
            )
            {
                Harmless = true,
            };
        }

        if (claim.WithCheck is null && (claim.Command == PolicyCommand.Every || claim.Command == PolicyCommand.Update))
        {
            yield return new(
                "the condition is said for written rows, too",
                $"ALTER POLICY {Name(claim)} WITH CHECK ({claim.Using})"
            )
            {
                Harmless = true,
            };
        }
    }
}
