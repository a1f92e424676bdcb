using Symphony.Sql;

namespace Symphony.Kinds.RowSecurity;

/// <content>How row security is repaired, and how it is broken.</content>
public sealed partial class RowSecurityKind
{
    protected override IEnumerable<string> Remedy(RowSecurityClaim claim, RowSecurityFact? fact)
    {
        // Which policies there are to be, and what they say, is for a person: only the switches are set here.
        var relations = fact?.Tree.Where((relation, place) => place == 0 || IsLookedAt(claim, relation)) ?? [];
        foreach (var relation in relations)
        {
            var alter = $"ALTER TABLE {relation.Relation.ToSql()}";
            if (relation.Enabled != claim.Enabled)
            {
                yield return $"{alter} {(claim.Enabled ? "ENABLE" : "DISABLE")} ROW LEVEL SECURITY";
            }

            if (claim.Forced != Validation.Any && relation.Forced != (claim.Forced == Validation.True))
            {
                yield return $"{alter} {(claim.Forced == Validation.True ? "" : "NO ")}FORCE ROW LEVEL SECURITY";
            }
        }
    }

    protected override IEnumerable<Sabotage> Sabotages(RowSecurityClaim claim)
    {
        var table = claim.Table.ToSql();
        foreach (var sabotage in OfSwitches(claim, table).Concat(claim.Enabled ? OfPolicies(claim, table) : []))
        {
            yield return sabotage;
        }

        if (claim.Bypass is not null)
        {
            yield return new("a role bypasses it", "CREATE ROLE symphony_decoy BYPASSRLS") { BeyondRemedy = true };
        }
        else
        {
            yield return new("a role that bypasses it is made", "CREATE ROLE symphony_decoy BYPASSRLS")
            {
                Harmless = true,
            };
        }

        foreach (var harmless in Harmless(claim, table))
        {
            yield return harmless;
        }
    }

    private static IEnumerable<Sabotage> OfSwitches(RowSecurityClaim claim, string table)
    {
        string Switch(string relation, string what) => $"ALTER TABLE {relation} {what} ROW LEVEL SECURITY";
        yield return new(
            claim.Enabled ? "row security is switched off" : "row security is switched on",
            Switch(table, claim.Enabled ? "DISABLE" : "ENABLE")
        );
        var force = claim.Forced == Validation.True ? "NO FORCE" : "FORCE";
        yield return new("it binds other roles than claimed", Switch(table, force))
        {
            Harmless = claim.Forced == Validation.Any,
        };
        var child = SabotageSql.Child(claim.Table);
        IReadOnlyList<string> guarded = [child, Switch(Relations.Decoy, "ENABLE"), Switch(Relations.Decoy, "FORCE")];
        if (claim.Enabled)
        {
            yield return new("a child has no row security", child)
            {
                Harmless = claim.Children == RowSecurityOfChildren.Any,
            };
            yield return new(
                "a policy of a child lets every row through",
                [.. guarded, $"CREATE POLICY symphony_decoy ON {Relations.Decoy} USING (1 = 1)"]
            )
            {
                Harmless = claim.Children == RowSecurityOfChildren.Any,
                BeyondRemedy = true,
            };
            yield return new(
                "a grandchild has no row security",
                [.. guarded, $"CREATE TABLE public.symphony_below () INHERITS ({Relations.Decoy})"]
            )
            {
                Harmless = claim.Children == RowSecurityOfChildren.Any,
            };
            if (claim.Forced == Validation.True)
            {
                yield return new("a child's owner sees every row", [child, Switch(Relations.Decoy, "ENABLE")])
                {
                    Harmless = claim.Children == RowSecurityOfChildren.Any,
                };
            }

            if (claim.Forced != Validation.False)
            {
                yield return new("a child is guarded as well", guarded) { Harmless = true };
            }
        }

        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> OfPolicies(RowSecurityClaim claim, string table)
    {
        var isOpen = claim.PermissivePolicies == PermissivePolicies.Some;
        Sabotage Added(string name, string policy) =>
            new(name, $"CREATE POLICY symphony_decoy ON {table} {policy}") { BeyondRemedy = true };
        yield return Added("a policy lets every row through", "USING (true)");
        yield return Added(
            "a policy lets every row through in other words",
            "FOR SELECT TO CURRENT_USER USING (1 = 1 OR false)"
        );
        yield return Added("a policy lets every row be written", "FOR INSERT WITH CHECK (NOT false)");
        yield return Added("a policy that holds back was gutted", "AS RESTRICTIVE USING (true)");
        yield return Added(
            "a policy lets more rows through",
            "USING (pg_catalog.current_setting('app.symphony', true) = 'on')"
        ) with
        {
            Harmless = claim.Policies is null && isOpen,
        };
        yield return Added("a policy holds more rows back", "AS RESTRICTIVE USING (current_user <> 'nobody')") with
        {
            Harmless = true,
        };
        if (isOpen)
        {
            yield return new(
                "every policy is dropped",
                SabotageSql.Execute(SabotageSql.Format("DROP POLICY ", "%I", $" ON {table}", "polname") + Own(claim))
            )
            {
                BeyondRemedy = true,
            };
        }

        foreach (var policy in claim.Policies ?? [])
        {
            yield return new(
                $"the policy {policy} bears another name",
                $"ALTER POLICY {SqlText.QuoteName(policy)} ON {table} RENAME TO symphony_decoy"
            )
            {
                BeyondRemedy = true,
            };
        }
    }

    private static string Own(RowSecurityClaim claim) =>
        $" FROM pg_catalog.pg_policy WHERE polrelid = {SabotageSql.Regclass(claim.Table)}";

    private static IEnumerable<Sabotage> Harmless(RowSecurityClaim claim, string table)
    {
        yield return new("a comment is set", $"COMMENT ON TABLE {table} IS 'looked at'") { Harmless = true };
        yield return new("a column is added", $"ALTER TABLE {table} ADD COLUMN symphony_decoy integer")
        {
            Harmless = true,
        };
        yield return new("a temporary table of the same name hides it", SabotageSql.TemporaryNamesake(claim.Table))
        {
            Harmless = true,
        };
        yield return new(
            "the same name stands in another schema, open to all",
            [
                .. SabotageSql.NamesakeElsewhere(claim.Table),
                $"CREATE POLICY symphony_decoy ON {SabotageSql.Elsewhere(claim.Table)} USING (true)",
            ]
        )
        {
            Harmless = true,
        };
        yield return new("new sessions ask for row security off", SabotageSql.SetForDatabase("row_security = off"))
        {
            Harmless = true,
        };
        yield return new("statistics are read", $"ANALYZE {table}") { Harmless = true };
    }
}
