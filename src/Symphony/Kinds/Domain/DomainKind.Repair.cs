using Symphony.Sql;

namespace Symphony.Kinds.Domain;

/// <content>How a domain is repaired, and how it is broken.</content>
public sealed partial class DomainKind
{
    protected override IEnumerable<string> Remedy(DomainClaim claim, DomainFact? fact)
    {
        var alter = $"ALTER DOMAIN {claim.Name.ToSql()}";
        if (fact is null)
        {
            yield return Create(claim);
            yield break;
        }

        if (fact.Type != ColumnType.Normalise(claim.Type))
        {
            // Columns of another type are beneath it: a person decides what becomes of their values.
            yield break;
        }

        if (fact.NotNull != claim.NotNull)
        {
            yield return $"{alter} {(claim.NotNull ? "SET" : "DROP")} NOT NULL";
        }

        if (claim.Default is { } value)
        {
            yield return value == DomainClaim.None ? $"{alter} DROP DEFAULT" : $"{alter} SET DEFAULT {value}";
        }

        foreach (var (name, expression) in claim.Checks.OrderBy(check => check.Key, StringComparer.Ordinal))
        {
            var constraint = SqlText.QuoteName(name);
            yield return $"{alter} DROP CONSTRAINT IF EXISTS {constraint}";
            yield return $"{alter} ADD CONSTRAINT {constraint} CHECK ({expression}) NOT VALID";
            if (claim.Validated == Validation.True)
            {
                yield return $"{alter} VALIDATE CONSTRAINT {constraint}";
            }
        }
    }

    private static string Create(DomainClaim claim) =>
        $"CREATE DOMAIN {claim.Name.ToSql()} AS {claim.Type}"
        + (claim.Default is null or DomainClaim.None ? "" : $" DEFAULT {claim.Default}")
        + (claim.NotNull ? " NOT NULL" : "")
        + string.Concat(
            claim
                .Checks.OrderBy(check => check.Key, StringComparer.Ordinal)
                .Select(check => $" CONSTRAINT {SqlText.QuoteName(check.Key)} CHECK ({check.Value})")
        );

    protected override IEnumerable<Sabotage> Sabotages(DomainClaim claim)
    {
        var name = claim.Name.ToSql();
        var alter = $"ALTER DOMAIN {name}";
        var drop = $"DROP DOMAIN {name} CASCADE";

        yield return new("the domain is dropped", drop);
        yield return new("the domain bears another name", $"{alter} RENAME TO symphony_decoy");
        yield return new("an enum stands in its place", drop, $"CREATE TYPE {name} AS ENUM ('symphony')")
        {
            BeyondRemedy = true,
        };
        yield return new("a composite type stands in its place", drop, $"CREATE TYPE {name} AS (value {claim.Type})")
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a domain over it stands in its place",
            $"{alter} RENAME TO symphony_decoy",
            $"CREATE DOMAIN {name} AS {(claim.Name with { Name = "symphony_decoy" }).ToSql()}"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "it is over another type",
            drop,
            Create(claim with { Type = "pg_catalog.bpchar", Checks = EmptyChecks, Default = DomainClaim.None })
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "the domain stands in another schema only",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"{alter} SET SCHEMA {Relations.DecoySchema}"
        );
        yield return new(
            claim.NotNull ? "it takes NULL" : "it refuses NULL",
            $"{alter} {(claim.NotNull ? "DROP" : "SET")} NOT NULL"
        );
        foreach (
            var sabotage in OfChecks(claim, alter).Concat(OfDefault(claim, alter)).Concat(Harmless(claim, alter, drop))
        )
        {
            yield return sabotage;
        }
    }

    private static readonly Dictionary<string, string> EmptyChecks = [];

    private static IEnumerable<Sabotage> OfChecks(DomainClaim claim, string alter)
    {
        foreach (var (check, expression) in claim.Checks)
        {
            var constraint = SqlText.QuoteName(check);
            var drop = $"{alter} DROP CONSTRAINT {constraint}";
            Sabotage Changed(string what, string to, string suffix = "") =>
                new($"{check}: {what}", drop, $"{alter} ADD CONSTRAINT {constraint} CHECK ({to}){suffix}");
            yield return new($"{check}: the check is dropped", drop);
            yield return new(
                $"{check}: the check bears another name",
                $"{alter} RENAME CONSTRAINT {constraint} TO symphony_decoy"
            );
            yield return Changed("the check is gutted to true", "true");
            yield return Changed("a tautology is added", $"({expression}) OR true");
            yield return Changed("the condition is widened to pass NULL", $"({expression}) OR NULL");
            yield return Changed("it is turned round", $"NOT ({expression})");
            yield return Changed("values stored before are not looked at", expression, " NOT VALID") with
            {
                Harmless = claim.Validated == Validation.Any,
            };
            if (claim.Functions is null)
            {
                yield return Changed(
                    "the same condition in other words",
                    $"true AND (({expression}))",
                    claim.Validated == Validation.False ? " NOT VALID" : ""
                ) with
                {
                    Harmless = true,
                };
            }
        }
    }

    private static IEnumerable<Sabotage> OfDefault(DomainClaim claim, string alter)
    {
        if (claim.Default is null)
        {
            yield return new("it has a default", $"{alter} SET DEFAULT NULL") { Harmless = true };
        }
        else if (claim.Default == DomainClaim.None)
        {
            yield return new("it has a default", $"{alter} SET DEFAULT pg_catalog.pg_client_encoding()");
        }
        else
        {
            yield return new("its default is dropped", $"{alter} DROP DEFAULT");
            yield return new("its default is NULL", $"{alter} SET DEFAULT NULL");
            yield return new(
                "its default is another",
                $"{alter} SET DEFAULT NULLIF(({claim.Default}), ({claim.Default}))"
            );
            yield return new("its default is said again", $"{alter} SET DEFAULT ({claim.Default})") { Harmless = true };
        }
    }

    private static IEnumerable<Sabotage> Harmless(DomainClaim claim, string alter, string drop)
    {
        var name = claim.Name.ToSql();
        yield return new("a comment is set", $"COMMENT ON DOMAIN {name} IS 'looked at'") { Harmless = true };
        yield return new(
            "a further check refuses more",
            $"{alter} ADD CONSTRAINT symphony_decoy CHECK (VALUE IS NOT NULL)"
        )
        {
            Harmless = true,
        };
        yield return new("a table uses it", $"CREATE TABLE {Relations.Decoy} (value {name})") { Harmless = true };
        yield return new("it belongs to another role", $"{alter} OWNER TO pg_database_owner") { Harmless = true };
        yield return new(
            "a domain of the same name hides it",
            $"CREATE DOMAIN pg_temp.{SqlText.QuoteName(claim.Name.Name)} AS integer"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a domain of the same name without checks stands in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE DOMAIN {SabotageSql.Elsewhere(claim.Name)} AS integer"
        )
        {
            Harmless = true,
        };
        if (claim.Validated != Validation.False)
        {
            yield return new("the domain is made anew", drop, Create(claim)) { Harmless = true };
        }
    }
}
