using Symphony.Sql;

namespace Symphony.Kinds.Policy;

/// <content>How a policy is repaired, and how it is broken.</content>
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
