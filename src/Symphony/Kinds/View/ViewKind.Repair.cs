using Symphony.Sql;

namespace Symphony.Kinds.View;

/// <content>How a view is repaired, and how it is broken.</content>
public sealed partial class ViewKind
{
    protected override IEnumerable<string> Remedy(ViewClaim claim, ViewFact? fact)
    {
        if (fact is null)
        {
            if (claim.Definition is { } definition)
            {
                yield return Create(claim, definition);
                foreach (var statement in Owned(claim))
                {
                    yield return statement;
                }
            }

            yield break;
        }

        if (
            fact.Kind != (claim.Materialized ? "m" : "v")
            || (claim.Columns is { } columns && !columns.SequenceEqual(fact.Columns, StringComparer.Ordinal))
        )
        {
            // What stands there may hold rows, or be read by others by its columns: a person decides.
            yield break;
        }

        if (claim.Definition is { } query && !ExpressionText.SameTokens(query, fact.Definition!))
        {
            if (claim.Materialized)
            {
                yield break;
            }

            // The options that are not given with it are taken away.
            yield return Create(claim, query, fact);
        }
        else if (!claim.Materialized && Options(claim, fact) is { Count: > 0 } options)
        {
            yield return $"ALTER VIEW {claim.Name.ToSql()} SET ({string.Join(", ", options)})";
        }

        if (claim.CheckOption == CheckOption.None && fact.CheckOption != "none")
        {
            yield return $"ALTER VIEW {claim.Name.ToSql()} RESET (check_option)";
        }

        foreach (var statement in claim.Owner == fact.Owner ? [] : Owned(claim))
        {
            yield return statement;
        }

        if (claim.Materialized && claim.Populated && !fact.Populated)
        {
            yield return $"REFRESH MATERIALIZED VIEW {claim.Name.ToSql()}";
        }

        bool IsInTheWay(string name) =>
            claim.Redirects == ViewRedirects.None || (claim.IsChecked && fact.Unchecked.Contains(name));
        foreach (var rule in fact.Rules.Where(IsInTheWay))
        {
            yield return $"DROP RULE {SqlText.QuoteName(rule)} ON {claim.Name.ToSql()}";
        }

        foreach (var trigger in fact.Triggers.Where(IsInTheWay))
        {
            yield return $"DROP TRIGGER {SqlText.QuoteName(trigger)} ON {claim.Name.ToSql()}";
        }
    }

    private static IEnumerable<string> Owned(ViewClaim claim) =>
        claim.Owner is null
            ? []
            : [$"ALTER {Noun(claim)} {claim.Name.ToSql()} OWNER TO {SqlText.QuoteName(claim.Owner)}"];

    private static string Noun(ViewClaim claim) => claim.Materialized ? "MATERIALIZED VIEW" : "VIEW";

    private static string Create(ViewClaim claim, string definition, ViewFact? fact = null)
    {
        var options = claim.Materialized ? [] : Options(claim, fact);
        return $"CREATE {(claim.Materialized ? "" : "OR REPLACE ")}{Noun(claim)} {claim.Name.ToSql()}"
            + (claim.Columns is null ? "" : $" ({SabotageSql.List(claim.Columns)})")
            + (options.Count == 0 ? "" : $" WITH ({string.Join(", ", options)})")
            + $" AS {definition.Trim()}"
            + (claim.Materialized && !claim.Populated ? " WITH NO DATA" : "");
    }

    /// <summary>Those claimed, and of the others those that are set.</summary>
    private static List<string> Options(ViewClaim claim, ViewFact? fact)
    {
        var options = new List<string>();
        void Add(string name, Validation claimed, bool? found)
        {
            if (claimed != Validation.Any ? claimed == Validation.True || found == true : found == true)
            {
                options.Add($"{name} = {(claimed == Validation.False ? "false" : "true")}");
            }
        }

        Add("security_invoker", claim.SecurityInvoker, fact?.SecurityInvoker);
        Add("security_barrier", claim.SecurityBarrier, fact?.SecurityBarrier);
        var check = claim.CheckOption == CheckOption.Any ? fact?.CheckOption ?? "none" : claim.CheckOption.Text;
        if (check != "none")
        {
            options.Add($"check_option = {check}");
        }

        return options;
    }

    protected override IEnumerable<Sabotage> Sabotages(ViewClaim claim)
    {
        var name = claim.Name.ToSql();
        var drop = $"DROP {Noun(claim)} {name}";
        var alike = $"CREATE TABLE {Relations.Decoy} (LIKE {name})";
        yield return new("the view is dropped", drop) { BeyondRemedy = claim.Definition is null };
        yield return new(
            "a table stands in its place",
            alike,
            drop,
            $"CREATE TABLE {name} AS SELECT d.* FROM {Relations.Decoy} d"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a foreign table stands in its place",
            [
                .. SabotageSql.ForeignServer,
                alike,
                drop,
                $"CREATE FOREIGN TABLE {name} () INHERITS ({Relations.Decoy}) SERVER symphony_decoy",
            ]
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            claim.Materialized ? "a view stands in its place" : "a copy of its rows stands in its place",
            alike,
            drop,
            $"CREATE {(claim.Materialized ? "VIEW" : "MATERIALIZED VIEW")} {name} AS SELECT d.* FROM {Relations.Decoy} d"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "the view stands in another schema only",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"ALTER {Noun(claim)} {name} SET SCHEMA {Relations.DecoySchema}"
        )
        {
            BeyondRemedy = claim.Definition is null,
        };
        if (claim.Owner is not null)
        {
            yield return new(
                "the view belongs to another role",
                "CREATE ROLE symphony_decoy",
                $"ALTER {Noun(claim)} {name} OWNER TO symphony_decoy"
            );
        }

        foreach (
            var sabotage in OfDefinition(claim, drop)
                .Concat(claim.Materialized ? OfRows(claim) : OfOptions(claim).Concat(OfWrites(claim)))
                .Concat(Harmless(claim, drop))
        )
        {
            yield return sabotage;
        }
    }
}
