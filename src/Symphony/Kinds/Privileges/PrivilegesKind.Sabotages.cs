using Symphony.Sql;

namespace Symphony.Kinds.Privileges;

/// <content>How privileges are broken. Those of one database only its own sabotages know: its name is not in the claim.</content>
public sealed partial class PrivilegesKind
{
    private const string Group = "symphony_decoy_privileged";

    protected override IEnumerable<Sabotage> Sabotages(PrivilegesClaim claim)
    {
        var target = claim.On.ToSql("postgres");
        var isRole = claim.Grantee != Grantees.Public;
        IEnumerable<Sabotage> changes =
        [
            .. isRole ? Lost(claim) : [],
            .. claim.Required.Select(privilege => Taken(claim, target, privilege)),
            .. claim.Allowed is null ? [] : Excess(claim, target),
            .. isRole && claim.Allowed is not null && claim.On.Table is not null ? Predefined(claim) : [],
        ];
        return changes
            .Concat(Harmless(claim, target).Select(change => change with { Harmless = true }))
            .Select(change =>
                claim.On.Parameter is null ? change : change with { SinceMajor = Math.Max(15, change.SinceMajor) }
            );
    }

    private static IEnumerable<Sabotage> Lost(PrivilegesClaim claim)
    {
        var role = SqlText.QuoteName(claim.To);
        yield return new("the role is dropped", $"DROP OWNED BY {role}", $"DROP ROLE {role}") { BeyondRemedy = true };
        yield return new("the role is renamed", $"ALTER ROLE {role} RENAME TO {Group}") { BeyondRemedy = true };
        if (claim.Allowed is not null)
        {
            yield return new("the role becomes a superuser", $"ALTER ROLE {role} SUPERUSER") { BeyondRemedy = true };
        }

        if (claim.Required.Count > 0 && NamedWithSchema.Contains(claim.On.Sort))
        {
            var schema = claim.On.Subject(claim.To).Schema!;
            yield return new(
                "the schema cannot be used",
                $"REVOKE USAGE ON SCHEMA {SqlText.QuoteName(schema)} FROM {role}, PUBLIC"
            );
        }
    }

    private static Sabotage Taken(PrivilegesClaim claim, string target, string privilege) =>
        new(
            $"{privilege} is taken back",
            $"REVOKE {privilege}{ColumnList(claim)} ON {target} FROM {Grantees.ToSql(claim.Grantee)}"
        );

    /// <summary>Each way to come by a privilege that is not allowed.</summary>
    private static IEnumerable<Sabotage> Excess(PrivilegesClaim claim, string target)
    {
        // MAINTAIN exists from 17 on and is tried by itself.
        var excess = claim.On.Known.Except(claim.Allowed!, StringComparer.Ordinal).Where(word => word != "MAINTAIN");
        var role = Grantees.ToSql(claim.Grantee);
        var isRole = claim.Grantee != Grantees.Public;
        var columns = ColumnList(claim);
        foreach (var privilege in claim.Columns is null ? excess : excess.Intersect(["SELECT", "UPDATE"]))
        {
            yield return new($"{privilege} is granted", $"GRANT {privilege}{columns} ON {target} TO {role}");
            if (!isRole)
            {
                continue;
            }

            yield return new($"{privilege} is granted to everyone", $"GRANT {privilege}{columns} ON {target} TO PUBLIC")
            {
                BeyondRemedy = true,
            };
            yield return new(
                $"{privilege} is granted to a group that it inherits from",
                $"CREATE ROLE {Group}",
                $"GRANT {Group} TO {role}",
                $"GRANT {privilege}{columns} ON {target} TO {Group}"
            )
            {
                BeyondRemedy = true,
            };
            yield return new(
                $"{privilege} is granted to a role that it can become",
                $"CREATE ROLE {Group}",
                $"ALTER ROLE {role} NOINHERIT",
                $"GRANT {Group} TO {role}",
                $"GRANT {privilege}{columns} ON {target} TO {Group}"
            )
            {
                BeyondRemedy = true,
            };
            yield return new(
                $"{privilege} is granted to a role that it can grant itself",
                $"CREATE ROLE {Group}",
                $"GRANT {Group} TO {role} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                $"GRANT {privilege}{columns} ON {target} TO {Group}"
            )
            {
                BeyondRemedy = true,
                SinceMajor = 16,
            };
        }

        if (isRole && claim.Columns is null && claim.Allowed is [var allowed, ..] && !claim.GrantOption)
        {
            yield return new($"{allowed} may be passed on", $"GRANT {allowed} ON {target} TO {role} WITH GRANT OPTION");
            if (
                claim.On.Table is not null
                && claim.Allowed.Intersect(PrivilegesClaim.OfColumns).FirstOrDefault() is { } one
            )
            {
                yield return new(
                    $"{one} of every column may be passed on",
                    SabotageSql.Execute(
                        SabotageSql.Format(
                            $"GRANT {one} (",
                            "%s",
                            $") ON {target} TO {role} WITH GRANT OPTION",
                            "(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ') FROM pg_catalog.pg_attribute "
                                + $"WHERE attrelid = {SabotageSql.Regclass(claim.On.Table)} AND attnum > 0 AND NOT attisdropped)"
                        )
                    )
                );
            }
        }

        if (isRole && claim.On.Sort is not ("database" or "schema" or "parameter"))
        {
            yield return new("it owns the object", $"ALTER {target} OWNER TO {role}") { BeyondRemedy = true };
        }

        if (claim.On.Table is not null && !claim.Allowed!.Contains("SELECT") && claim.Columns is null)
        {
            yield return new(
                "one column may be read",
                SabotageSql.Execute(
                    SabotageSql.Format("GRANT SELECT (", "%I", $") ON {target} TO {role}", "attname")
                        + $" FROM pg_catalog.pg_attribute WHERE attrelid = {SabotageSql.Regclass(claim.On.Table)} AND attnum = 1"
                )
            );
        }

        if (claim.On.Table is not null && claim.Columns is null && !claim.Allowed!.Contains("MAINTAIN"))
        {
            yield return new("MAINTAIN is granted", $"GRANT MAINTAIN ON {target} TO {role}") { SinceMajor = 17 };
        }
    }

