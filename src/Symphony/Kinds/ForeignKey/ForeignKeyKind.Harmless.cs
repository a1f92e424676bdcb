using Symphony.Sql;

namespace Symphony.Kinds.ForeignKey;

/// <content>The changes that harm nothing.</content>
public sealed partial class ForeignKeyKind
{
    private static IEnumerable<Sabotage> Harmless(ForeignKeyClaim claim)
    {
        var table = claim.Table.ToSql();
        var referenced = claim.References.Table.ToSql();
        yield return new(
            "a comment is set",
            $"COMMENT ON CONSTRAINT {SqlText.QuoteName(claim.Name)} ON {table} IS 'looked at'"
        )
        {
            Harmless = true,
        };
        yield return new("indexes of the referenced table are rebuilt", $"REINDEX TABLE {referenced}")
        {
            Harmless = true,
        };
        yield return new(
            "the referencing columns are indexed",
            $"CREATE INDEX symphony_decoy ON {table} ({SabotageSql.List(claim.Columns)})"
        )
        {
            Harmless = true,
        };
        yield return new(
            "the referenced columns have another key beside it",
            $"CREATE UNIQUE INDEX symphony_decoy ON {referenced} ({SabotageSql.List(claim.References.Columns)})"
        )
        {
            Harmless = true,
        };
        yield return new("a second foreign key says the same", Add(claim with { Name = "symphony_decoy" }))
        {
            Harmless = true,
        };
        yield return new("user triggers are disabled", $"ALTER TABLE {table} DISABLE TRIGGER USER") { Harmless = true };
        yield return new(
            "another foreign key is not enforced",
            $"ALTER TABLE {table} ADD {Definition(claim with { Name = "symphony_decoy" })} NOT ENFORCED"
        )
        {
            Harmless = true,
            SinceMajor = 18,
        };
        yield return new(
            "columns came and went before it",
            Drop(claim),
            $"ALTER TABLE {table} ADD COLUMN symphony_decoy integer",
            $"ALTER TABLE {table} DROP COLUMN symphony_decoy",
            Add(claim)
        )
        {
            Harmless = true,
        };
        yield return new("the same names stand in another schema", SabotageSql.NamesakeElsewhere(claim.Table))
        {
            Harmless = true,
        };
        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new(
            "a temporary table of the same name hides the referenced one",
            SabotageSql.TemporaryNamesake(claim.References.Table)
        )
        {
            Harmless = true,
        };
        if (claim.Table != claim.References.Table)
        {
            // The server looks for what is referenced in the table itself, so a child cannot weaken it.
            yield return new("the referenced table has an inheritance child", SabotageSql.Child(claim.References.Table))
            {
                Harmless = true,
            };
        }

        if (claim.Validated == Validation.Any)
        {
            yield return new(
                "the constraint is validated",
                $"ALTER TABLE {table} VALIDATE CONSTRAINT {SqlText.QuoteName(claim.Name)}"
            )
            {
                Harmless = true,
            };
            yield return new("existing rows were not checked", Drop(claim), Add(claim) + " NOT VALID")
            {
                Harmless = true,
            };
        }
    }
}
