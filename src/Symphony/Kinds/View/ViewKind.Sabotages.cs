using Symphony.Sql;

namespace Symphony.Kinds.View;

/// <content>How a view's query, options and writes are broken, and the changes that harm nothing.</content>
public sealed partial class ViewKind
{
    private static IEnumerable<Sabotage> OfDefinition(ViewClaim claim, string drop)
    {
        if (claim.Definition is { } definition)
        {
            foreach (
                var (what, query) in new[]
                {
                    ("every row is hidden", $"SELECT d.* FROM ({definition}) d WHERE false"),
                    (
                        "rows are shown twice",
                        $"SELECT d.* FROM ({definition}) d UNION ALL SELECT d.* FROM ({definition}) d"
                    ),
                    ("only some rows are shown", $"SELECT d.* FROM ({definition}) d LIMIT 1"),
                    (
                        "a condition is wrapped round it",
                        $"SELECT d.* FROM ({definition}) d WHERE pg_catalog.random() > 2"
                    ),
                }
            )
            {
                yield return claim.Materialized
                    ? new Sabotage(what, drop, Create(claim, query)) { BeyondRemedy = true }
                    : new Sabotage(what, Create(claim, query));
            }
        }

        if (claim.Columns is [var first, ..])
        {
            yield return new(
                "a column bears another name",
                $"ALTER {Noun(claim)} {claim.Name.ToSql()} RENAME COLUMN {SqlText.QuoteName(first)} TO symphony_decoy"
            )
            {
                BeyondRemedy = true,
            };
            if (!claim.Materialized && claim.Definition is { } query)
            {
                yield return new(
                    "a column is shown in addition",
                    Create(claim with { Columns = null }, $"SELECT d.*, 1 AS symphony_decoy FROM ({query}) d")
                )
                {
                    BeyondRemedy = true,
                };
            }
        }
    }

    private static IEnumerable<Sabotage> OfRows(ViewClaim claim)
    {
        var refresh = $"REFRESH MATERIALIZED VIEW {claim.Name.ToSql()}";
        yield return new("its rows are thrown away", $"{refresh} WITH NO DATA") { Harmless = !claim.Populated };
        yield return new("it is refreshed", refresh) { Harmless = claim.Populated, BeyondRemedy = true };
    }

    private static IEnumerable<Sabotage> OfOptions(ViewClaim claim)
    {
        var alter = $"ALTER VIEW {claim.Name.ToSql()}";
        if (claim.SecurityInvoker != Validation.Any)
        {
            yield return new(
                "it reads with the rights of another",
                $"{alter} SET (security_invoker = {(claim.SecurityInvoker == Validation.True ? "off" : "on")})"
            )
            {
                SinceMajor = 15,
            };
        }

        if (claim.SecurityInvoker == Validation.True)
        {
            yield return new("it reads with its owner's rights again", $"{alter} RESET (security_invoker)")
            {
                SinceMajor = 15,
            };
            yield return new("security_invoker is written in other words", $"{alter} SET (security_invoker = 1)")
            {
                SinceMajor = 15,
                Harmless = true,
            };
        }

        if (claim.SecurityBarrier == Validation.True)
        {
            yield return new("it is no security barrier", $"{alter} RESET (security_barrier)");
            yield return new("it is said to be no security barrier", $"{alter} SET (security_barrier = off)");
            yield return new("security_barrier is written in other words", $"{alter} SET (security_barrier = yes)")
            {
                Harmless = true,
            };
        }
        else
        {
            yield return new("it is a security barrier", $"{alter} SET (security_barrier)")
            {
                Harmless = claim.SecurityBarrier == Validation.Any,
            };
        }

        if (claim.IsChecked)
        {
            yield return new("rows that it does not show can be written", $"{alter} RESET (check_option)");
            yield return new(
                "rows are checked in another way",
                $"{alter} SET (check_option = {(claim.CheckOption == CheckOption.Local ? "cascaded" : "local")})"
            );
        }
    }

    private static IEnumerable<Sabotage> OfWrites(ViewClaim claim)
    {
        var name = claim.Name.ToSql();
        var isHarmless = claim.Redirects == ViewRedirects.Any;
        IReadOnlyList<string> trigger =
        [
            "CREATE FUNCTION public.symphony_decoy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            $"CREATE TRIGGER symphony_decoy INSTEAD OF INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION public.symphony_decoy()",
        ];
        yield return new(
            "a rule swallows deletes",
            $"CREATE RULE symphony_decoy AS ON DELETE TO {name} DO INSTEAD NOTHING"
        )
        {
            Harmless = isHarmless,
        };
        yield return new("a trigger swallows inserts", trigger) { Harmless = isHarmless && !claim.IsChecked };
    }

    private static IEnumerable<Sabotage> Harmless(ViewClaim claim, string drop)
    {
        var name = claim.Name.ToSql();
        yield return new("a comment is set", $"COMMENT ON {Noun(claim)} {name} IS 'looked at'") { Harmless = true };
        yield return new("a privilege is granted", $"GRANT SELECT ON {name} TO PUBLIC") { Harmless = true };
        yield return new(
            "a temporary view of the same name hides it",
            $"CREATE TEMPORARY VIEW {SqlText.QuoteName(claim.Name.Name)} AS SELECT 1 AS a"
        )
        {
            Harmless = true,
        };
        yield return new(
            "the same name stands in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE VIEW {SabotageSql.Elsewhere(claim.Name)} AS SELECT 1 AS a"
        )
        {
            Harmless = true,
        };
        yield return new("another view reads it", $"CREATE VIEW {Relations.Decoy} AS SELECT d.* FROM {name} d")
        {
            Harmless = true,
        };
        if (claim.Definition is { } definition)
        {
            yield return new("the view is made anew", [drop, Create(claim, definition), .. Owned(claim)])
            {
                Harmless = true,
            };
        }

        if (claim.Owner is null)
        {
            yield return new(
                "the view belongs to another role",
                $"ALTER {Noun(claim)} {name} OWNER TO pg_database_owner"
            )
            {
                Harmless = true,
            };
        }
    }
}
