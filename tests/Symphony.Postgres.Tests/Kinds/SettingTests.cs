using Symphony.Kinds;
using Symphony.Kinds.Setting;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>Which sessions take a setting. Roles are the whole cluster's, so each is made in a transaction that is rolled back.</summary>
public sealed class SettingTests(PostgresServers servers)
{
    private const string Login = "CREATE ROLE symphony_setting LOGIN";

    private const string Set = "ALTER ROLE symphony_setting SET statement_timeout = '30s'";

    private static readonly SettingClaim OfRole = new()
    {
        Name = "statement_timeout",
        Value = new SettingText("30000"),
        Scope = SettingScope.Role,
        Role = "symphony_setting",
    };

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Theory, MemberData(nameof(Majors))]
    public async Task A_roles_sessions_take_what_is_set_for_the_role(int major) =>
        await ExpectAsync(major, Verdict.Pass, OfRole, Login, Set);

    [Theory, MemberData(nameof(Majors))]
    public async Task A_role_that_is_not_there_takes_nothing(int major) =>
        await ExpectAsync(major, Verdict.Fail, OfRole);

    [Theory, MemberData(nameof(Majors))]
    public async Task A_role_that_cannot_log_in_takes_nothing(int major) =>
        await ExpectAsync(major, Verdict.Fail, OfRole, Login, Set, "ALTER ROLE symphony_setting NOLOGIN");

    [Theory, MemberData(nameof(Majors))]
    public async Task A_member_does_not_take_what_is_set_for_its_group(int major) =>
        await ExpectAsync(
            major,
            Verdict.Fail,
            OfRole,
            Login,
            "CREATE ROLE symphony_group",
            "GRANT symphony_group TO symphony_setting",
            "ALTER ROLE symphony_group SET statement_timeout = '30s'"
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_value_for_the_role_in_this_database_is_stronger(int major) =>
        await ExpectAsync(
            major,
            Verdict.Fail,
            OfRole,
            Login,
            Set,
            InThisDatabase("ALTER ROLE symphony_setting IN DATABASE %I SET statement_timeout = 0")
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_value_for_the_role_in_another_database_is_not_this_ones(int major) =>
        await ExpectAsync(
            major,
            Verdict.Pass,
            OfRole,
            Login,
            Set,
            "ALTER ROLE symphony_setting IN DATABASE template1 SET statement_timeout = 0"
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_database_has_a_weaker_say_than_the_role(int major) =>
        await ExpectAsync(
            major,
            Verdict.Pass,
            OfRole,
            Login,
            Set,
            InThisDatabase("ALTER DATABASE %I SET statement_timeout = 0")
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_role_that_was_excepted_may_have_a_value_of_its_own(int major)
    {
        var claim = OfRole with { Scope = SettingScope.Database, Role = null! };
        string[] changes =
        [
            InThisDatabase("ALTER DATABASE %I SET statement_timeout = '30s'"),
            Login,
            "ALTER ROLE symphony_setting SET statement_timeout = 0",
        ];

        await ExpectAsync(major, Verdict.Fail, claim, changes);
        await ExpectAsync(major, Verdict.Pass, claim with { ExceptRoles = ["symphony_setting"] }, changes);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task The_servers_own_value_is_known_where_the_verifier_does_not_set_it(int major)
    {
        var claim = new SettingClaim
        {
            Name = "Max_Connections",
            Value = new SettingText(await CurrentAsync(major, "max_connections")),
            Scope = SettingScope.Server,
        };

        await ExpectAsync(major, Verdict.Pass, claim);
        await ExpectAsync(major, Verdict.Fail, claim with { Value = new SettingText("7") });
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task The_servers_own_limits_of_time_are_known_beside_those_of_the_verifier(int major)
    {
        foreach (var name in new[] { "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout" })
        {
            var claim = new SettingClaim
            {
                Name = name,
                Value = new SettingText("0"),
                Scope = SettingScope.Server,
            };

            await ExpectAsync(major, Verdict.Pass, claim);
            await ExpectAsync(major, Verdict.Fail, claim with { Value = new SettingText("7s") });
            await ExpectAsync(major, Verdict.Error, claim, InThisDatabase($"ALTER DATABASE %I SET {name} = 0"));
        }
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task What_the_verifiers_own_session_hides_is_not_decided(int major) =>
        await ExpectAsync(
            major,
            Verdict.Error,
            OfRole with
            {
                Name = "search_path",
                Value = new SettingText("public"),
                Scope = SettingScope.Server,
                Role = null!,
            }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_name_or_a_value_that_the_server_does_not_know_is_not_decided(int major)
    {
        var ofDatabase = OfRole with { Scope = SettingScope.Database, Role = null! };

        await ExpectAsync(major, Verdict.Error, ofDatabase with { Name = "statement_time" });
        await ExpectAsync(major, Verdict.Error, ofDatabase with { Value = new SettingText("30 parsecs") });
    }

    private static string InThisDatabase(string format) =>
        $"DO $$ BEGIN EXECUTE format($f${format}$f$, current_database()); END $$";

    private async Task<string> CurrentAsync(int major, string setting)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        return (await database.ScalarAsync<string>("SELECT current_setting($1)", setting))!;
    }

    private async Task ExpectAsync(int major, Verdict verdict, SettingClaim claim, params string[] changes)
    {
        Assert.Empty(claim.Problems());
        await using var database = await ExampleDatabase.BorrowAsync(servers, major);

        var wrong = await database.TryAsync(async () =>
        {
            await database.ExecuteAsync(changes);
            var result = await database.JudgeAsync(KindRegistry.Standard.Find("setting")!, claim);
            return result.Verdict == verdict ? null : $"{result.Verdict.Word()}: {result.Explanation}";
        });

        Assert.Null(wrong);
    }
}
