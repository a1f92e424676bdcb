using Symphony.Sql;

namespace Symphony.Kinds.Role;

/// <content>How a role is broken.</content>
public sealed partial class RoleKind
{
    private const string Decoy = "symphony_decoy_role";

    private const string Group = "symphony_decoy_group";

    protected override IEnumerable<Sabotage> Sabotages(RoleClaim claim) =>
        Lost(claim)
            .Concat(
                RoleRight
                    .All.Where(right => !(right.Claimed(claim) ?? claim.Superuser))
                    .SelectMany(right => Raised(claim, right))
            )
            .Concat(Memberships(claim))
            .Concat(SkippedTriggers(claim))
            .Concat(Harmless(claim));

    private static IEnumerable<Sabotage> Lost(RoleClaim claim)
    {
        var role = SqlText.QuoteName(claim.Name);
        yield return new("the role is dropped", $"DROP OWNED BY {role}", $"DROP ROLE {role}");
        yield return new("the role is renamed", $"ALTER ROLE {role} RENAME TO {Decoy}");
        if (claim.Login is { } login)
        {
            yield return new(
                login ? "it may no longer connect" : "it may connect",
                $"ALTER ROLE {role} {(login ? "NOLOGIN" : "LOGIN")}"
            );
        }

        foreach (var right in RoleRight.All.Where(right => right.Claimed(claim) is true))
        {
            yield return new($"it no longer has {right.Sql}", $"ALTER ROLE {role} NO{right.Sql}");
        }

        if (claim.ConnectionLimit is not null)
        {
            yield return new(
                "its sessions have another limit",
                $"ALTER ROLE {role} CONNECTION LIMIT {claim.ConnectionLimit + 7}"
            );
        }
    }

    private static IEnumerable<Sabotage> Raised(RoleClaim claim, RoleRight right)
    {
        var role = SqlText.QuoteName(claim.Name);
        var powerful = $"CREATE ROLE {Decoy} {right.Sql}";
        yield return new($"it gets {right.Sql}", $"ALTER ROLE {role} {right.Sql}");
        yield return new($"it can become a role with {right.Sql}", powerful, $"GRANT {Decoy} TO {role}");
        yield return new(
            $"it is in a group that can become a role with {right.Sql}",
            powerful,
            $"CREATE ROLE {Group}",
            $"GRANT {Decoy} TO {Group}",
            $"GRANT {Group} TO {role}"
        )
        {
            // Whether the group or its right is wrong, only a person knows; where memberships are claimed, it is the group.
            BeyondRemedy = claim.MemberOf is null,
        };
        yield return new(
            $"it does not inherit from a role with {right.Sql}, and can become it",
            powerful,
            $"ALTER ROLE {role} NOINHERIT",
            $"GRANT {Decoy} TO {role}"
        );
        yield return new(
            $"it can grant itself a role with {right.Sql}",
            powerful,
            $"GRANT {Decoy} TO {role} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
        )
        {
            SinceMajor = 16,
        };
    }

    /// <summary>Predefined roles that come to a superuser's power by way of the server's own files and programs.</summary>
    private static readonly IReadOnlyList<string> RulingTheServer =
    [
        "pg_execute_server_program",
        "pg_read_server_files",
        "pg_write_server_files",
    ];

    private static IEnumerable<Sabotage> Memberships(RoleClaim claim)
    {
        var role = SqlText.QuoteName(claim.Name);
        if (!claim.Superuser)
        {
            foreach (var predefined in RulingTheServer.Except(claim.MemberOf ?? []))
            {
                yield return new($"it gets {predefined}", $"GRANT {predefined} TO {role}");
            }
        }

        if (claim.MemberOf is { } memberOf)
        {
            yield return new("it is put into a group", $"CREATE ROLE {Group}", $"GRANT {Group} TO {role}");
            yield return new("it gets every table's rows to write", $"GRANT pg_write_all_data TO {role}");
            foreach (var group in memberOf)
            {
                var name = SqlText.QuoteName(group);
                yield return new($"it is put out of {group}", $"REVOKE {name} FROM {role}");
                yield return new($"{group} gets every table's rows to read", $"GRANT pg_read_all_data TO {name}")
                {
                    BeyondRemedy = true,
                };
            }
        }

        if (claim.Members is not null)
        {
            yield return new("another role is made a member", $"CREATE ROLE {Decoy}", $"GRANT {role} TO {Decoy}");
        }
    }

