using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds.Policy;

[JsonConverter(typeof(WordConverter<PolicyCommand>))]
public sealed class PolicyCommand : Word, IWordSet<PolicyCommand>
{
    public static readonly PolicyCommand Every = new("all");
    public static readonly PolicyCommand Select = new("select");
    public static readonly PolicyCommand Insert = new("insert");
    public static readonly PolicyCommand Update = new("update");
    public static readonly PolicyCommand Delete = new("delete");

    private PolicyCommand(string text)
        : base(text) { }

    public static IReadOnlyList<PolicyCommand> All { get; } = [Every, Select, Insert, Update, Delete];
}

[Description("A policy lets only these rows through")]
public sealed record PolicyClaim : TableClaim
{
    [Description("The policy's name")]
    public required string Name { get; init; }

    [Description("The commands it is about")]
    public PolicyCommand Command { get; set; } = PolicyCommand.Every;

    [Description("true: it lets rows through that satisfy it; false: it holds rows back that do not (AS RESTRICTIVE)")]
    public bool Permissive { get; set; } = true;

    [Description("The roles it is for, exactly; PUBLIC, or public, is every role")]
    public IReadOnlyList<string> Roles { get; set; } = [PolicyState.Public];

    [Description("The condition, in SQL, of the rows that are read, updated and deleted; equal in meaning is equal")]
    public string? Using { get; init; }

    [Description(
        "The condition, in SQL, of the rows that are written; without it that of `using`, where the command has one"
    )]
    public string? WithCheck { get; init; }

