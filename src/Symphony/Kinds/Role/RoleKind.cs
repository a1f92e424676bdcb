using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;

namespace Symphony.Kinds.Role;

[Description("A role has these rights and no others")]
public sealed record RoleClaim : Claim
{
    [Description("The role's name")]
    public required string Name { get; init; }

    [Description("Whether it may connect; without it this is not looked at")]
    public bool? Login { get; init; }

    [Description("Whether it is a superuser, which nothing binds; false unless claimed")]
    public bool Superuser { get; set; }

    [Description("Whether row security does not bind it; false unless claimed")]
    public bool? Bypassrls { get; init; }

    [Description(
        "Whether it may create and change roles; false unless claimed. Before PostgreSQL 16 such a role can give itself every role but a superuser's"
    )]
    public bool? Createrole { get; init; }

    [Description("Whether it may create databases; false unless claimed")]
    public bool? Createdb { get; init; }

    [Description("Whether it may replicate, which reads every row of the cluster; false unless claimed")]
    public bool? Replication { get; init; }

    [Description(
        "Exactly the roles it is a member of, directly or through another; without it the list is not looked at"
    )]
    [DisallowNull]
    public IReadOnlyList<string>? MemberOf { get; init; }

    [Description("Exactly the roles that are members of it, directly or through another")]
    [DisallowNull]
    public IReadOnlyList<string>? Members { get; init; }

    [Description("INHERIT or NOINHERIT; from PostgreSQL 16 on only the default of later grants")]
    public bool? Inherit { get; init; }

