using Symphony.Sql;

namespace Symphony.Kinds.Function;

/// <content>How a function is broken.</content>
public sealed partial class FunctionKind
{
    private const string Decoy = "symphony_decoy_caller";

    private const string CreateDecoy = $"CREATE ROLE {Decoy} LOGIN";

    protected override IEnumerable<Sabotage> Sabotages(FunctionClaim claim) =>
        InItsPlace(claim)
            .Concat(Attributes(claim))
            .Concat(OfSettings(claim))
            .Concat(claim.Security == FunctionSecurity.Definer ? Paths(claim) : [])
            .Concat(claim.Execute is null ? [] : Execution(claim, claim.Execute))
            .Concat(Bodies(claim))
            .Concat(Harmless(claim).Select(change => change with { Harmless = true }));

    private static string Alter(FunctionClaim claim, string change) =>
        $"ALTER {claim.Kind.Text.ToUpperInvariant()} {claim.Name.ToSql()} {change}";

    /// <summary>The name stands, and something else bears it.</summary>
    private static IEnumerable<Sabotage> InItsPlace(FunctionClaim claim)
    {
        var away = Alter(claim, "RENAME TO symphony_decoy");
        var name = claim.Name.Name.ToSql();
        var arguments = string.Join(", ", claim.Name.Arguments);
        Sabotage Lost(string what, params IReadOnlyList<string> statements) =>
            new(what, statements) { BeyondRemedy = true };

        yield return Lost("it is dropped", $"DROP ROUTINE {claim.Name.ToSql()} CASCADE");
        yield return Lost("it is renamed", away);
        yield return Lost(
            "it is in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            Alter(claim, $"SET SCHEMA {Relations.DecoySchema}")
        );
        yield return Lost(
            "one with another argument stands in its place",
            away,
            $"CREATE FUNCTION {name}({(arguments.Length > 0 ? arguments + ", " : "")}money) RETURNS integer LANGUAGE sql AS 'SELECT 1'"
        );
        yield return Lost(
            claim.Kind == FunctionSort.Function ? "a procedure stands in its place" : "a function stands in its place",
            away,
            claim.Kind == FunctionSort.Function
                ? $"CREATE PROCEDURE {name}({arguments}) LANGUAGE sql AS 'SELECT 1'"
                : $"CREATE FUNCTION {name}({arguments}) RETURNS integer LANGUAGE sql AS 'SELECT 1'"
        );
        yield return Lost(
            "the name is written in another case",
            Alter(claim, $"RENAME TO {SqlText.QuoteName(claim.Name.Name.Name.ToUpperInvariant())}")
        );
    }

    private static IEnumerable<Sabotage> Attributes(FunctionClaim claim)
    {
        var isFunction = claim.Kind == FunctionSort.Function;
        if (claim.Security is not null)
        {
            yield return claim.Security == FunctionSecurity.Definer
                ? new("it runs with its caller's rights", Alter(claim, "SECURITY INVOKER"))
                : new("it runs with its owner's rights", Alter(claim, "SECURITY DEFINER"));
        }

        if (claim.Volatility is { } volatility)
        {
            yield return new(
                "its volatility is another",
                Alter(claim, volatility.Text == "volatile" ? "IMMUTABLE" : "VOLATILE")
            );
        }

        if (claim.Parallel is { } parallel)
        {
            yield return new(
                "its parallel safety is another",
                Alter(claim, parallel.Text == "safe" ? "PARALLEL UNSAFE" : "PARALLEL SAFE")
            );
        }

        if (claim.Strict is { } strict && isFunction)
        {
            yield return new("it treats NULL in another way", Alter(claim, strict ? "CALLED ON NULL INPUT" : "STRICT"));
        }

        if (!claim.Leakproof && isFunction)
        {
            yield return new("it is given rows that are hidden", Alter(claim, "LEAKPROOF"));
        }

        if (claim.Owner is not null)
        {
            yield return new("it belongs to another role", CreateDecoy, Alter(claim, $"OWNER TO {Decoy}"));
        }

        if (claim.SearchPath is not null)
        {
            yield return new(
                "it looks in one schema more",
                Alter(claim, "SET search_path = pg_catalog, information_schema, pg_temp")
            );
        }
    }

