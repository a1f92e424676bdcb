using Symphony.Sql;

namespace Symphony.Kinds.Publication;

/// <content>How a publication is repaired, and how it is broken.</content>
public sealed partial class PublicationKind
{
    protected override IEnumerable<string> Remedy(PublicationClaim claim, PublicationFact? fact)
    {
        if (fact is null)
        {
            yield return Create(claim);
        }
        else if (fact.AllTables == claim.AllTables)
        {
            // Setting it keeps it for its subscribers; dropping it would not.
            yield return $"ALTER PUBLICATION {SqlText.QuoteName(claim.Name)} SET ({Options(claim)}{Generated(claim, fact)})";
            if (!claim.AllTables)
            {
                yield return $"ALTER PUBLICATION {SqlText.QuoteName(claim.Name)} SET {Objects(claim)}";
            }
        }
    }

    /// <summary>Servers before 18 do not know the option, and there nothing differs.</summary>
    private static string Generated(PublicationClaim claim, PublicationFact? fact) =>
        claim.GeneratedColumns.Text == (fact?.GeneratedColumns ?? PublishedGenerated.None.Text)
            ? ""
            : $", publish_generated_columns = {claim.GeneratedColumns}";

    private static string Create(PublicationClaim claim) =>
        $"CREATE PUBLICATION {SqlText.QuoteName(claim.Name)} FOR {(claim.AllTables ? "ALL TABLES" : Objects(claim))} WITH ({Options(claim)}{Generated(claim, null)})";

    private static string Options(PublicationClaim claim) =>
        $"publish = '{string.Join(", ", claim.Operations)}', publish_via_partition_root = {(claim.ViaPartitionRoot ? "true" : "false")}";

    private static string Objects(PublicationClaim claim)
    {
        var tables = string.Join(
            ", ",
            claim.Tables.Select(table =>
                table.Table.ToSql()
                + (table.Columns is null ? "" : $" ({SabotageSql.List(table.Columns)})")
                + (table.Where is null ? "" : $" WHERE ({table.Where})")
            )
        );
        var schemas = SabotageSql.List(claim.Schemas);
        return (tables.Length == 0 ? "" : $"TABLE {tables}")
            + (tables.Length > 0 && schemas.Length > 0 ? ", " : "")
            + (schemas.Length == 0 ? "" : $"TABLES IN SCHEMA {schemas}");
    }

    protected override IEnumerable<Sabotage> Sabotages(PublicationClaim claim)
    {
        var name = SqlText.QuoteName(claim.Name);
        var alter = $"ALTER PUBLICATION {name}";
        var drop = $"DROP PUBLICATION {name}";
        var table = $"CREATE TABLE {Relations.Decoy} (a integer)";

        yield return new("the publication is dropped", drop);
        yield return new("it bears another name", $"{alter} RENAME TO symphony_decoy");
        yield return new(
            claim.AllTables ? "it is for one table only" : "it is for every table",
            table,
            drop,
            $"CREATE PUBLICATION {name} FOR {(claim.AllTables ? "TABLE " + Relations.Decoy : "ALL TABLES")} WITH ({Options(claim)})"
        )
        {
            BeyondRemedy = true,
        };
        foreach (var operation in PublishedOperation.All)
        {
            var isPublished = claim.Operations.Contains(operation);
            var changed = claim with
            {
                Operations = isPublished
                    ? [.. claim.Operations.Where(other => other != operation)]
                    : [.. claim.Operations, operation],
            };
            yield return new(
                $"{operation} is {(isPublished ? "no longer" : "also")} published",
                $"{alter} SET ({Options(changed)})"
            );
        }

        yield return new(
            "partitions are sent under another name",
            $"{alter} SET (publish_via_partition_root = {(claim.ViaPartitionRoot ? "false" : "true")})"
        );
        yield return new(
            claim.GeneratedColumns == PublishedGenerated.None
                ? "generated columns are published, too"
                : "generated columns are no longer published",
            $"{alter} SET (publish_generated_columns = {(claim.GeneratedColumns == PublishedGenerated.None ? "stored" : "none")})"
        )
        {
            SinceMajor = 18,
        };
        foreach (var sabotage in claim.AllTables ? [] : OfTables(claim, alter, table))
        {
            yield return sabotage;
        }

        yield return new("a comment is set", $"COMMENT ON PUBLICATION {name} IS 'looked at'") { Harmless = true };
        yield return new(
            "another publication stands beside it",
            table,
            $"CREATE PUBLICATION symphony_beside FOR TABLE {Relations.Decoy}"
        )
        {
            Harmless = true,
        };
        yield return new("it is made anew", drop, Create(claim)) { Harmless = true };
        yield return new("a table is made that it is not for", table) { Harmless = true };
    }

    private static IEnumerable<Sabotage> OfTables(PublicationClaim claim, string alter, string table)
    {
        yield return new("one more table is published", table, $"{alter} ADD TABLE {Relations.Decoy}");
        yield return new(
            "every table of a schema is published",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"{alter} ADD TABLES IN SCHEMA {Relations.DecoySchema}"
        )
        {
            // With a column list the server refuses it.
            SinceMajor = claim.Tables.Any(published => published.Columns is not null) ? int.MaxValue : 15,
        };
        foreach (var published in claim.Tables)
        {
            Sabotage Changed(string what, PublishedTable to) =>
                new(
                    $"{published.Table}: {what}",
                    $"{alter} SET {Objects(claim with { Tables = [.. claim.Tables.Select(one => one == published ? to : one)] })}"
                )
                {
                    SinceMajor = 15,
                };
            if (claim.Tables.Count > 1)
            {
                yield return new(
                    $"{published.Table}: it is no longer published",
                    $"{alter} DROP TABLE {published.Table.ToSql()}"
                );
            }

            yield return Changed("no row is published", published with { Where = "false" });
            if (published.Where is { } where)
            {
                yield return Changed("every row is published", published with { Where = null });
                yield return Changed("a tautology is added", published with { Where = $"({where}) OR true" });
                yield return Changed(
                    "the same condition in other words",
                    published with
                    {
                        Where = $"true AND (({where}))",
                    }
                ) with
                {
                    Harmless = true,
                };
            }

            if (published.Columns is not null)
            {
                yield return Changed("every column is published", published with { Columns = null });
            }
        }
    }
}
