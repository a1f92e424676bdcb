using Symphony.Sql;

namespace Symphony.Kinds.ForeignKey;

/// <content>How a foreign key is broken.</content>
public sealed partial class ForeignKeyKind
{
    protected override IEnumerable<Sabotage> Sabotages(ForeignKeyClaim claim) =>
        InItsPlace(claim)
            .Concat(Otherwise(claim))
            .Concat(Elsewhere(claim))
            .Concat(SwitchedOff(claim))
            .Concat(InTheCatalog(claim))
            .Concat(Harmless(claim));

    private static string Drop(ForeignKeyClaim claim) =>
        $"ALTER TABLE {claim.Table.ToSql()} DROP CONSTRAINT {SqlText.QuoteName(claim.Name)}";

    private static string Add(ForeignKeyClaim claim, string suffix = "") =>
        $"ALTER TABLE {claim.Table.ToSql()} ADD {Definition(claim, suffix)}{(claim.Validated == Validation.False ? " NOT VALID" : "")}";

    private static Sabotage Recreated(string name, ForeignKeyClaim claim, ForeignKeyClaim changed) =>
        new(name, Drop(claim), Add(changed));

    /// <summary>The name stands, and something else bears it.</summary>
    private static IEnumerable<Sabotage> InItsPlace(ForeignKeyClaim claim)
    {
        var table = claim.Table.ToSql();
        yield return new("the constraint is dropped", Drop(claim));
        yield return new(
            "a check constraint of that name stands in its place",
            Drop(claim),
            $"ALTER TABLE {table} ADD CONSTRAINT {SqlText.QuoteName(claim.Name)} CHECK ({SqlText.QuoteName(claim.Columns[0])} IS NOT NULL) NOT VALID"
        );
        yield return new(
            "the constraint stands on another table",
            Drop(claim),
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            Add(claim with { Table = new("public", "symphony_decoy") })
        );
        yield return new(
            "the constraint stands in another schema only",
            Drop(claim),
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE TABLE {SabotageSql.Elsewhere(claim.Table)} (LIKE {table})",
            Add(claim with { Table = new(Relations.DecoySchema, claim.Table.Name) })
        );
        yield return new("an inheritance child escapes it", SabotageSql.Child(claim.Table)) { BeyondRemedy = true };
    }

    private static IEnumerable<Sabotage> Otherwise(ForeignKeyClaim claim)
    {
        foreach (var action in ReferentialAction.All)
        {
            if (action != claim.OnDelete)
            {
                yield return Recreated($"a delete does {ActionSql(action)}", claim, claim with { OnDelete = action });
            }

            if (action != claim.OnUpdate)
            {
                yield return Recreated($"an update does {ActionSql(action)}", claim, claim with { OnUpdate = action });
            }
        }

        yield return Recreated(
            "NULLs are matched otherwise",
            claim,
            claim with
            {
                Match = claim.Match == ReferenceMatch.Full ? ReferenceMatch.Simple : ReferenceMatch.Full,
            }
        );
        yield return Recreated(
            "the constraint can be deferred, or no longer",
            claim,
            claim with
            {
                Deferrable = !claim.Deferrable,
            }
        );
        if (!claim.Deferrable)
        {
            yield return new("the constraint is deferred", Drop(claim), Add(claim, " DEFERRABLE INITIALLY DEFERRED"));
            yield return new(
                "the constraint was altered to be deferrable",
                $"ALTER TABLE {claim.Table.ToSql()} ALTER CONSTRAINT {SqlText.QuoteName(claim.Name)} DEFERRABLE"
            );
        }

        if (claim.Validated == Validation.True)
        {
            yield return new("existing rows were never checked", Drop(claim), Add(claim) + " NOT VALID");
        }

        if (claim.Validated == Validation.False)
        {
            yield return new(
                "the constraint is validated",
                $"ALTER TABLE {claim.Table.ToSql()} VALIDATE CONSTRAINT {SqlText.QuoteName(claim.Name)}"
            );
        }

        if (claim.OnDelete == ReferentialAction.SetNull || claim.OnDelete == ReferentialAction.SetDefault)
        {
            yield return new(
                "a delete changes some columns only",
                Drop(claim),
                Add(claim)
                    .Replace(
                        $"ON DELETE {ActionSql(claim.OnDelete)}",
                        $"ON DELETE {ActionSql(claim.OnDelete)} ({SqlText.QuoteName(claim.Columns[^1])})",
                        StringComparison.Ordinal
                    )
            )
            {
                SinceMajor = 15,
            };
        }

        yield return new(
            "the constraint is not enforced",
            Drop(claim),
            $"ALTER TABLE {claim.Table.ToSql()} ADD {Definition(claim)} NOT ENFORCED"
        )
        {
            SinceMajor = 18,
        };
        yield return new(
            "the constraint was altered to be not enforced",
            $"ALTER TABLE {claim.Table.ToSql()} ALTER CONSTRAINT {SqlText.QuoteName(claim.Name)} NOT ENFORCED"
        )
        {
            SinceMajor = 18,
        };
    }