    private static IEnumerable<Sabotage> SkippedTriggers(RoleClaim claim)
    {
        var role = SqlText.QuoteName(claim.Name);
        yield return new("its sessions skip triggers", $"ALTER ROLE {role} SET session_replication_role = replica");
        yield return new(
            "its sessions skip triggers, in capitals",
            $"ALTER ROLE {role} SET session_replication_role = 'REPLICA'"
        );
        yield return new(
            "its sessions in this database skip triggers",
            SabotageSql.Execute(
                SabotageSql.Format(
                    $"ALTER ROLE {role} IN DATABASE ",
                    "%I",
                    " SET session_replication_role = replica",
                    "pg_catalog.current_database()"
                )
            )
        );
        yield return new(
            "the database's sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
        yield return new("all sessions skip triggers", "ALTER ROLE ALL SET session_replication_role = replica");
        if (claim.Superuser)
        {
            yield break;
        }

        foreach (var (what, grantee) in new[] { ("it", role), ("everyone", Grantees.Public) })
        {
            yield return new(
                $"{what} may skip triggers",
                $"GRANT SET ON PARAMETER session_replication_role TO {grantee}"
            )
            {
                SinceMajor = 15,
            };
        }

        yield return new(
            "it may make all sessions skip triggers",
            $"GRANT ALTER SYSTEM ON PARAMETER session_replication_role TO {role}"
        )
        {
            SinceMajor = 15,
        };
    }

    private static IEnumerable<Sabotage> Harmless(RoleClaim claim)
    {
        var role = SqlText.QuoteName(claim.Name);
        IEnumerable<Sabotage> changes =
        [
            new("its password is changed", $"ALTER ROLE {role} PASSWORD 'symphony' VALID UNTIL '2100-01-01'"),
            new("a comment is set", $"COMMENT ON ROLE {role} IS 'looked at'"),
            new("its search path is set", $"ALTER ROLE {role} SET search_path = app, public"),
            new("its triggers are set to fire", $"ALTER ROLE {role} SET session_replication_role = origin"),
            new("its triggers are set to fire locally", $"ALTER ROLE {role} SET session_replication_role = local"),
            new("row security is to be an error for it", $"ALTER ROLE {role} SET row_security = off"),
            new(
                "its sessions in another database skip triggers",
                $"ALTER ROLE {role} IN DATABASE template1 SET session_replication_role = replica"
            ),
            new(
                "a role whose name is the same in capitals is a superuser",
                $"CREATE ROLE {SqlText.QuoteName(claim.Name.ToUpperInvariant())} SUPERUSER"
            ),
            new(
                "another role's sessions skip triggers",
                $"CREATE ROLE {Decoy}",
                $"ALTER ROLE {Decoy} SET session_replication_role = replica"
            ),
            new(
                "a membership came and went",
                $"CREATE ROLE {Decoy} SUPERUSER",
                $"GRANT {Decoy} TO {role}",
                $"REVOKE {Decoy} FROM {role}"
            ),
            .. claim.Members is null
                ? new Sabotage[]
                {
                    new(
                        "a superuser is made a member of it",
                        $"CREATE ROLE {Decoy} SUPERUSER",
                        $"GRANT {role} TO {Decoy}"
                    ),
                }
                : [],
            .. claim.ConnectionLimit is null
                ? new Sabotage[] { new("its sessions are limited", $"ALTER ROLE {role} CONNECTION LIMIT 5") }
                : [],
            .. claim.MemberOf is null
                ? new Sabotage[] { new("it is put into a group", $"CREATE ROLE {Group}", $"GRANT {Group} TO {role}") }
                : [],
            .. claim.Inherit is null
                ? new Sabotage[] { new("it does not inherit", $"ALTER ROLE {role} NOINHERIT") }
                : [],
        ];
        return changes.Select(change => change with { Harmless = true });
    }
}