    private static IEnumerable<Sabotage> Paths(FunctionClaim claim)
    {
        var known = claim.SearchPath is not null;
        yield return new("its search path is its caller's", Alter(claim, "RESET search_path"))
        {
            BeyondRemedy = !known,
        };
        yield return new("all its settings are its caller's", Alter(claim, "RESET ALL")) { BeyondRemedy = !known };
        yield return new("its search path is empty", Alter(claim, "SET search_path = ''"));
        yield return new(
            "its search path does not name pg_temp",
            Alter(claim, "SET search_path = pg_catalog, pg_catalog")
        );
        yield return new("its search path names pg_temp first", Alter(claim, "SET search_path = pg_temp, pg_catalog"));
        yield return new(
            "its search path names pg_temp first and last",
            Alter(claim, "SET search_path = pg_temp, pg_catalog, pg_temp")
        );
        foreach (
            var schema in (claim.SearchPath ?? []).Where(schema => !schema.StartsWith("pg_", StringComparison.Ordinal))
        )
        {
            var name = SqlText.QuoteName(schema);
            yield return new($"everyone may create in {schema}", $"GRANT CREATE ON SCHEMA {name} TO PUBLIC");
            yield return new(
                $"a role may create in {schema}",
                CreateDecoy,
                $"GRANT CREATE ON SCHEMA {name} TO {Decoy}"
            );
            yield return new(
                $"a role may create in {schema} as a member of a group",
                CreateDecoy,
                "CREATE ROLE symphony_decoy_creators",
                $"GRANT CREATE ON SCHEMA {name} TO symphony_decoy_creators",
                $"GRANT symphony_decoy_creators TO {Decoy}"
            );
            yield return new(
                $"{schema} belongs to a role that can connect",
                CreateDecoy,
                $"ALTER SCHEMA {name} OWNER TO {Decoy}"
            )
            {
                BeyondRemedy = true,
            };
            yield return new(
                $"a group without members may create in {schema}",
                "CREATE ROLE symphony_decoy_creators",
                $"GRANT CREATE ON SCHEMA {name} TO symphony_decoy_creators"
            )
            {
                Harmless = true,
            };
        }
    }

    private static IEnumerable<Sabotage> Execution(FunctionClaim claim, IReadOnlyList<string> listed)
    {
        var execute = $"EXECUTE ON ROUTINE {claim.Name.ToSql()}";
        if (!listed.Contains(Grantees.Public))
        {
            yield return new("everyone may run it", $"GRANT {execute} TO PUBLIC");
            yield return new(
                "its privileges are as new",
                SabotageSql.Execute(
                    "SELECT pg_catalog.format('GRANT EXECUTE ON ROUTINE %s TO PUBLIC', "
                        + $"{SqlText.QuoteLiteral(claim.Name.ToSql())}::pg_catalog.regprocedure)"
                )
            );
        }

        yield return new("another role may run it", CreateDecoy, $"GRANT {execute} TO {Decoy}");
        yield return new(
            "another role may run it and pass that on",
            CreateDecoy,
            $"GRANT {execute} TO {Decoy} WITH GRANT OPTION"
        );
        foreach (var grantee in listed)
        {
            yield return new($"{grantee} may not run it", $"REVOKE {execute} FROM {Grantees.ToSql(grantee)}");
            if (Grantees.Normalise(grantee) != Grantees.Public)
            {
                yield return new(
                    $"{grantee} may let others run it",
                    $"GRANT {execute} TO {Grantees.ToSql(grantee)} WITH GRANT OPTION"
                );
            }
        }
    }

    private static IEnumerable<Sabotage> Bodies(FunctionClaim claim)
    {
        if (claim.BodySha256 is null)
        {
            yield break;
        }

        var place = $"WHERE oid = {SqlText.QuoteLiteral(claim.Name.ToSql())}::pg_catalog.regprocedure";
        yield return SabotageSql.CatalogWrite(
            "its body is another",
            $"UPDATE pg_catalog.pg_proc SET prosrc = 'BEGIN NULL; END' {place}"
        ) with
        {
            BeyondRemedy = true,
        };
        yield return SabotageSql.CatalogWrite(
            "its body does one thing more",
            $"UPDATE pg_catalog.pg_proc SET prosrc = pg_catalog.replace(prosrc, 'BEGIN', 'BEGIN PERFORM 1;') {place}"
        ) with
        {
            BeyondRemedy = true,
        };
        yield return SabotageSql.CatalogWrite(
            "its body gets a comment and another layout",
            $"UPDATE pg_catalog.pg_proc SET prosrc = '-- reviewed' || pg_catalog.chr(10) || pg_catalog.replace(prosrc, ' ', '  ') {place}"
        ) with
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> Harmless(FunctionClaim claim)
    {
        var name = claim.Name.Name;
        var overload = $"{name.ToSql()}(money, money)";
        yield return new("a comment is set", $"COMMENT ON ROUTINE {claim.Name.ToSql()} IS 'looked at'");
        yield return new(
            "an open overload stands beside it",
            $"CREATE FUNCTION {overload} RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
        );
        yield return new(
            "an open function of that name stands in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE FUNCTION {(name with { Schema = Relations.DecoySchema }).ToSql()}({string.Join(", ", claim.Name.Arguments)}) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
        );
        yield return new(
            "a superuser is granted what it has anyway",
            $"{CreateDecoy} SUPERUSER",
            $"GRANT EXECUTE ON ROUTINE {claim.Name.ToSql()} TO {Decoy}"
        );
        if (claim.Kind == FunctionSort.Function)
        {
            yield return new("its cost is another", Alter(claim, "COST 4321"));
        }

        if (claim.Execute is [var first, ..] && first != Grantees.Public)
        {
            yield return new(
                $"a role is put into {first}",
                CreateDecoy,
                $"GRANT {SqlText.QuoteName(first)} TO {Decoy}"
            );
        }

        if (claim.Execute is null)
        {
            yield return new("everyone may run it", $"GRANT EXECUTE ON ROUTINE {claim.Name.ToSql()} TO PUBLIC");
        }
    }
}
