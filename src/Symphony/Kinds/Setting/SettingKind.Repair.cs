using Symphony.Sql;

namespace Symphony.Kinds.Setting;

/// <content>How a setting is repaired, and how it is broken.</content>
public sealed partial class SettingKind
{
    protected override IEnumerable<string> Remedy(SettingClaim claim, SettingFact? fact)
    {
        if (fact is null || !fact.RoleExists || !fact.CanLogin)
        {
            // Who may log in is for a person to say.
            yield break;
        }

        var expected = Normalize(claim, fact, claim.Value.Text);
        if (expected is null)
        {
            yield break;
        }

        if (claim.Scope != SettingScope.Server)
        {
            if (fact.Assigned is null || Normalize(claim, fact, fact.Assigned) != expected)
            {
                yield return $"{Owner(claim, SqlText.QuoteName(fact.Database))} SET {SettingValue.Assignment(claim.Name, claim.Value.Text)}";
            }
        }
        else if (fact.ServerValue is { } value && Normalize(claim, fact, value) != expected)
        {
            yield return $"ALTER SYSTEM SET {SettingValue.Assignment(claim.Name, claim.Value.Text)}";
            if (fact.Context != "postmaster")
            {
                yield return "SELECT pg_catalog.pg_reload_conf()";
            }
        }

        foreach (var other in OverridesOf(claim, fact, expected))
        {
            yield return $"{other.Command} RESET {SettingValue.QuotedName(claim.Name)}";
        }
    }

    private static string Owner(SettingClaim claim, string database) =>
        claim.Scope == SettingScope.Database ? $"ALTER DATABASE {database}"
        : claim.Scope == SettingScope.Role ? $"ALTER ROLE {SqlText.QuoteName(claim.Role!)}"
        : $"ALTER ROLE {SqlText.QuoteName(claim.Role!)} IN DATABASE {database}";

    protected override IEnumerable<Sabotage> Sabotages(SettingClaim claim)
    {
        var name = SettingValue.QuotedName(claim.Name);
        if (claim.Scope == SettingScope.Server)
        {
            // ALTER SYSTEM cannot run in a transaction: only what hides the server's value can be tried.
            foreach (var sabotage in Overrides(claim))
            {
                yield return sabotage;
            }

            yield return Unrelated();
            yield break;
        }

        // The database's name is not in the claim.
        string Alter(string what) =>
            SabotageSql.Execute(
                SabotageSql.Format(
                    claim.Scope == SettingScope.Database ? "ALTER DATABASE "
                        : claim.Scope == SettingScope.Role ? $"ALTER ROLE {SqlText.QuoteName(claim.Role!)} "
                        : $"ALTER ROLE {SqlText.QuoteName(claim.Role!)} IN DATABASE ",
                    claim.Scope == SettingScope.Role ? "%s" : "%I",
                    " " + what,
                    claim.Scope == SettingScope.Role ? "''" : "pg_catalog.current_database()"
                )
            );

        yield return new("the setting is taken back", Alter($"RESET {name}"));
        yield return new("all settings are taken back", Alter("RESET ALL"));
        if (OtherValue(claim) is { } other)
        {
            yield return new("another value is set", Alter($"SET {SettingValue.Assignment(claim.Name, other)}"));
            yield return new(
                "it is set for the others only",
                Alter($"RESET {name}"),
                $"ALTER ROLE ALL SET {SettingValue.Assignment(claim.Name, claim.Value.Text)}"
            );
            yield return new(
                "all roles have another value, which is weaker",
                $"ALTER ROLE ALL SET {SettingValue.Assignment(claim.Name, other)}"
            )
            {
                Harmless = true,
            };
        }

        foreach (var sabotage in Overrides(claim))
        {
            yield return sabotage;
        }

        yield return new("it is set again", Alter($"SET {SettingValue.Assignment(claim.Name, claim.Value.Text)}"))
        {
            Harmless = true,
        };
        yield return new("another setting is set", Alter("SET application_name TO 'symphony'")) { Harmless = true };
        yield return Unrelated();
    }

    private static Sabotage Unrelated() =>
        new(
            "a role that can log in has other settings",
            "CREATE ROLE symphony_decoy LOGIN",
            "ALTER ROLE symphony_decoy SET application_name = 'symphony'"
        )
        {
            Harmless = true,
        };

    private static IEnumerable<Sabotage> Overrides(SettingClaim claim)
    {
        if (OtherValue(claim) is not { } other)
        {
            yield break;
        }

        if (claim.Scope.IsOfRole)
        {
            yield return new(
                "another role has another value",
                "CREATE ROLE symphony_decoy LOGIN",
                $"ALTER ROLE symphony_decoy SET {SettingValue.Assignment(claim.Name, other)}"
            )
            {
                Harmless = true,
            };
            yield break;
        }

        const string Login = "CREATE ROLE symphony_decoy LOGIN";
        yield return new(
            "a role that can log in has another value",
            Login,
            $"ALTER ROLE symphony_decoy SET {SettingValue.Assignment(claim.Name, other)}"
        );
        yield return new(
            "a role that can log in has another value in this database",
            Login,
            SabotageSql.Execute(
                SabotageSql.Format(
                    "ALTER ROLE symphony_decoy IN DATABASE ",
                    "%I",
                    $" SET {SettingValue.Assignment(claim.Name, other)}",
                    "pg_catalog.current_database()"
                )
            )
        );
        yield return new(
            "a role that could not log in is let in with another value",
            "CREATE ROLE symphony_decoy NOLOGIN",
            $"ALTER ROLE symphony_decoy SET {SettingValue.Assignment(claim.Name, other)}",
            "ALTER ROLE symphony_decoy LOGIN"
        );
        yield return new(
            "a role that cannot log in has another value",
            "CREATE ROLE symphony_decoy NOLOGIN",
            $"ALTER ROLE symphony_decoy SET {SettingValue.Assignment(claim.Name, other)}"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a role that can log in has the same value",
            Login,
            $"ALTER ROLE symphony_decoy SET {SettingValue.Assignment(claim.Name, claim.Value.Text)}"
        )
        {
            Harmless = true,
        };
    }

    /// <summary>A value that the setting surely takes and that is not the claimed one; null where only its type would tell.</summary>
    private static string? OtherValue(SettingClaim claim)
    {
        var value = claim.Value.Text;
        return SettingValue.Normalize(claim.Name, "bool", null, [], value) is { } flag
            && !char.IsAsciiDigit(value.Trim()[0])
                ? (flag == "on" ? "off" : "on")
            : value.Length > 0 && char.IsAsciiDigit(value[0]) ? (value.StartsWith('7') ? "8" : "7")
            : SettingValue.IsList(claim.Name) || claim.Name.Contains('.', StringComparison.Ordinal) ? "symphony_decoy"
            : null;
    }
}
