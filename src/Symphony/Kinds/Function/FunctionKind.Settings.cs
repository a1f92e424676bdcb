namespace Symphony.Kinds.Function;

/// <content>What a function's own SET clauses, search_path apart, may be.</content>
public sealed partial class FunctionKind
{
    private static readonly string[] RoleSettings = ["role", "session_authorization"];

    private static void JudgeSettings(FunctionClaim claim, FunctionFact fact, Judgement judgement)
    {
        if (claim.Settings is { } claimed)
        {
            judgement.Require(
                "settings",
                [.. Sorted(claimed).Select(setting => $"{setting.Name} = {setting.Value}")],
                [.. fact.Settings.Select(setting => Shown(claim, setting)).Order(StringComparer.Ordinal)],
                "Its SET clauses give other settings than claimed."
            );
        }

        var own = Unclaimed(claim, fact).ToList();
        judgement.Require(
            "skips_triggers",
            false,
            own.Exists(setting => FunctionSettings.SkipsTriggers(setting.Text)),
            "It sets session_replication_role to replica: what it writes meets no trigger and no foreign key."
        );
        judgement.Require(
            "skips_event_triggers",
            false,
            own.Exists(setting => FunctionSettings.SkipsEventTriggers(setting.Text)),
            "It sets event_triggers to off: what it changes in the schema fires none."
        );
        judgement.Require(
            "ignores_assertions",
            false,
            own.Exists(setting => FunctionSettings.IgnoresAssertions(setting.Text, fact.Language, fact.Body)),
            "It sets plpgsql.check_asserts to off: the assertions in its body are not checked."
        );
        if (claim.Security is not null)
        {
            judgement.RequireNone(
                "roles_set",
                [.. own.Where(IsOfRole).Select(setting => setting.Text)],
                "It runs with the rights of another role than its caller or its owner."
            );
        }
    }

    /// <summary>What its SET clauses should give, in the order of their names, and what they should not.</summary>
    private static IEnumerable<string> SettingChanges(FunctionClaim claim, FunctionFact fact)
    {
        foreach (var (name, value) in Sorted(claim.Settings))
        {
            if (!fact.Settings.Any(setting => FunctionClaim.IsName(setting.Name, name) && setting.Gives(value)))
            {
                yield return $"SET {SettingValue.Assignment(name, value)}";
            }
        }

        foreach (var setting in Unclaimed(claim, fact).Where(setting => MayNotStay(claim, fact, setting)))
        {
            yield return $"RESET {SettingValue.QuotedName(setting.Name)}";
        }
    }

    /// <summary>Of one that is not claimed.</summary>
    private static bool MayNotStay(FunctionClaim claim, FunctionFact fact, FunctionSetting setting) =>
        claim.Settings is not null
        || FunctionSettings.SkipsTriggers(setting.Text)
        || FunctionSettings.SkipsEventTriggers(setting.Text)
        || FunctionSettings.IgnoresAssertions(setting.Text, fact.Language, fact.Body)
        || (claim.Security is not null && IsOfRole(setting));

    private static IEnumerable<FunctionSetting> Unclaimed(FunctionClaim claim, FunctionFact fact) =>
        fact.Settings.Where(setting => claim.Claimed(setting.Name) is null);

    private static bool IsOfRole(FunctionSetting setting) =>
        RoleSettings.Any(role => FunctionClaim.IsName(setting.Name, role));

    /// <summary>A value that means the same is shown as it was claimed.</summary>
    private static string Shown(FunctionClaim claim, FunctionSetting setting) =>
        $"{setting.Name.ToLowerInvariant()} = {(claim.Claimed(setting.Name) is { } claimed && setting.Gives(claimed.Text) ? claimed.Text : setting.Value)}";

    private static IEnumerable<(string Name, string Value)> Sorted(IReadOnlyDictionary<string, SettingText>? claimed) =>
        (claimed ?? new Dictionary<string, SettingText>())
            .Select(setting => (Name: setting.Key.ToLowerInvariant(), Value: setting.Value.Text))
            .OrderBy(setting => $"{setting.Name} = {setting.Value}", StringComparer.Ordinal);

    private static IEnumerable<Sabotage> OfSettings(FunctionClaim claim)
    {
        // Without `settings` what switches nothing off is the function's own affair.
        var othersMayStand = claim.Settings is null;
        return new (string Setting, Sabotage Change)[]
        {
            (
                "session_replication_role",
                new("what it writes meets no trigger", Alter(claim, "SET session_replication_role = 'Replica'"))
            ),
            (
                "event_triggers",
                new("what it changes fires no event trigger", Alter(claim, "SET event_triggers = off"))
                {
                    SinceMajor = 17,
                }
            ),
            (
                "role",
                new(
                    "it runs with the rights of another role",
                    "CREATE ROLE symphony_decoy_rights",
                    Alter(claim, "SET role = symphony_decoy_rights")
                )
                {
                    Harmless = othersMayStand && claim.Security is null,
                }
            ),
            (
                "statement_timeout",
                new("it is given time limits", Alter(claim, "SET statement_timeout = '5s'"))
                {
                    Harmless = othersMayStand,
                }
            ),
            (
                "row_security",
                new("policies make its queries fail", Alter(claim, "SET row_security = off"))
                {
                    Harmless = othersMayStand,
                }
            ),
        }
            .Where(own => claim.Claimed(own.Setting) is null)
            .Select(own => own.Change)
            .Concat(
                Sorted(claim.Settings)
                    .Select(setting => new Sabotage(
                        $"it no longer sets {setting.Name}",
                        Alter(claim, $"RESET {SettingValue.QuotedName(setting.Name)}")
                    ))
            );
    }
}
