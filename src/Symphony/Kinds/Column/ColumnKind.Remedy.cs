using Symphony.Sql;

namespace Symphony.Kinds.Column;

/// <content>How a column is repaired.</content>
public sealed partial class ColumnKind
{
    protected override IEnumerable<string> Remedy(ColumnClaim claim, ColumnFact? fact)
    {
        var alter = $"ALTER TABLE {claim.Table.ToSql()}";
        if (fact is null)
        {
            return claim.Type is null ? [] : [$"{alter} ADD COLUMN {Definition(claim)}", .. SetComment(claim, null)];
        }

        if (
            !Relations.Tables.Contains(fact.RelationKind)
            || fact.Children.Any(child => !Relations.Tables.Contains(child.Kind))
        )
        {
            return [];
        }

        if (fact.Generated is null && claim.Generated is not null && !claim.IsNotGenerated)
        {
            // Its values were written by somebody; computing them would overwrite them.
            return [];
        }

        return RepairSource(claim, fact, alter).Concat(RepairNull(claim, fact)).Concat(SetComment(claim, fact.Comment));
    }

    private static IEnumerable<string> SetComment(ColumnClaim claim, string? found) =>
        claim.Comment is { } comment && comment != found
            ?
            [
                $"COMMENT ON COLUMN {claim.Table.ToSql()}.{SqlText.QuoteName(claim.Name)} IS {SqlText.QuoteLiteral(comment)}",
            ]
            : [];

    private static string Definition(ColumnClaim claim) =>
        $"{SqlText.QuoteName(claim.Name)} {ColumnType.Normalise(claim.Type!)}"
        + (claim.Collation is null ? "" : $" COLLATE {claim.Collation.ToSql()}")
        + (claim.Generated is null || claim.IsNotGenerated ? "" : $" GENERATED ALWAYS AS ({claim.Generated}) STORED")
        + (
            claim.Identity is { } identity && identity != Column.Identity.None
                ? $" GENERATED {IdentitySql(identity)} AS IDENTITY"
                : ""
        )
        + (claim.Default is null || claim.HasNoDefault ? "" : $" DEFAULT {claim.Default}")
        + (claim.Nullable == false ? " NOT NULL" : "");

    private static IEnumerable<string> RepairSource(ColumnClaim claim, ColumnFact fact, string alter)
    {
        var column = $"{alter} ALTER COLUMN {SqlText.QuoteName(claim.Name)}";
        var mustNotBeComputed = claim.IsNotGenerated || claim.Default is not null;
        if (fact.Generated is not null && mustNotBeComputed)
        {
            yield return $"{column} DROP EXPRESSION";
        }

        if (
            fact.Identity != "none"
            && (claim.Identity == Column.Identity.None || (claim.HasNoDefault && claim.Identity is null))
        )
        {
            yield return $"{column} DROP IDENTITY";
        }

        foreach (var statement in RepairType(claim, fact, column))
        {
            yield return statement;
        }

        if (fact.Default is not null && (claim.HasNoDefault || IsIdentity(claim)))
        {
            yield return $"{column} DROP DEFAULT";
        }
        else if (claim.Default is not null && !claim.HasNoDefault)
        {
            yield return $"{column} SET DEFAULT {claim.Default}";
        }
        else if (claim.Generated is not null && !claim.IsNotGenerated)
        {
            // Before PostgreSQL 17 the server refuses this: the column has to be made anew, which is a migration.
            yield return $"{column} SET EXPRESSION AS ({claim.Generated})";
        }

        if (claim.Identity is { } identity && identity != Column.Identity.None && identity.Text != fact.Identity)
        {
            yield return fact.Identity == "none"
                ? $"{column} SET NOT NULL, ALTER COLUMN {SqlText.QuoteName(claim.Name)} ADD GENERATED {IdentitySql(identity)} AS IDENTITY"
                : $"{column} SET GENERATED {IdentitySql(identity)}";
        }
    }

    private static IEnumerable<string> RepairType(ColumnClaim claim, ColumnFact fact, string column)
    {
        var type = claim.Type is null ? fact.Type : ColumnType.Normalise(claim.Type);
        var collationDiffers =
            claim.Collation is not null
            && (fact.Collation is null || Catalog.ObjectName.Parse(fact.Collation) != claim.Collation);
        if (type == fact.Type && !collationDiffers)
        {
            yield break;
        }

        // A default of the old type may not fit the new one: it is set again afterwards.
        var isKept = fact.Default is not null && fact.Generated is null;
        if (isKept)
        {
            yield return $"{column} DROP DEFAULT";
        }

        yield return $"{column} TYPE {type}{(claim.Collation is null ? "" : $" COLLATE {claim.Collation.ToSql()}")} USING CAST({SqlText.QuoteName(claim.Name)} AS {type})";
        if (isKept && claim.Default is null)
        {
            yield return $"{column} SET DEFAULT {fact.Default}";
        }
    }

    private static IEnumerable<string> RepairNull(ColumnClaim claim, ColumnFact fact)
    {
        var name = SqlText.QuoteName(claim.Name);
        var table = claim.Table.ToSql();
        if (claim.Nullable == true && fact.NotNull)
        {
            yield return $"ALTER TABLE {table} ALTER COLUMN {name} DROP NOT NULL";
        }

        if (claim.Nullable != false)
        {
            yield break;
        }

        if (fact.NotNullConstraint is { } constraint && (!fact.NotNull || fact.NotNullNoInherit))
        {
            // SET NOT NULL is content with a constraint that is there, whatever its state.
            yield return $"ALTER TABLE {table} DROP CONSTRAINT {SqlText.QuoteName(constraint)}";
        }

        yield return $"ALTER TABLE {table} ALTER COLUMN {name} SET NOT NULL";
        foreach (var child in fact.Children.Where(AcceptsNull))
        {
            yield return $"ALTER TABLE {child.Relation} ALTER COLUMN {name} SET NOT NULL";
        }
    }

    private static string IdentitySql(Identity identity) =>
        identity == Column.Identity.Always ? "ALWAYS" : "BY DEFAULT";
}
