using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.RowSecurity;

[JsonConverter(typeof(WordConverter<PermissivePolicies>))]
public sealed class PermissivePolicies : Word, IWordSet<PermissivePolicies>
{
    public static readonly PermissivePolicies Some = new("some");
    public static readonly PermissivePolicies None = new("none");

    private PermissivePolicies(string text)
        : base(text) { }

    public static IReadOnlyList<PermissivePolicies> All { get; } = [Some, None];
}

[JsonConverter(typeof(WordConverter<RowSecurityOfChildren>))]
public sealed class RowSecurityOfChildren : Word, IWordSet<RowSecurityOfChildren>
{
    public static readonly RowSecurityOfChildren Guarded = new("guarded");
    public static readonly RowSecurityOfChildren Any = new("any");

    private RowSecurityOfChildren(string text)
        : base(text) { }

    public static IReadOnlyList<RowSecurityOfChildren> All { get; } = [Guarded, Any];
}

[Description("The rows of a table are guarded by its policies, and by these only")]
public sealed record RowSecurityClaim : TableClaim
{
    [Description("Whether row security is on")]
    public bool Enabled { get; set; } = true;

    [Description("Whether it binds the table's owner too: true, false or any")]
    public Validation Forced { get; set; } = Validation.Any;

    [Description(
        "The names of the policies: each of them is there, and no other permissive one; without it any may be"
    )]
    public IReadOnlyList<string>? Policies { get; init; }

    [Description(
        "some: at least one policy lets rows through; none: no policy does, so nobody whom row security binds sees a row"
    )]
    public PermissivePolicies PermissivePolicies { get; set; } = PermissivePolicies.Some;

    [Description("The names of policies that may let every row through; none by default")]
    public IReadOnlyList<string> AlwaysTrue { get; set; } = [];

    [Description(
        "guarded: partitions and children, which can be read and written directly, are guarded as well; any: they are not looked at"
    )]
    public RowSecurityOfChildren Children { get; set; } = RowSecurityOfChildren.Guarded;

    [Description("The roles with BYPASSRLS that are not superusers, exactly; without it they are not looked at")]
    public IReadOnlyList<string>? Bypass { get; init; }

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (!Enabled && (Policies is not null || Forced == Validation.True))
        {
            yield return new("enabled", "true: policies of a table whose row security is off do nothing", "false");
        }

        if (Policies is { Count: 0 } && PermissivePolicies == PermissivePolicies.Some)
        {
            yield return new("policies", "at least one policy, or permissive_policies: none", "an empty list");
        }
    }
}

/// <summary>What the catalog holds; see facts.sql. The table itself comes first, those above it come last.</summary>
/// <param name="Bypass">The roles with BYPASSRLS that are not superusers, sorted.</param>
public sealed record RowSecurityFact(IReadOnlyList<GuardedRelation> Tree, IReadOnlyList<string> Bypass);

/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="Above">The table, or something below it, inherits from this one or is a partition of it.</param>
/// <param name="Policies">In the order of their names.</param>
public sealed record GuardedRelation(
    string Schema,
    string Name,
    string Kind,
    bool Above,
    bool Enabled,
    bool Forced,
    IReadOnlyList<PolicyState> Policies
)
{
    [JsonIgnore]
    public ObjectName Relation => new(Schema, Name);
}

public sealed partial class RowSecurityKind : InvariantKind<RowSecurityClaim, RowSecurityFact>
{
    public override string Key => "row_security";

    public override string Summary =>
        "Row security of a table is on, and no policy beyond those claimed lets rows through.";