    [Description(
        "Functions that are not built in and that the conditions may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    [Description("Other relations that the conditions read in subqueries, exactly; none by default")]
    public IReadOnlyList<ObjectName> Reads { get; set; } = [];

    /// <summary>The roles in the order of the catalog's answer.</summary>
    internal IReadOnlyList<string> SortedRoles =>
        [.. Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether there may be a row that it keeps from its roles: one whose conditions are true holds nobody back.</summary>
    internal bool HoldsBack =>
        new[] { Using, PolicyState.EffectiveCheck(Command.Text, Using, WithCheck) }
            .OfType<string>()
            .Any(condition => !ExpressionText.SameTokens(condition, "true"));

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .ExpressionProblems("using", Using)
            .Concat(Claims.ExpressionProblems("with_check", WithCheck))
            .Concat(Claims.EmptyList("roles", Roles, "at least one role, or public"))
            .Concat(ConditionProblems());

    private IEnumerable<ClaimProblem> ConditionProblems()
    {
        if (Using is null && WithCheck is null)
        {
            yield return new("", "a condition: using, with_check or both", "none, which says nothing of any row");
        }

        if (Command == PolicyCommand.Insert && Using is not null)
        {
            yield return new("using", "with_check: an inserted row was not there before", "using");
        }

        if ((Command == PolicyCommand.Select || Command == PolicyCommand.Delete) && WithCheck is not null)
        {
            yield return new("with_check", $"using: {Command} writes no row", "with_check");
        }

        if (Roles.Count > 1 && Roles.Select(PolicyState.Normalise).Contains(PolicyState.Public))
        {
            yield return new("roles", "public alone: it is every role", "public beside other roles");
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Reads">The other relations that its subqueries read.</param>
/// <param name="Exempt">The roles it is for that no policy holds back.</param>
/// <param name="Beside">The table's other permissive policies.</param>
public sealed record PolicyFact(
    string RelationKind,
    bool RowSecurity,
    PolicyState Policy,
    IReadOnlyList<CalledFunction> Functions,
    IReadOnlyList<NamedObject> Reads,
    ExemptRoles Exempt,
    IReadOnlyList<PolicyState> Beside
);

/// <param name="Owner">Those with the rights of the table's owner, where row security is not forced.</param>
public sealed record ExemptRoles(
    IReadOnlyList<string> Superuser,
    IReadOnlyList<string> Bypassrls,
    IReadOnlyList<string> Owner
);

public sealed partial class PolicyKind : InvariantKind<PolicyClaim, PolicyFact>
{
    public override string Key => "policy";

    public override string Summary =>
        "A row security policy lets through the rows that satisfy a condition, and no others.";

    public override string WhyItMatters => "Without it rows are read or written by roles that they do not belong to.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "row security of the table is enabled: a policy on a table where it is off does nothing",
            "each condition is equal in meaning to the claimed one, in the server's own normal form; one with a subquery is compared as the server prints it",
            "command, roles and whether it is permissive are exactly as claimed; a missing with_check is the condition of `using`",
            "the conditions call built-in functions only, or those listed under `functions` with their digest, and read no other relation than those listed under `reads`",
            "no other permissive policy for the same commands and roles lets every row through; the kind `row_security` says which policies there may be",
            "none of the roles that it names bypasses it: as a superuser, with BYPASSRLS, or with the rights of the owner of a table whose row security is not forced; one that is always true holds nobody back, and may be for them",
            "made to act (`--probe`), each of its roles meets a row that satisfies the condition and none that does not: where another permissive policy lets that row through, it is a FAIL; where no row and setting is found by trial, an ERROR that says so",
            "who else bypasses every policy is not looked at, `public` or not: the kind `row_security` says who may (`bypass`, `forced`), and the kind `role` what a role can become",
            "values are compared by their columns' collations: claim the columns",
            ReviewedFunction.Scope,
            "it guards rows reached through this table: a partition or child that is named directly, or a table that it inherits from, has its own policies, at which `row_security` looks",
        ];

    public override JsonTypeInfo ClaimType => PolicyJson.Default.PolicyClaim;

    private protected override JsonTypeInfo<PolicyFact> FactType => PolicyJson.Default.PolicyFact;

    protected override PolicyClaim Qualify(PolicyClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
            Reads = [.. claim.Reads.Select(relation => relation.In(schema))],
            Roles = [.. claim.Roles.Select(PolicyState.Normalise)],
        };

    protected override Subject SubjectOf(PolicyClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override Footing FootingOf(PolicyClaim claim, PolicyFact? fact) =>
        Footing.Of(SubjectOf(claim)) with
        {
            Roles = fact?.Exempt is { } exempt ? [.. exempt.Superuser, .. exempt.Bypassrls, .. exempt.Owner] : [],
        };

    protected override IEnumerable<Guard> Guards(PolicyClaim claim) =>
        [Guard.Of(GuardSort.Policy, claim.Table, claim.Name)];

    protected override IEnumerable<Behaviour> Behaviours(PolicyClaim claim) =>
        [
            new RowsAreGuarded(
                claim.Table,
                claim.Name,
                claim.Command.Text,
                claim.Permissive,
                [.. claim.SortedRoles.Select(role => role == PolicyState.Public ? null : role)],
                claim.Using,
                PolicyState.EffectiveCheck(claim.Command.Text, claim.Using, claim.WithCheck),
                claim.Reads,
                [.. claim.Functions?.Keys ?? []]
            ),
        ];

    protected override void Judge(PolicyClaim claim, PolicyFact fact, Judgement judgement)
    {
        var policy = fact.Policy;
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables have row security."
        );
        judgement.Require(
            "row_security",
            true,
            fact.RowSecurity,
            "Row security of the table is off: its policies are not applied."
        );
        judgement.Require("command", claim.Command.Text, policy.Command, "The policy is about other commands.");
        judgement.Require(
            "permissive",
            claim.Permissive,
            policy.Permissive,
            claim.Permissive
                ? "A restrictive policy lets no row through by itself."
                : "A permissive policy adds rows to those that others let through; it holds none back."
        );
        judgement.Require("roles", claim.SortedRoles, policy.Roles, "The policy is for other roles than claimed.");
        JudgeConditions(claim, fact, judgement);
        judgement.Require(
            "reads",
            [.. claim.Reads.Select(relation => relation.ToString()).Order(StringComparer.Ordinal)],
            [.. fact.Reads.Select(relation => relation.ToString()).Order(StringComparer.Ordinal)],
            "The conditions read other relations than claimed: what is in them decides which rows are let through."
        );
        if (claim.HoldsBack)
        {
            JudgeExempt(claim, fact.Exempt, judgement);
        }

        if (claim.Permissive)
        {
            judgement.RequireNone(
                "open_beside",
                [
                    .. fact
                        .Beside.Where(other =>
                            other.Meets(claim.Command.Text, claim.Roles)
                            && other.IsAlwaysTrue("open_beside", claim.Table, judgement)
                        )
                        .Select(other => other.Name),
                ],
                "Another permissive policy lets every row through for the same roles, whatever this one says."
            );
        }
    }

    private static void JudgeExempt(PolicyClaim claim, ExemptRoles exempt, Judgement judgement)
    {
        void RequireNone(string by, IReadOnlyList<string> roles, string why) =>
            judgement.RequireNone($"exempt.{by}", [.. roles.Intersect(claim.Roles, StringComparer.Ordinal)], why);

        RequireNone("superuser", exempt.Superuser, "It is for a superuser, whom no policy holds back.");
        RequireNone("bypassrls", exempt.Bypassrls, "It is for a role with BYPASSRLS, which no policy holds back.");
        RequireNone(
            "owner",
            exempt.Owner,
            "It is for a role with the rights of the table's owner, which no policy holds back: row security is not forced."
        );
    }

    private static void JudgeConditions(PolicyClaim claim, PolicyFact fact, Judgement judgement)
    {
        var policy = fact.Policy;
        judgement.RequireExpression(
            "using",
            claim.Table,
            claim.Using,
            policy.Using,
            fact.Functions,
            claim.Functions,
            "The policy lets other rows be seen than claimed."
        );
        judgement.RequireExpression(
            "with_check",
            claim.Table,
            PolicyState.EffectiveCheck(claim.Command.Text, claim.Using, claim.WithCheck),
            PolicyState.EffectiveCheck(policy.Command, policy.Using, policy.WithCheck),
            fact.Functions,
            claim.Functions,
            "The policy lets other rows be written than claimed."
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PolicyClaim))]
[JsonSerializable(typeof(PolicyFact))]
internal sealed partial class PolicyJson : JsonSerializerContext;
