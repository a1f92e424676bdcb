using Symphony.Sql;

namespace Symphony.Kinds.Index;

/// <content>How an index is repaired, and how it is broken.</content>
public sealed partial class IndexKind
{
    protected override IEnumerable<string> Remedy(IndexClaim claim, IndexFact? fact)
    {
        // A partitioned table's index cannot be built concurrently.
        var concurrently = fact?.RelationKind == "p" ? "" : " CONCURRENTLY";
        if (fact is null)
        {
            // The name may be taken by another table's index: it is moved aside, never dropped.
            yield return $"ALTER INDEX IF EXISTS {IndexName(claim)} RENAME TO {SqlText.QuoteName(claim.Name + "_displaced")}";
        }
        else if (!fact.IndexesOn)
        {
            // The flag is set again by whatever command creates the next index.
            yield return $"DROP INDEX {IndexName(claim)}";
            concurrently = "";
        }
        else
        {
            yield return fact.Constraint is { } constraint
                ? $"ALTER TABLE {claim.Table.ToSql()} DROP CONSTRAINT {SqlText.QuoteName(constraint)}"
                : $"DROP INDEX{concurrently} {IndexName(claim)}";
        }

        yield return Create(claim, concurrently);
    }

    protected override IEnumerable<Sabotage> Sabotages(IndexClaim claim)
    {
        var drop = $"DROP INDEX {IndexName(claim)}";
        var first = claim.Columns[0];
        Sabotage Recreated(string name, IndexClaim changed) => new(name, drop, Create(changed));
        string SetFlag(string flag, string value) =>
            $"UPDATE pg_catalog.pg_index SET {flag} = {value} WHERE indexrelid = {SqlText.QuoteLiteral(IndexName(claim))}::regclass";

        yield return new("the index is dropped", drop);
        yield return new("the index is left invalid", SetFlag("indisvalid", "false")) { NeedsCatalogWrite = true };
        yield return new("the index is not ready", SetFlag("indisready", "false")) { NeedsCatalogWrite = true };
        yield return new("the index is being dropped", SetFlag("indislive", "false")) { NeedsCatalogWrite = true };
        yield return new(
            "the table's flag switches indexes off",
            $"UPDATE pg_catalog.pg_class SET relhasindex = false WHERE oid = {SqlText.QuoteLiteral(claim.Table.ToSql())}::regclass"
        )
        {
            NeedsCatalogWrite = true,
        };
        yield return new(
            "the index stands on another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {claim.Table.ToSql()})",
            Create(claim with { Table = Relations.DecoyTable })
        );
        yield return Recreated(
            "a predicate hides rows",
            claim with
            {
                Predicate = $"({claim.Predicate ?? "true"}) AND {KeyText(first)} IS NOT NULL",
            }
        );
        yield return Recreated("a predicate hides every row", claim with { Predicate = "false" });
        yield return Recreated(
            "the first key runs the other way",
            claim with
            {
                Columns = [first with { Desc = !first.Desc, NullsFirst = !first.NullsFirst }, .. claim.Columns.Skip(1)],
            }
        );
        yield return Recreated(
            "nulls stand at the other end",
            claim with
            {
                Columns = [first with { NullsFirst = !first.NullsFirst }, .. claim.Columns.Skip(1)],
            }
        );
        yield return Recreated(
            "a key is added",
            claim with
            {
                Columns = [.. claim.Columns, new IndexColumn { Expression = $"({KeyText(first)}) IS NULL" }],
            }
        );
        yield return claim.Unique
            ? Recreated("the index is no longer unique", claim with { Unique = false, NullsDistinct = true })
            : new Sabotage("the index is unique now", drop, Create(claim with { Unique = true }));
        if (claim.Columns.Count > 1)
        {
            yield return Recreated("the keys change places", claim with { Columns = [.. claim.Columns.Reverse()] });
            yield return Recreated("the last key is missing", claim with { Columns = [.. claim.Columns.SkipLast(1)] });
            yield return Recreated(
                "the last key is only carried along",
                claim with
                {
                    Columns = [.. claim.Columns.SkipLast(1)],
                    Include = [.. claim.Columns.TakeLast(1).Select(key => key.Column).OfType<string>()],
                }
            );
        }
        else if (!claim.Unique)
        {
            yield return Recreated(
                "the access method is another",
                claim with
                {
                    Method = claim.Method == "hash" ? "btree" : "hash",
                }
            );
        }

        if (claim.Unique && claim.NullsDistinct)
        {
            yield return Recreated("NULLs count as equal", claim with { NullsDistinct = false }) with
            {
                SinceMajor = 15,
            };
        }

        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new("the index is rebuilt", $"REINDEX INDEX {IndexName(claim)}") { Harmless = true };
        yield return new("a comment is set", $"COMMENT ON INDEX {IndexName(claim)} IS 'looked at'") { Harmless = true };
        yield return new("a storage option is set", $"ALTER INDEX {IndexName(claim)} SET (fillfactor = 71)")
        {
            Harmless = claim.Storage?.ContainsKey("fillfactor") is not true,
        };
        foreach (var option in claim.Storage?.Keys ?? [])
        {
            yield return new(
                $"{option} is the server's default again",
                $"ALTER INDEX {IndexName(claim)} RESET ({SqlText.QuoteName(option)})"
            );
        }

        yield return new(
            "another index stands beside it",
            Create(claim with { Name = "symphony_beside", Unique = false, NullsDistinct = true })
        )
        {
            Harmless = true,
        };
        yield return new(
            "the same names stand in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE TABLE {Relations.DecoySchema}.{SqlText.QuoteName(claim.Table.Name)} (LIKE {claim.Table.ToSql()} INCLUDING INDEXES)"
        )
        {
            Harmless = true,
        };
    }

    private static string KeyText(IndexColumn key) =>
        key.Column is null ? key.Expression! : SqlText.QuoteName(key.Column);

    private static string IndexName(IndexClaim claim) => (claim.Table with { Name = claim.Name }).ToSql();

    private static string Create(IndexClaim claim, string concurrently = "") =>
        $"CREATE{(claim.Unique ? " UNIQUE" : "")} INDEX{concurrently} {SqlText.QuoteName(claim.Name)} ON {claim.Table.ToSql()}"
        + (claim.Method == "btree" ? "" : $" USING {SqlText.QuoteName(claim.Method)}")
        + $" ({string.Join(", ", claim.Columns.Select(key => key.ToSql()))})"
        + (claim.Include.Count == 0 ? "" : $" INCLUDE ({string.Join(", ", claim.Include.Select(SqlText.QuoteName))})")
        + (claim.NullsDistinct ? "" : " NULLS NOT DISTINCT")
        + (claim.Storage is null ? "" : $" WITH ({StorageOptions.ToSql(claim.Storage)})")
        + (claim.Predicate is null ? "" : $" WHERE {claim.Predicate}");
}
