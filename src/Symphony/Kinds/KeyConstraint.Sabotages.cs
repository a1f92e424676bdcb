using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <content>How a key is broken, and the changes that harm nothing.</content>
internal sealed partial record KeyConstraint
{
    public IEnumerable<Sabotage> Sabotages()
    {
        var drop = Drop();
        var add = $"{Alter} ADD ";
        IReadOnlyList<string> extended = [.. Columns, "symphony_decoy"];
        var decoy = new KeyConstraint(new ObjectName("public", "symphony_decoy"), Sql, Name, Columns, Deferrable);

        yield return new("the constraint is dropped", drop);
        yield return new(
            "a plain index stands in its place",
            drop,
            $"CREATE INDEX {IndexName()} ON {Table.ToSql()} ({SabotageSql.List(Columns)})"
        );
        yield return new(
            "a unique index without a constraint stands in its place",
            drop,
            $"CREATE UNIQUE INDEX {IndexName()} ON {Table.ToSql()} ({SabotageSql.List(Columns)})"
        );
        yield return new(
            "a partial unique index stands in its place",
            drop,
            $"CREATE UNIQUE INDEX {IndexName()} ON {Table.ToSql()} ({SabotageSql.List(Columns)}) WHERE false"
        );
        yield return new(
            "a check constraint of that name stands in its place",
            drop,
            $"{add}CONSTRAINT {IndexName()} CHECK ({SqlText.QuoteName(Columns[0])} IS NOT NULL) NOT VALID"
        );
        yield return new(
            "an exclusion constraint that excludes nothing stands in its place",
            drop,
            $"{add}CONSTRAINT {IndexName()} EXCLUDE USING btree ({string.Join(", ", Columns.Select(column => SqlText.QuoteName(column) + " WITH ="))}) WHERE (false)"
        );
        yield return new(
            "the constraint stands on another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {Table.ToSql()})",
            $"{decoy.Alter} ADD {decoy.Definition()}"
        );
        yield return new(
            "the constraint stands in another schema only",
            [.. SabotageSql.NamesakeElsewhere(Table), drop]
        );
        yield return new(
            "one more column lets duplicates differ",
            drop,
            $"{Alter} ADD COLUMN symphony_decoy integer DEFAULT 0 NOT NULL",
            add + Definition(columns: extended)
        );
        yield return new(
            "another column bears the constraint",
            drop,
            $"{Alter} ADD COLUMN symphony_decoy integer GENERATED ALWAYS AS IDENTITY",
            add + Definition(columns: ["symphony_decoy"])
        );
        if (Columns.Count > 1)
        {
            yield return new("the columns change places", drop, add + Definition(columns: Columns.Reverse()));
            yield return new("the last column is missing", drop, add + Definition(columns: Columns.SkipLast(1)));
            yield return new(
                "the last column is only carried along",
                drop,
                add
                    + Definition(
                        columns: Columns.SkipLast(1),
                        suffix: $" INCLUDE ({SabotageSql.List(Columns.TakeLast(1))})"
                    )
            );
        }

        foreach (var sabotage in OfTiming(drop, add).Concat(InTheCatalog()))
        {
            yield return sabotage;
        }

        yield return new("an inheritance child escapes it", SabotageSql.Child(Table)) { BeyondRemedy = true };
        yield return new(
            "an inheritance child has a key of its own, and shares rows' keys with its parent",
            SabotageSql.Child(Table),
            $"ALTER TABLE {Relations.Decoy} ADD UNIQUE ({SabotageSql.List(Columns)})"
        )
        {
            BeyondRemedy = true,
        };
        foreach (var harmless in Harmless(drop, add))
        {
            yield return harmless;
        }
    }