    /// <summary>Another table is referenced, or another column.</summary>
    private static IEnumerable<Sabotage> Elsewhere(ForeignKeyClaim claim)
    {
        var referenced = claim.References.Table.ToSql();
        var decoy = new Catalog.ObjectName("public", "symphony_decoy");
        var namesake = new Catalog.ObjectName(Relations.DecoySchema, claim.References.Table.Name);
        string AddColumn(Catalog.ObjectName to, Catalog.ObjectName like, string column) =>
            SabotageSql.Execute(
                SabotageSql.Format(
                    $"ALTER TABLE {to.ToSql()} ADD COLUMN symphony_decoy ",
                    "%s",
                    "",
                    "pg_catalog.format_type(atttypid, atttypmod)"
                )
                    + $" FROM pg_catalog.pg_attribute WHERE attrelid = {SabotageSql.Regclass(like)} AND attname = {SqlText.QuoteLiteral(column)}"
            );
        IReadOnlyList<string> LastReplaced(IReadOnlyList<string> columns) => [.. columns.SkipLast(1), "symphony_decoy"];

        yield return new(
            "a copy of the table is referenced",
            Drop(claim),
            $"CREATE TABLE {decoy.ToSql()} (LIKE {referenced} INCLUDING ALL)",
            Add(claim with { References = claim.References with { Table = decoy } })
        );
        yield return new(
            "a table of the same name in another schema is referenced",
            [
                Drop(claim),
                .. SabotageSql.NamesakeElsewhere(claim.References.Table),
                Add(claim with { References = claim.References with { Table = namesake } }),
            ]
        );
        yield return new(
            "another column references",
            Drop(claim),
            AddColumn(claim.Table, claim.Table, claim.Columns[^1]),
            Add(claim with { Columns = LastReplaced(claim.Columns) })
        );
        yield return new(
            "another column is referenced",
            Drop(claim),
            AddColumn(claim.References.Table, claim.References.Table, claim.References.Columns[^1]),
            $"ALTER TABLE {referenced} ADD UNIQUE ({SabotageSql.List(LastReplaced(claim.References.Columns))})",
            Add(claim with { References = claim.References with { Columns = LastReplaced(claim.References.Columns) } })
        );
        if (claim.Columns.Count > 1)
        {
            yield return Recreated(
                "the pairs are listed in another order",
                claim,
                claim with
                {
                    Columns = [.. claim.Columns.Reverse()],
                    References = claim.References with { Columns = [.. claim.References.Columns.Reverse()] },
                }
            ) with
            {
                Harmless = true,
            };
            yield return new(
                "the last pair is missing",
                Drop(claim),
                $"ALTER TABLE {referenced} ADD UNIQUE ({SabotageSql.List(claim.References.Columns.SkipLast(1))})",
                Add(
                    claim with
                    {
                        Columns = [.. claim.Columns.SkipLast(1)],
                        References = claim.References with { Columns = [.. claim.References.Columns.SkipLast(1)] },
                    }
                )
            );
        }
    }

