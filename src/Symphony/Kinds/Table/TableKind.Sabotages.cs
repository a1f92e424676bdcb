using Symphony.Sql;

namespace Symphony.Kinds.Table;

/// <content>How a table is broken.</content>
public sealed partial class TableKind
{
    protected override IEnumerable<Sabotage> Sabotages(WholeTableClaim claim) =>
        InItsPlace(claim).Concat(Weakened(claim)).Concat(Rules(claim)).Concat(Children(claim)).Concat(Harmless(claim));

    /// <summary>The name stands, and something else bears it.</summary>
    private static IEnumerable<Sabotage> InItsPlace(WholeTableClaim claim)
    {
        var table = claim.Table.ToSql();
        var away = $"ALTER TABLE {table} RENAME TO symphony_decoy";
        var moved = (claim.Table with { Name = "symphony_decoy" }).ToSql();
        var upper = claim.Table.Name.ToUpperInvariant();

        yield return new("the table is dropped", $"DROP TABLE {table} CASCADE") { BeyondRemedy = true };
        yield return new("a view stands in its place", away, $"CREATE VIEW {table} AS SELECT * FROM {moved}")
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a materialized view stands in its place",
            away,
            $"CREATE MATERIALIZED VIEW {table} AS SELECT * FROM {moved}"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a foreign table stands in its place",
            [away, .. SabotageSql.ForeignServer, $"CREATE FOREIGN TABLE {table} () SERVER symphony_decoy"]
        )
        {
            BeyondRemedy = true,
        };
        yield return new("a sequence stands in its place", away, $"CREATE SEQUENCE {table}") { BeyondRemedy = true };
        yield return new("a temporary table stands in its place", away, SabotageSql.TemporaryNamesake(claim.Table))
        {
            BeyondRemedy = true,
        };
        yield return new(
            "the table is in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"ALTER TABLE {table} SET SCHEMA {Relations.DecoySchema}"
        )
        {
            BeyondRemedy = true,
        };
        if (upper != claim.Table.Name)
        {
            yield return new(
                "the name is written in another case",
                $"ALTER TABLE {table} RENAME TO {SqlText.QuoteName(upper)}"
            )
            {
                BeyondRemedy = true,
            };
        }
    }

    private static IEnumerable<Sabotage> Weakened(WholeTableClaim claim)
    {
        var table = claim.Table.ToSql();
        if (claim.Persistence != Persistence.Temporary)
        {
            yield return claim.Persistence == Persistence.Permanent
                ? new("the table is unlogged", $"ALTER TABLE {table} SET UNLOGGED")
                : new("the table is logged", $"ALTER TABLE {table} SET LOGGED");
        }

        if (claim.RowSecurity != RowSecurity.Any)
        {
            yield return new(
                "row security is switched off, its policies stand",
                $"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
            );
        }

        if (claim.RowSecurity == RowSecurity.Forced)
        {
            yield return new("row security spares the owner", $"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY");
        }

        foreach (var option in claim.Storage?.Keys ?? [])
        {
            yield return new(
                $"{option} is the server's default again",
                SabotageSql.Execute(
                    SabotageSql.Format(
                        "ALTER TABLE ",
                        "%s",
                        $" RESET ({SqlText.QuoteName(option)})",
                        "oid::pg_catalog.regclass"
                    )
                        + $" FROM pg_catalog.pg_class WHERE relkind = 'r' AND (oid = {SabotageSql.Regclass(claim.Table)} "
                        + $"OR oid IN (SELECT relid FROM pg_catalog.pg_partition_tree({SabotageSql.Regclass(claim.Table)})))"
                )
            );
        }

        if (claim.Owner is not null)
        {
            yield return new(
                "the table belongs to another role",
                "CREATE ROLE symphony_decoy",
                $"ALTER TABLE {table} OWNER TO symphony_decoy"
            );
        }
    }

    private static IEnumerable<Sabotage> Rules(WholeTableClaim claim)
    {
        if (claim.Rules == RewriteRules.Any)
        {
            yield break;
        }

        var table = claim.Table.ToSql();
        string Rule(string operation, string action) =>
            $"CREATE RULE symphony_decoy AS ON {operation} TO {table} {action}";
        foreach (var operation in new[] { "INSERT", "UPDATE", "DELETE" })
        {
            yield return new($"a rule swallows every {operation}", Rule(operation, "DO INSTEAD NOTHING"));
        }

        yield return new(
            "a rule swallows some inserts",
            Rule("INSERT", "WHERE pg_catalog.random() < 0.5 DO INSTEAD NOTHING")
        );
        yield return new(
            "a rule redirects inserts",
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            Rule("INSERT", $"DO INSTEAD INSERT INTO {Relations.Decoy} SELECT NEW.*")
        );
        yield return new(
            "a rule copies inserts",
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            Rule("INSERT", $"DO ALSO INSERT INTO {Relations.Decoy} SELECT NEW.*")
        );
        yield return new(
            "a rule is always enabled",
            Rule("DELETE", "DO INSTEAD NOTHING"),
            $"ALTER TABLE {table} ENABLE ALWAYS RULE symphony_decoy"
        );
        yield return new(
            "a rule in replication only",
            Rule("INSERT", "DO INSTEAD NOTHING"),
            $"ALTER TABLE {table} ENABLE REPLICA RULE symphony_decoy"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a disabled rule",
            Rule("INSERT", "DO INSTEAD NOTHING"),
            $"ALTER TABLE {table} DISABLE RULE symphony_decoy"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a rule came and went",
            Rule("UPDATE", "DO INSTEAD NOTHING"),
            $"DROP RULE symphony_decoy ON {table}"
        )
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> Children(WholeTableClaim claim)
    {
        var child = SabotageSql.Child(claim.Table);
        IReadOnlyList<string> alike =
        [
            SabotageSql.Child(claim.Table, claim.Persistence == Persistence.Unlogged ? "UNLOGGED TABLE" : "TABLE"),
            .. claim.RowSecurity == RowSecurity.Any
                ? Array.Empty<string>()
                : [$"ALTER TABLE {Relations.Decoy} ENABLE ROW LEVEL SECURITY"],
            .. claim.RowSecurity == RowSecurity.Forced
                ? new[] { $"ALTER TABLE {Relations.Decoy} FORCE ROW LEVEL SECURITY" }
                : [],
            .. claim.Owner is { } owner
                ? new[] { $"ALTER TABLE {Relations.Decoy} OWNER TO {SqlText.QuoteName(owner)}" }
                : [],
        ];

        if (claim.Persistence == Persistence.Permanent)
        {
            yield return new("a child is unlogged", [.. alike, $"ALTER TABLE {Relations.Decoy} SET UNLOGGED"]);
        }

        if (claim.RowSecurity != RowSecurity.Any)
        {
            yield return new("a child has no row security", child);
        }

        if (claim.Owner is not null)
        {
            yield return new(
                "a child belongs to another role",
                [.. alike, "CREATE ROLE symphony_decoy", $"ALTER TABLE {Relations.Decoy} OWNER TO symphony_decoy"]
            );
        }

        if (claim.Rules == RewriteRules.None)
        {
            yield return new(
                "a rule of a child swallows updates",
                [.. alike, $"CREATE RULE symphony_decoy AS ON UPDATE TO {Relations.Decoy} DO INSTEAD NOTHING"]
            );
            yield return new(
                "a rule of a grandchild swallows inserts",
                [
                    .. alike,
                    $"CREATE TABLE public.symphony_decoy_below () INHERITS ({Relations.Decoy})",
                    "CREATE RULE symphony_decoy AS ON INSERT TO public.symphony_decoy_below DO INSTEAD NOTHING",
                ]
            );
        }

        yield return new(
            "a child keeps its rows on another server",
            [
                .. SabotageSql.ForeignServer,
                $"CREATE FOREIGN TABLE {Relations.Decoy} () INHERITS ({claim.Table.ToSql()}) SERVER symphony_decoy",
            ]
        )
        {
            BeyondRemedy = true,
        };
        yield return new("a child that is like it", alike) { Harmless = true };
        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> Harmless(WholeTableClaim claim)
    {
        var table = claim.Table.ToSql();
        yield return new("a comment is set", $"COMMENT ON TABLE {table} IS 'looked at'")
        {
            Harmless = claim.Comment is null,
        };
        yield return new(
            "a storage option is set",
            $"ALTER TABLE {table} SET ({(claim.Storage is null ? "fillfactor = 80" : "parallel_workers = 3")})"
        )
        {
            Harmless = true,
        };
        yield return new("a column is added", $"ALTER TABLE {table} ADD COLUMN symphony_decoy integer")
        {
            Harmless = true,
        };
        yield return new(
            "a column came and went",
            $"ALTER TABLE {table} ADD COLUMN symphony_decoy integer",
            $"ALTER TABLE {table} DROP COLUMN symphony_decoy"
        )
        {
            Harmless = true,
        };
        yield return new("statistics are read", $"ANALYZE {table}") { Harmless = true };
        yield return new("a privilege is granted", $"GRANT SELECT ON {table} TO PUBLIC") { Harmless = true };
        yield return new("a temporary table of the same name hides it", SabotageSql.TemporaryNamesake(claim.Table))
        {
            Harmless = true,
        };
        yield return new(
            "the same name stands in another schema, unlogged",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE UNLOGGED TABLE {SabotageSql.Elsewhere(claim.Table)} (LIKE {table})"
        )
        {
            Harmless = true,
        };
        yield return new(
            "the database's search path names another schema",
            SabotageSql.SetForDatabase($"search_path = {Relations.DecoySchema}")
        )
        {
            Harmless = true,
        };
        if (claim.RowSecurity == RowSecurity.Any)
        {
            yield return new("row security is enabled", $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            {
                Harmless = true,
            };
        }
    }
}