    [Description("How many sessions it may have at a time; -1 is no limit")]
    public int? ConnectionLimit { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Name.Length == 0 || Grantees.Normalise(Name) == Grantees.Public
            ? [new ClaimProblem("name", "a role's name; PUBLIC is no role", $"`{Name}`")]
            : [];
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Becomes">The other roles that it can become and that have a right of their own.</param>
/// <param name="ServerAccess">The predefined roles it has whose rights are as good as a superuser's.</param>
/// <param name="MemberOf">The roles it is a member of, at any distance.</param>
/// <param name="Granted">The memberships granted to it directly.</param>
/// <param name="Members">The roles that are members of it, at any distance.</param>
/// <param name="MaySkipTriggers">Who it is when it may set <c>session_replication_role</c> without being a superuser.</param>
/// <param name="SessionsWithoutTriggers">The commands that made its new sessions skip ordinary triggers.</param>
public sealed record RoleFact(
    bool Login,
    bool Superuser,
    bool Bypassrls,
    bool Createrole,
    bool Createdb,
    bool Replication,
    bool Inherit,
    int ConnectionLimit,
    RoleRights Becomes,
    IReadOnlyList<string> ServerAccess,
    IReadOnlyList<string> MemberOf,
    IReadOnlyList<RoleMembership> Granted,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> MaySkipTriggers,
    IReadOnlyList<string> SessionsWithoutTriggers
);

/// <summary>The roles that have each right.</summary>
public sealed record RoleRights(
    IReadOnlyList<string> Superuser,
    IReadOnlyList<string> Bypassrls,
    IReadOnlyList<string> Createrole,
    IReadOnlyList<string> Createdb,
    IReadOnlyList<string> Replication
);

/// <param name="By">
/// Who granted it, where the server tells grants apart by that (PostgreSQL 16); null for the cluster's first superuser,
/// whom a superuser's grants and revokes mean of themselves, and who has another name elsewhere.
/// </param>
public sealed record RoleMembership(string Role, string? By);

public sealed partial class RoleKind : InvariantKind<RoleClaim, RoleFact>
{
    public override string Key => "role";

    public override string Summary => "A role has the claimed rights, and can give itself no others.";

    public override string WhyItMatters =>
        "Without it one leaked password reads or changes more than was ever meant, past row security and triggers.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the role exists: a missing one is a failure",
            "superuser, bypassrls, createrole, createdb and replication are false unless claimed: its own, and those of every role that it can become by SET ROLE or by an ADMIN OPTION with which it can grant itself that",
            "it does not have pg_execute_server_program, pg_read_server_files or pg_write_server_files, which are as good as a superuser's rights, unless they stand in `member_of`",
            "its new sessions do not skip triggers: session_replication_role = replica is not set for it, for the database or for all roles, and it was not granted the right to set it, by SET or ALTER SYSTEM ON PARAMETER (PostgreSQL 15)",
            "`login` is the attribute: whether it has CONNECT on this database is for the kind `privileges`, and VALID UNTIL, which ends its password and nothing else, is not looked at, nor CONNECTION LIMIT 0 without `connection_limit`; nor are rights to set or ALTER SYSTEM other settings, with some of which a server runs any program: claim those by `privileges` on {parameter: …}",
            "`member_of` and `members` are memberships with whatever options (PostgreSQL 16: one without INHERIT and SET gives nothing): what a role may do by them is for the kind `privileges`",
            "other settings are not looked at: row_security = off, for instance, makes queries fail and shows no row more",
        ];

    public override JsonTypeInfo ClaimType => RoleJson.Default.RoleClaim;

    public override string? KeyGivenBy(string over) => over == Selector.Roles ? "name" : null;

    private protected override JsonTypeInfo<RoleFact> FactType => RoleJson.Default.RoleFact;

    protected override RoleClaim Qualify(RoleClaim claim, string schema) => claim;

    protected override Subject SubjectOf(RoleClaim claim) => new(null, null, claim.Name);

    protected override Footing FootingOf(RoleClaim claim, RoleFact? fact) =>
        fact is null
            ? Footing.None
            : new()
            {
                Roles =
                [
                    claim.Name,
                    .. fact.MemberOf,
                    .. fact.Members,
                    .. fact.Granted.Select(held => held.By).OfType<string>(),
                    .. RoleRight.All.SelectMany(right => right.Through(fact.Becomes)),
                ],
            };

    protected override void Judge(RoleClaim claim, RoleFact fact, Judgement judgement)
    {
        if (claim.Login is { } login)
        {
            judgement.Require("login", login, fact.Login, login ? "It cannot connect." : "It can connect.");
        }

        foreach (var right in RoleRight.All)
        {
            JudgeRight(right, claim, fact, judgement);
        }

        if (!claim.Superuser)
        {
            judgement.RequireNone(
                "server_access",
                [.. fact.ServerAccess.Except(claim.MemberOf ?? [], StringComparer.Ordinal)],
                "It reads or writes the server's files or runs its programs, with which it can make itself a superuser."
            );
            judgement.RequireNone(
                "may_skip_triggers",
                fact.MaySkipTriggers,
                "It was granted the right to set session_replication_role, with which its sessions skip triggers and foreign keys."
            );
        }

        judgement.RequireNone(
            "sessions_without_triggers",
            fact.SessionsWithoutTriggers,
            "Its new sessions skip every trigger that is not ENABLE ALWAYS."
        );
        JudgeMembership(claim, fact, judgement);
        if (claim.Inherit is { } inherit)
        {
            judgement.Require("inherit", inherit, fact.Inherit, "It has another INHERIT than claimed.");
        }

        if (claim.ConnectionLimit is { } limit)
        {
            judgement.Require(
                "connection_limit",
                $"{limit}",
                $"{fact.ConnectionLimit}",
                "It may have another number of sessions than claimed."
            );
        }
    }

    private static void JudgeRight(RoleRight right, RoleClaim claim, RoleFact fact, Judgement judgement)
    {
        // What a superuser has beside is of no consequence.
        if ((right.Claimed(claim) ?? (claim.Superuser ? null : false)) is not { } expected)
        {
            return;
        }

        judgement.Require(
            right.Name,
            expected,
            right.Own(fact),
            expected ? $"It does not have {right.Sql}." : $"It has {right.Sql}: {right.Harm}."
        );
        if (!expected && !claim.Superuser)
        {
            judgement.RequireNone(
                $"becomes.{right.Name}",
                right.Through(fact.Becomes),
                $"It can become a role that has {right.Sql}: {right.Harm}."
            );
        }
    }

    private static void JudgeMembership(RoleClaim claim, RoleFact fact, Judgement judgement)
    {
        if (claim.MemberOf is { } memberOf)
        {
            judgement.Require(
                "member_of",
                [.. memberOf.Distinct().Order(StringComparer.Ordinal)],
                fact.MemberOf,
                "It is a member of other roles than claimed."
            );
        }

        if (claim.Members is { } members)
        {
            judgement.Require(
                "members",
                [.. members.Distinct().Order(StringComparer.Ordinal)],
                fact.Members,
                "Other roles than claimed are members of it, and may do what it may."
            );
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(RoleClaim))]
[JsonSerializable(typeof(RoleFact))]
internal sealed partial class RoleJson : JsonSerializerContext;