    /// <summary>The constraint looks untouched; its triggers do not fire.</summary>
    private static IEnumerable<Sabotage> SwitchedOff(ForeignKeyClaim claim)
    {
        string Each(string command, string which) =>
            SabotageSql.Execute(
                $"SELECT pg_catalog.format('ALTER TABLE %s {command} TRIGGER %I', g.tgrelid::pg_catalog.regclass, g.tgname) FROM {Triggers(claim)} AND {which}"
            );

        yield return new(
            "all triggers of the table are disabled",
            $"ALTER TABLE {claim.Table.ToSql()} DISABLE TRIGGER ALL"
        );
        yield return new(
            "all triggers of the referenced table are disabled",
            $"ALTER TABLE {claim.References.Table.ToSql()} DISABLE TRIGGER ALL"
        );
        foreach (
            var (name, which) in new[]
            {
                ("that looks at new rows", "p.proname = 'RI_FKey_check_ins'"),
                ("that looks at changed rows", "p.proname = 'RI_FKey_check_upd'"),
                ("that guards against deletes", "p.proname LIKE '%del'"),
                ("that guards against changes", "p.proname LIKE '%upd' AND p.proname NOT LIKE '%check%'"),
            }
        )
        {
            yield return new($"the trigger {name} is disabled", Each("DISABLE", which));
            yield return new($"the trigger {name} fires in replication only", Each("ENABLE REPLICA", which));
        }

        yield return new(
            "new sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
        yield return new(
            "new sessions of one role skip triggers",
            SabotageSql.Execute(
                "SELECT pg_catalog.format('ALTER ROLE %I IN DATABASE %I SET session_replication_role = replica', current_user, pg_catalog.current_database())"
            )
        );
        yield return new("the triggers fire always", Each("ENABLE ALWAYS", "true")) { Harmless = true };
        yield return new(
            "the triggers fire always, and sessions skip others",
            Each("ENABLE ALWAYS", "true"),
            SabotageSql.SetForDatabase("session_replication_role = replica")
        )
        {
            Harmless = true,
        };
        yield return new(
            "new sessions are said to be local",
            SabotageSql.SetForDatabase("session_replication_role = local")
        )
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> InTheCatalog(ForeignKeyClaim claim)
    {
        string Own(string column) =>
            $"SELECT {column} FROM pg_catalog.pg_constraint WHERE conrelid = {SabotageSql.Regclass(claim.Table)} AND conname = {SqlText.QuoteLiteral(claim.Name)}";
        string RemoveTriggers(string which) =>
            // The dependencies go first, or the constraint could never be dropped again.
            $"WITH gone AS (DELETE FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND objid IN (SELECT g.oid FROM {Triggers(claim)} AND {which})) "
            + $"DELETE FROM pg_catalog.pg_trigger WHERE oid IN (SELECT g.oid FROM {Triggers(claim)} AND {which})";
        string SetIndex(string assignment) =>
            $"UPDATE pg_catalog.pg_index SET {assignment} WHERE indexrelid = ({Own("conindid")})";

        yield return SabotageSql.CatalogWrite(
            "the triggers that look up are gone",
            RemoveTriggers("p.proname LIKE '%check%'")
        );
        yield return SabotageSql.CatalogWrite(
            "the triggers that guard are gone",
            RemoveTriggers("p.proname NOT LIKE '%check%'")
        );
        yield return SabotageSql.CatalogWrite(
            "the trigger that guards against deletes does something else",
            $"UPDATE pg_catalog.pg_trigger SET tgfoid = 'pg_catalog.\"RI_FKey_{(claim.OnDelete == ReferentialAction.Cascade ? "setnull" : "cascade")}_del\"()'::pg_catalog.regprocedure "
                + $"WHERE oid IN (SELECT g.oid FROM {Triggers(claim)} AND p.proname LIKE '%del')"
        );
        yield return SabotageSql.CatalogWrite(
            "the table's flag switches triggers off",
            SabotageSql.SetRelationFlag(claim.Table, "relhastriggers = false")
        );
        yield return SabotageSql.CatalogWrite(
            "the referenced table's flag switches triggers off",
            SabotageSql.SetRelationFlag(claim.References.Table, "relhastriggers = false")
        );
        yield return SabotageSql.CatalogWrite("the referenced index is invalid", SetIndex("indisvalid = false"));
        yield return SabotageSql.CatalogWrite("the referenced index is not maintained", SetIndex("indisready = false"));
        yield return SabotageSql.CatalogWrite("the referenced index is being dropped", SetIndex("indislive = false"));
        yield return SabotageSql.CatalogWrite(
            "the referenced index is not unique",
            SetIndex("indisunique = false")
        ) with
        {
            BeyondRemedy = true,
        };
        yield return SabotageSql.CatalogWrite(
            "the referenced table's flag switches indexes off",
            SabotageSql.SetRelationFlag(claim.References.Table, "relhasindex = false")
        );
    }

    /// <summary>The constraint's own triggers, on both sides; a condition can follow.</summary>
    private static string Triggers(ForeignKeyClaim claim) =>
        "pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid JOIN pg_catalog.pg_constraint k ON k.oid = g.tgconstraint "
        + $"WHERE k.conrelid = {SabotageSql.Regclass(claim.Table)} AND k.conname = {SqlText.QuoteLiteral(claim.Name)}";
}
