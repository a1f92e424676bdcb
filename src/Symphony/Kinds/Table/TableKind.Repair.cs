using Symphony.Sql;

namespace Symphony.Kinds.Table;

/// <content>How a table is repaired.</content>
public sealed partial class TableKind
{
    protected override IEnumerable<string> Remedy(WholeTableClaim claim, TableFact? fact)
    {
        if (fact is null || fact.Tree.Any(state => !state.Above && !Relations.Tables.Contains(state.Kind)))
        {
            // What the table held, and where it is now, only a person can find out.
            return [];
        }

        return fact
            .Tree.SelectMany(state =>
                state.Above
                    ? RepairRowSecurity(claim, state)
                    : Repair(claim, state).Concat(RepairRowSecurity(claim, state))
            )
            .Concat(
                Stored(fact)
                    .SelectMany(state =>
                        StorageOptions.Repair(claim.Storage, state.Storage, $"ALTER TABLE {state.Relation}")
                    )
            )
            .Concat(RepairComment(claim, fact));
    }

    private static IEnumerable<string> RepairComment(WholeTableClaim claim, TableFact fact) =>
        claim.Comment is { } comment && comment != fact.Comment
            ? [$"COMMENT ON TABLE {claim.Table.ToSql()} IS {SqlText.QuoteLiteral(comment)}"]
            : [];

    private static IEnumerable<string> RepairRowSecurity(WholeTableClaim claim, TableState state)
    {
        if (claim.RowSecurity != RowSecurity.Any && !state.RowSecurity)
        {
            yield return $"ALTER TABLE {state.Relation} ENABLE ROW LEVEL SECURITY";
        }

        if (claim.RowSecurity == RowSecurity.Forced && !state.RowSecurityForced)
        {
            yield return $"ALTER TABLE {state.Relation} FORCE ROW LEVEL SECURITY";
        }
    }

    private static IEnumerable<string> Repair(WholeTableClaim claim, TableState state)
    {
        if (
            state.Kind != "p"
            && state.Persistence != claim.Persistence.Text
            && claim.Persistence != Persistence.Temporary
        )
        {
            yield return $"ALTER TABLE {state.Relation} SET {(claim.Persistence == Persistence.Permanent ? "LOGGED" : "UNLOGGED")}";
        }

        if (claim.Owner is { } owner && owner != state.Owner)
        {
            yield return $"ALTER TABLE {state.Relation} OWNER TO {SqlText.QuoteName(owner)}";
        }

        if (claim.Rules == RewriteRules.None)
        {
            foreach (var rule in state.Rules)
            {
                yield return $"ALTER TABLE {state.Relation} DISABLE RULE {SqlText.QuoteName(rule)}";
            }
        }
    }
}