    public override string WhyItMatters =>
        "Without it every role that may read the table reads the rows of all tenants.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is an ordinary or a partitioned table: nothing else has row security",
            "at least one permissive policy exists, unless none is claimed: with restrictive ones alone nobody sees a row",
            "no policy has a condition that the server simplifies to true, unless it is listed under `always_true`; one that calls functions that are not built in or holds a subquery is for the kind `policy` to compare",
            "its partitions and children have row security as well, forced where that is claimed, and no policy that is always true, unless `children: any`",
            "so have the tables that it, or a child of it, inherits from or is a partition of: who reads its rows through one of them meets only that one's policies",
            "made to act (`--probe`), a role with all privileges on the table, and its owner where it is forced, may not read past row security",
            "superusers, roles with BYPASSRLS (see `bypass`) and, unless it is forced, the members of the owner's role see and write every row all the same",
            "TRUNCATE asks no policy, nor does REFERENCES: claim who has those privileges",
        ];

    public override JsonTypeInfo ClaimType => RowSecurityJson.Default.RowSecurityClaim;

    private protected override JsonTypeInfo<RowSecurityFact> FactType => RowSecurityJson.Default.RowSecurityFact;

    protected override RowSecurityClaim Qualify(RowSecurityClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(RowSecurityClaim claim) => Subject.Of(claim.Table);

    protected override Footing FootingOf(RowSecurityClaim claim, RowSecurityFact? fact) =>
        Footing.Of(SubjectOf(claim)) with
        {
            Roles = fact?.Bypass ?? [],
            ListsRoles = true,
        };

    protected override IEnumerable<Behaviour> Behaviours(RowSecurityClaim claim) =>
        claim.Enabled ? [new RowSecurityBinds(claim.Table, claim.Forced == Validation.True)] : [];

    protected override void Judge(RowSecurityClaim claim, RowSecurityFact fact, Judgement judgement)
    {
        var table = fact.Tree[0];
        judgement.RequireOneOf(
            "kind",
            Relations.Tables,
            table.Kind,
            "Only ordinary and partitioned tables have row security."
        );
        JudgeGuard(claim, table, "", judgement);
        if (claim.Enabled)
        {
            JudgePolicies(claim, table, judgement);
        }

        foreach (var other in fact.Tree.Skip(1).Where(relation => IsLookedAt(claim, relation)))
        {
            JudgeGuard(claim, other, other.Relation + ".", judgement);
        }

        if (claim.Bypass is not null)
        {
            judgement.Require(
                "bypass",
                [.. claim.Bypass.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                fact.Bypass,
                "Other roles than claimed bypass row security of every table."
            );
        }
    }

    /// <summary>Whoever reads a relation above this one meets the policies of that one alone, and sees these rows.</summary>
    private static bool IsLookedAt(RowSecurityClaim claim, GuardedRelation other) =>
        other.Above ? claim.Enabled : claim.Children == RowSecurityOfChildren.Guarded;

    private static void JudgeGuard(RowSecurityClaim claim, GuardedRelation relation, string prefix, Judgement judgement)
    {
        var at = relation.Relation;
        judgement.Require(
            prefix + "enabled",
            claim.Enabled,
            relation.Enabled,
            claim.Enabled
                ? $"Row security of {at} is off: its policies are not applied."
                : $"Row security of {at} is on: it hides rows."
        );
        if (claim.Forced != Validation.Any)
        {
            judgement.Require(
                prefix + "forced",
                claim.Forced == Validation.True,
                relation.Forced,
                claim.Forced == Validation.True
                    ? $"Row security of {at} is not forced: its owner sees and writes every row."
                    : $"Row security of {at} binds its owner, too."
            );
        }

        if (claim.Enabled)
        {
            judgement.RequireNone(
                prefix + "always_true",
                [
                    .. relation
                        .Policies.Where(policy => !claim.AlwaysTrue.Contains(policy.Name, StringComparer.Ordinal))
                        .Where(policy => policy.IsAlwaysTrue(prefix + "always_true", at, judgement))
                        .Select(policy => policy.Name),
                ],
                $"A policy of {at} has a condition that every row satisfies."
            );
        }
    }

    private static void JudgePolicies(RowSecurityClaim claim, GuardedRelation table, Judgement judgement)
    {
        var permissive = table.Policies.Where(policy => policy.Permissive).Select(policy => policy.Name).ToList();
        if (claim.PermissivePolicies == PermissivePolicies.None)
        {
            judgement.RequireNone("permissive", permissive, "A policy lets rows through where none was claimed to.");
        }
        else
        {
            judgement.Require(
                "some_permissive",
                true,
                permissive.Count > 0,
                "No permissive policy is there: nobody whom row security binds sees or writes a row."
            );
        }

        if (claim.Policies is null)
        {
            return;
        }

        judgement.RequireNone(
            "missing_policies",
            [.. claim.Policies.Except(table.Policies.Select(policy => policy.Name), StringComparer.Ordinal)],
            "A policy that was claimed is not there."
        );
        judgement.RequireNone(
            "other_permissive",
            [.. permissive.Except(claim.Policies, StringComparer.Ordinal)],
            "A permissive policy that was not claimed lets more rows through."
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(RowSecurityClaim))]
[JsonSerializable(typeof(RowSecurityFact))]
internal sealed partial class RowSecurityJson : JsonSerializerContext;
