using Symphony.Sql;

namespace Symphony.Kinds.Exclusion;

/// <content>How an exclusion constraint is repaired, and how it is broken.</content>
public sealed partial class ExclusionKind
{
    protected override IEnumerable<string> Remedy(ExclusionClaim claim, ExclusionFact? fact)
    {
        if (fact is { Children.Count: > 0 })
        {
            // Whether the children's rows belong to it is for a person to say.
            yield break;
        }

        foreach (var statement in NewSessions.FireTriggers(fact?.SessionsWithoutTriggers ?? []))
        {
            yield return statement;
        }

        // The name may be a constraint of another sort, or another table's index, which is moved aside and never dropped.
        yield return $"ALTER TABLE {claim.Table.ToSql()} DROP CONSTRAINT IF EXISTS {SqlText.QuoteName(claim.Name)}";
        yield return $"ALTER INDEX IF EXISTS {IndexName(claim)} RENAME TO {SqlText.QuoteName(claim.Name + "_displaced")}";
        yield return Add(claim);
    }

    protected override IEnumerable<Sabotage> Sabotages(ExclusionClaim claim)
    {
        var table = claim.Table.ToSql();
        var drop = $"ALTER TABLE {table} DROP CONSTRAINT {SqlText.QuoteName(claim.Name)}";
        var keys = string.Join(", ", claim.Elements.Select(element => element.Key.ToSql()));
        Sabotage Made(string name, ExclusionClaim changed) => new(name, drop, Add(changed));

        yield return new("the constraint is dropped", drop);
        yield return new(
            "a plain index stands in its place",
            drop,
            $"CREATE INDEX {SqlText.QuoteName(claim.Name)} ON {table} USING {SqlText.QuoteName(claim.Method)} ({keys})"
        );
        yield return new(
            "a check constraint of that name stands in its place",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT {SqlText.QuoteName(claim.Name)} CHECK (true)"
        );
        yield return Made("a predicate hides every row", claim with { Predicate = "false" });
        yield return Made(
            "a predicate hides some rows",
            claim with
            {
                Predicate =
                    $"({claim.Predicate ?? "true"}) AND pg_catalog.num_nonnulls({KeyText(claim.Elements[0].Key)}) = 1",
            }
        );
        yield return new(
            "the constraint stands on another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            Add(claim with { Table = Relations.DecoyTable })
        );
        yield return new(
            "the constraint stands in another schema only",
            [.. SabotageSql.NamesakeElsewhere(claim.Table), drop]
        );
        foreach (
            var sabotage in OfElements(claim, drop, Made).Concat(OfTiming(claim, drop)).Concat(InTheCatalog(claim))
        )
        {
            yield return sabotage;
        }

        yield return new("an inheritance child escapes it", SabotageSql.Child(claim.Table)) { BeyondRemedy = true };
        foreach (var harmless in Harmless(claim, drop))
        {
            yield return harmless;
        }
    }

    private static IEnumerable<Sabotage> OfElements(
        ExclusionClaim claim,
        string drop,
        Func<string, ExclusionClaim, Sabotage> made
    )
    {
        if (claim.Method == "gist")
        {
            yield return new(
                "one more element lets conflicting rows differ",
                drop,
                $"ALTER TABLE {claim.Table.ToSql()} ADD COLUMN symphony_decoy int4range",
                Add(claim with { Elements = [.. claim.Elements, ExclusionElement.Parse("symphony_decoy WITH =")] })
            );
        }

        if (claim.Elements.Count > 1)
        {
            yield return made("an element is missing", claim with { Elements = [.. claim.Elements.SkipLast(1)] });
        }

        if (claim.Elements[0].Operator == "&&")
        {
            yield return made(
                "only what is equal conflicts",
                claim with
                {
                    Elements = [claim.Elements[0] with { Operator = "=" }, .. claim.Elements.Skip(1)],
                }
            );
        }
    }

    private static IEnumerable<Sabotage> OfTiming(ExclusionClaim claim, string drop)
    {
        if (!claim.Deferrable)
        {
            yield return new("the constraint is deferrable", drop, Add(claim, " DEFERRABLE"));
            yield return new("the constraint is deferred", drop, Add(claim, " DEFERRABLE INITIALLY DEFERRED"));
            yield return new(
                "triggers of the table are disabled",
                $"ALTER TABLE {claim.Table.ToSql()} DISABLE TRIGGER ALL"
            )
            {
                Harmless = true,
            };
            yield break;
        }

        yield return new("the constraint cannot be deferred", drop, Add(claim, " NOT DEFERRABLE"));
        yield return new(
            "the trigger that looks again is disabled",
            $"ALTER TABLE {claim.Table.ToSql()} DISABLE TRIGGER ALL"
        );
        yield return new(
            "new sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
    }

    private static IEnumerable<Sabotage> InTheCatalog(ExclusionClaim claim)
    {
        string Set(string assignment) =>
            $"UPDATE pg_catalog.pg_index SET {assignment} WHERE indexrelid = {SqlText.QuoteLiteral(IndexName(claim))}::pg_catalog.regclass";
        yield return SabotageSql.CatalogWrite("the index is left invalid", Set("indisvalid = false"));
        yield return SabotageSql.CatalogWrite("the index is not ready", Set("indisready = false"));
        yield return SabotageSql.CatalogWrite("the index is being dropped", Set("indislive = false"));
        yield return SabotageSql.CatalogWrite("the index no longer excludes", Set("indisexclusion = false"));
        yield return SabotageSql.CatalogWrite(
            "the table's flag switches indexes off",
            SabotageSql.SetRelationFlag(claim.Table, "relhasindex = false")
        );
    }

    private static IEnumerable<Sabotage> Harmless(ExclusionClaim claim, string drop)
    {
        var table = claim.Table.ToSql();
        var suffix = claim.Deferrable ? " DEFERRABLE" : "";
        yield return new("the constraint is made anew", drop, Add(claim)) { Harmless = true };
        yield return new("the index is rebuilt", $"REINDEX INDEX {IndexName(claim)}") { Harmless = true };
        yield return new(
            "a comment is set",
            $"COMMENT ON CONSTRAINT {SqlText.QuoteName(claim.Name)} ON {table} IS 'looked at'"
        )
        {
            Harmless = true,
        };
        yield return new("a storage option is set", $"ALTER INDEX {IndexName(claim)} SET (fillfactor = 70)")
        {
            Harmless = true,
        };
        yield return new("another constraint stands beside it", Add(claim with { Name = "symphony_beside" }, suffix))
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
        yield return new("statistics are read", $"ANALYZE {table}") { Harmless = true };
    }

    private static string KeyText(IndexColumn key) =>
        key.Column is null ? key.Expression! : SqlText.QuoteName(key.Column);

    private static string IndexName(ExclusionClaim claim) => (claim.Table with { Name = claim.Name }).ToSql();

    private static string Add(ExclusionClaim claim, string? timing = null) =>
        $"ALTER TABLE {claim.Table.ToSql()} ADD CONSTRAINT {SqlText.QuoteName(claim.Name)} EXCLUDE USING {SqlText.QuoteName(claim.Method)}"
        + $" ({string.Join(", ", claim.Elements.Select(element => element.ToSql()))})"
        + (claim.Predicate is null ? "" : $" WHERE ({claim.Predicate})")
        + (timing ?? (claim.Deferrable ? " DEFERRABLE" : ""));
}
