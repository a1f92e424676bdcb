using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Setting;

[JsonConverter(typeof(WordConverter<SettingScope>))]
public sealed class SettingScope : Word, IWordSet<SettingScope>
{
    public static readonly SettingScope Database = new("database");
    public static readonly SettingScope Role = new("role");
    public static readonly SettingScope RoleInDatabase = new("role_in_database");
    public static readonly SettingScope Server = new("server");

    private SettingScope(string text)
        : base(text) { }

    public static IReadOnlyList<SettingScope> All { get; } = [Database, Role, RoleInDatabase, Server];

    internal bool IsOfRole => this == Role || this == RoleInDatabase;
}

[Description("New sessions take this setting")]
public sealed record SettingClaim : Claim
{
    [Description("The setting's name")]
    public required string Name { get; init; }

    [Description("Its value; equal in meaning is equal: 30s is 30000 ms, on is true")]
    public required SettingText Value { get; init; }

    [Description(
        "Where it is set: for every session of this database, for a role's, for a role's in this database, or for the server"
    )]
    public required SettingScope Scope { get; init; }

    [Description("The role whose sessions take it, with scope role or role_in_database")]
    [DisallowNull]
    public string? Role { get; init; }

    [Description("Roles that may have a value of their own; none by default")]
    public IReadOnlyList<string> ExceptRoles { get; set; } = [];

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (Scope.IsOfRole && Role is null)
        {
            yield return new("role", $"the role, with scope {Scope}", "none");
        }

        if (!Scope.IsOfRole && Role is not null)
        {
            yield return new("role", "scope role or role_in_database beside a role", $"scope {Scope}");
        }

        if (Scope.IsOfRole && ExceptRoles.Count > 0)
        {
            yield return new("except_roles", "scope database or server beside except_roles", $"scope {Scope}");
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Type"><c>pg_settings.vartype</c>; null where the server does not show a setting of that name.</param>
/// <param name="Choices"><c>pg_settings.enumvals</c>.</param>
/// <param name="ServerSource"><c>pg_settings.source</c> in the verifier's own session.</param>
/// <param name="ServerValue">The server's value; null where the verifier's own session hides it.</param>
/// <param name="Assigned">The value that is set in the claimed scope; null where none is.</param>
/// <param name="Overrides">What sessions take instead, by order of the commands that set it.</param>
public sealed record SettingFact(
    string Database,
    string? Type,
    string? Unit,
    IReadOnlyList<string> Choices,
    string? Context,
    bool RoleExists,
    bool CanLogin,
    string? ServerSource,
    string? ServerValue,
    string? Assigned,
    IReadOnlyList<SettingOverride> Overrides
);

/// <param name="Command">The beginning of the command that set it.</param>
/// <param name="Role">The role; empty where it is for all.</param>
public sealed record SettingOverride(string Command, string Role, string Value);

public sealed partial class SettingKind : InvariantKind<SettingClaim, SettingFact>
{
    public override string Key => "setting";

    public override string Summary => "A setting has the claimed value wherever new sessions of this database take it.";

    public override string WhyItMatters =>
        "Without it sessions run by another rule than was agreed: without a limit of time, past row security, or with another search path.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is set in the claimed scope; a weaker one is not enough (server, then all roles, database, role, role in database)",
            "no stronger scope gives another value to sessions that can be: a role that can log in and has its own is noticed, unless it is listed under `except_roles`",
            "a role can log in: nobody takes the settings of one that cannot, not even by membership or SET ROLE",
            "values are compared as the server understands them, with units, words for on and off, and lists of names",
            "it is what new sessions begin with: open sessions keep what they have, and any session may change most settings for itself, as may a function with SET",
            "server: its value is readable where neither database nor role nor client of the verifier's own session sets another; what that hides is an ERROR, and so is what the verifier's own transaction fixes, but for its limits of time",
        ];

    public override JsonTypeInfo ClaimType => SettingJson.Default.SettingClaim;

    private protected override JsonTypeInfo<SettingFact> FactType => SettingJson.Default.SettingFact;

    protected override SettingClaim Qualify(SettingClaim claim, string schema) => claim;

    protected override Subject SubjectOf(SettingClaim claim) =>
        new(claim.Role is null ? claim.Scope.Text : $"{claim.Scope} {claim.Role}", null, claim.Name);

    protected override void Judge(SettingClaim claim, SettingFact fact, Judgement judgement)
    {
        if (claim.Scope.IsOfRole)
        {
            judgement.Require("role_exists", true, fact.RoleExists, $"There is no role {claim.Role}.");
            judgement.Require(
                "can_login",
                true,
                fact.CanLogin,
                $"The role {claim.Role} cannot log in: no session ever takes its settings."
            );
        }

        if (fact.Type is null && !claim.Name.Contains('.', StringComparison.Ordinal))
        {
            judgement.Undecide(
                "type",
                $"The server shows no setting {claim.Name} to this role.",
                "Correct the name in the manifest, or grant pg_read_all_settings to the verifying role."
            );
            return;
        }

        if (Normalize(claim, fact, claim.Value.Text) is not { } expected)
        {
            judgement.Undecide(
                "value",
                $"The server would not accept {claim.Name} = {claim.Value.Text}: it is of type {fact.Type}.",
                "Correct the value in the manifest."
            );
            return;
        }

        JudgeValue(claim, fact, expected, judgement);
        judgement.RequireNone(
            "overrides",
            [
                .. OverridesOf(claim, fact, expected)
                    .Select(other => $"{other.Command} SET {claim.Name} TO {other.Value}"),
            ],
            "Sessions take another value, which is set more specifically."
        );
    }

    private static void JudgeValue(SettingClaim claim, SettingFact fact, string expected, Judgement judgement)
    {
        judgement.Expect("value", claim.Value.Text);
        var found = claim.Scope == SettingScope.Server ? fact.ServerValue : fact.Assigned;
        if (claim.Scope == SettingScope.Server && found is null)
        {
            judgement.Undecide(
                "value",
                $"The verifier's own session takes {claim.Name} from elsewhere ({fact.ServerSource ?? "nowhere"}), which hides the server's value.",
                "Claim it for the database or a role, or verify with a role and a database that do not set it."
            );
        }
        else if (found is null || Normalize(claim, fact, found) != expected)
        {
            judgement.Differ(
                "value",
                claim.Value.Text,
                found,
                found is null ? "It is not set where it was claimed to be." : "It is set to another value than claimed."
            );
        }
    }

    private static IEnumerable<SettingOverride> OverridesOf(SettingClaim claim, SettingFact fact, string expected) =>
        fact.Overrides.Where(other =>
            !claim.ExceptRoles.Contains(other.Role, StringComparer.Ordinal)
            && Normalize(claim, fact, other.Value) != expected
        );

    private static string? Normalize(SettingClaim claim, SettingFact fact, string value) =>
        SettingValue.Normalize(claim.Name, fact.Type, fact.Unit, fact.Choices, value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SettingClaim))]
[JsonSerializable(typeof(SettingFact))]
internal sealed partial class SettingJson : JsonSerializerContext;
