using Symphony.Sql;

namespace Symphony.Kinds.ForeignKey;

/// <content>How a foreign key is repaired.</content>
public sealed partial class ForeignKeyKind
{
    protected override IEnumerable<string> Remedy(ForeignKeyClaim claim, ForeignKeyFact? fact)
    {
        if (fact is { Children.Count: > 0 })
        {
            // Whether the children's rows are to be bound is for a person to say.
            return [];
        }

        var sessions = NewSessions.FireTriggers(fact?.SessionsWithoutTriggers ?? []);
        return sessions
            .Concat(RepairIndex(fact))
            .Concat(fact is not null && IsSound(claim, fact) ? [] : Recreate(claim, fact));
    }

    private static IEnumerable<string> RepairIndex(ForeignKeyFact? fact)
    {
        if (fact is { ReferencedIndexEnforces: false, ReferencedIndex: { } index })
        {
            yield return $"REINDEX INDEX {index}";
        }
    }

    /// <summary>Nothing is wrong with the constraint itself.</summary>
    private static bool IsSound(ForeignKeyClaim claim, ForeignKeyFact fact)
    {
        var judgement = new Judgement(new Catalog.ExpressionForms());
        new ForeignKeyKind().Judge(
            claim,
            fact with
            {
                ReferencedIndexEnforces = true,
                SessionsWithoutTriggers = [],
            },
            judgement
        );
        return judgement.Differences.Count == 0;
    }

    /// <summary>The triggers come and go with the constraint; enabling them one by one would need a superuser.</summary>
    private static IEnumerable<string> Recreate(ForeignKeyClaim claim, ForeignKeyFact? fact)
    {
        var alter = $"ALTER TABLE {claim.Table.ToSql()}";
        yield return $"{alter} DROP CONSTRAINT IF EXISTS {SqlText.QuoteName(claim.Name)}";
        // Before PostgreSQL 18 a partitioned table's foreign key cannot be NOT VALID; whether the table is one is not
        // known of a constraint that is not there.
        var isValidated = fact is null
            ? claim.Validated == Validation.True
            : fact.RelationKind == "p" && claim.Validated != Validation.False;
        yield return $"{alter} ADD {Definition(claim)}{(isValidated ? "" : " NOT VALID")}";
        if (
            !isValidated
            && (
                claim.Validated == Validation.True || (claim.Validated == Validation.Any && fact is { Validated: true })
            )
        )
        {
            yield return $"{alter} VALIDATE CONSTRAINT {SqlText.QuoteName(claim.Name)}";
        }
    }

    private static string Definition(ForeignKeyClaim claim, string suffix = "") =>
        $"CONSTRAINT {SqlText.QuoteName(claim.Name)} FOREIGN KEY ({SabotageSql.List(claim.Columns)}) REFERENCES {claim.References.Table.ToSql()} ({SabotageSql.List(claim.References.Columns)})"
        + (claim.Match == ReferenceMatch.Full ? " MATCH FULL" : "")
        + $" ON DELETE {ActionSql(claim.OnDelete)} ON UPDATE {ActionSql(claim.OnUpdate)}"
        + (claim.Deferrable && suffix.Length == 0 ? " DEFERRABLE" : suffix);

    private static string ActionSql(ReferentialAction action) => action.Text.Replace('_', ' ').ToUpperInvariant();
}