    private static IEnumerable<Sabotage> Predefined(PrivilegesClaim claim)
    {
        var role = SqlText.QuoteName(claim.To);
        foreach (
            var (predefined, privilege, since) in new[]
            {
                ("pg_read_all_data", "SELECT", 14),
                ("pg_write_all_data", "UPDATE", 14),
                ("pg_maintain", "MAINTAIN", 17),
            }
        )
        {
            if (!claim.Allowed!.Contains(privilege) && (claim.Columns is null || privilege != "MAINTAIN"))
            {
                yield return new($"it gets {predefined}", $"GRANT {predefined} TO {role}")
                {
                    BeyondRemedy = true,
                    SinceMajor = since,
                };
            }
        }
    }

    private static IEnumerable<Sabotage> Harmless(PrivilegesClaim claim, string target)
    {
        var everything = $"GRANT ALL ON {target} TO {Group}";
        if (claim.On.Sort != "database")
        {
            yield return new("another role gets everything", $"CREATE ROLE {Group}", everything);
            yield return new("a superuser gets everything", $"CREATE ROLE {Group} SUPERUSER", everything);
        }

        if (claim.On.Sort is not ("database" or "parameter"))
        {
            yield return new("a comment is set", $"COMMENT ON {target} IS 'looked at'");
        }

        if (claim.Grantee != Grantees.Public)
        {
            var role = SqlText.QuoteName(claim.To);
            yield return new(
                "it is put into a group without rights",
                $"CREATE ROLE {Group}",
                $"GRANT {Group} TO {role}"
            );
            yield return new(
                "a role with every right is put into it",
                $"CREATE ROLE {Group}",
                $"GRANT {role} TO {Group}",
                claim.On.Sort == "database" ? "SELECT 1" : everything
            );
            yield return new(
                "it is in a group of which it has nothing",
                $"CREATE ROLE {Group}",
                $"GRANT {Group} TO {role} WITH INHERIT FALSE, SET FALSE",
                claim.On.Sort == "database" ? "SELECT 1" : everything
            )
            {
                SinceMajor = 16,
            };
            if (claim.On.Table is { } table)
            {
                yield return new(
                    "it has every right on a table of that name in another schema",
                    [
                        $"CREATE SCHEMA {Relations.DecoySchema}",
                        $"CREATE TABLE {SabotageSql.Elsewhere(table)} (a integer)",
                        $"GRANT ALL ON {SabotageSql.Elsewhere(table)} TO {role}",
                    ]
                );
            }
        }
    }

    private static string ColumnList(PrivilegesClaim claim) =>
        claim.Columns is { } columns ? $" ({SabotageSql.List(columns)})" : "";
}