    private IEnumerable<Sabotage> OfTiming(string drop, string add)
    {
        if (!Deferrable)
        {
            yield return new("the constraint is deferrable", drop, add + Definition(" DEFERRABLE"));
            yield return new("the constraint is deferred", drop, add + Definition(" DEFERRABLE INITIALLY DEFERRED"));
            yield break;
        }

        yield return new("the constraint cannot be deferred", drop, add + Definition(" NOT DEFERRABLE"));
        yield return new(
            "the trigger that looks again is disabled",
            $"ALTER TABLE {Table.ToSql()} DISABLE TRIGGER ALL"
        );
        yield return SabotageSql.CatalogWrite(
            "the table's flag switches triggers off",
            SabotageSql.SetRelationFlag(Table, "relhastriggers = false")
        );
        yield return new(
            "new sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
        yield return new(
            "new sessions skip triggers, in capitals",
            SabotageSql.SetForDatabase("session_replication_role = 'REPLICA'")
        );
        yield return new(
            "the constraint is deferred from the start",
            drop,
            add + Definition(" DEFERRABLE INITIALLY DEFERRED")
        )
        {
            Harmless = true,
        };
    }

    private IEnumerable<Sabotage> InTheCatalog()
    {
        string Set(string assignment) =>
            $"UPDATE pg_catalog.pg_index SET {assignment} WHERE indexrelid = ({OwnIndex("conindid")})";
        yield return SabotageSql.CatalogWrite("the index is left invalid", Set("indisvalid = false"));
        yield return SabotageSql.CatalogWrite("the index is not ready", Set("indisready = false"));
        yield return SabotageSql.CatalogWrite("the index is being dropped", Set("indislive = false"));
        yield return SabotageSql.CatalogWrite("the index is not unique", Set("indisunique = false"));
        yield return SabotageSql.CatalogWrite(
            "the index refuses at another time",
            Set($"indimmediate = {(Deferrable ? "true" : "false")}")
        );
        yield return SabotageSql.CatalogWrite(
            "the table's flag switches indexes off",
            SabotageSql.SetRelationFlag(Table, "relhasindex = false")
        );
    }

    private IEnumerable<Sabotage> Harmless(string drop, string add)
    {
        var table = Table.ToSql();
        yield return new(
            "a comment is set",
            ForOwn("COMMENT ON CONSTRAINT ", "%I", $" ON {table} IS 'looked at'", "conname")
        )
        {
            Harmless = true,
        };
        yield return new("the index is rebuilt", ForOwn("REINDEX INDEX ", "%s", "", "conindid::pg_catalog.regclass"))
        {
            Harmless = true,
        };
        yield return new(
            "the table is written in the index's order",
            ForOwn($"CLUSTER {table} USING ", "%I", "", "conname")
        )
        {
            Harmless = true,
        };
        yield return new(
            "a storage option is set",
            drop,
            add + Definition($" WITH (fillfactor = 70){(Deferrable ? " DEFERRABLE" : "")}")
        )
        {
            Harmless = true,
        };
        var isNullsNotDistinct = Sql.Contains(NullsNotDistinct, StringComparison.Ordinal);
        yield return new(
            "the constraint was made from an index",
            drop,
            $"CREATE UNIQUE INDEX symphony_decoy ON {table} ({SabotageSql.List(Columns)}){(isNullsNotDistinct ? NullsNotDistinct : "")}",
            $"{add}{(Name is null ? "" : $"CONSTRAINT {SqlText.QuoteName(Name)} ")}{Sql.Replace(NullsNotDistinct, "", StringComparison.Ordinal)} USING INDEX symphony_decoy{(Deferrable ? " DEFERRABLE" : "")}"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a column is carried along",
            drop,
            $"{Alter} ADD COLUMN symphony_decoy integer",
            add + Definition($" INCLUDE (symphony_decoy){(Deferrable ? " DEFERRABLE" : "")}")
        )
        {
            Harmless = true,
        };
        yield return new(
            "another index stands beside it",
            $"CREATE INDEX symphony_decoy ON {table} ({SabotageSql.List(Columns)})"
        )
        {
            Harmless = true,
        };
        yield return new(
            "columns came and went before it",
            drop,
            $"{Alter} ADD COLUMN symphony_decoy integer",
            $"{Alter} DROP COLUMN symphony_decoy",
            add + Definition()
        )
        {
            Harmless = true,
        };
        yield return new("the same names stand in another schema", SabotageSql.NamesakeElsewhere(Table))
        {
            Harmless = true,
        };
        yield return new("a session's temporary child", SabotageSql.Child(Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new("statistics are read", $"ANALYZE {table}") { Harmless = true };
        if (!Deferrable)
        {
            yield return new("triggers of the table are disabled", $"ALTER TABLE {table} DISABLE TRIGGER ALL")
            {
                Harmless = true,
            };
        }
    }
}
