using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Kinds.Domain;

[Description("A value of the domain satisfies its checks")]
public sealed record DomainClaim : Claim
{
    internal const string None = "none";

    [Description("The domain: a name in the manifest's schema, or schema.name")]
    public required ObjectName Name { get; init; }

    [Description(
        "The type beneath it: a built-in one by any of its names, any other as PostgreSQL prints it, with its schema"
    )]
    public required string Type { get; init; }

    [Description("Whether NULL is refused")]
    public bool NotNull { get; init; }

    [Description("Its checks: constraint name to condition, in SQL, over VALUE; equal in meaning is equal")]
    public IReadOnlyDictionary<string, string> Checks { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    [Description(
        "Whether values that were stored before are known to satisfy the checks: true, false (NOT VALID) or any"
    )]
    public Validation Validated { get; set; } = Validation.Any;

    [Description(
        "The default, an SQL expression that is equal in meaning; none: it has none; without it that is not looked at"
    )]
    [DisallowNull]
    public string? Default { get; init; }

    [Description(
        "Functions that are not built in and that checks or default may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        (ColumnType.Problem(Type) is { } problem ? [problem] : Enumerable.Empty<ClaimProblem>())
            .Concat(Claims.ExpressionProblems("default", Default))
            .Concat(Checks.SelectMany(check => Claims.ExpressionProblems($"checks.{check.Key}", check.Value)))
            .Concat(
                Validated != Validation.Any && Checks.Count == 0
                    ? [new ClaimProblem("validated", "checks beside it", "no check")]
                    : []
            );
}

/// <summary>What the catalog holds; see facts.sql. What only a domain has is null for anything else.</summary>
/// <param name="Kind"><c>pg_type.typtype</c>.</param>
/// <param name="Functions">The functions that are not built in and that checks or default call.</param>
public sealed record DomainFact(
    string Kind,
    string? Type,
    string? TypeWithoutLength,
    bool NotNull,
    bool NotNullValidated,
    string? Default,
    IReadOnlyDictionary<string, DomainCheck> Checks,
    IReadOnlyList<CalledFunction> Functions
);

public sealed record DomainCheck(string Expression, bool Validated);

public sealed partial class DomainKind : InvariantKind<DomainClaim, DomainFact>
{
    public override string Key => "domain";

    public override string Summary => "A domain takes only values that satisfy its checks.";

    public override string WhyItMatters => "Without it every column of the domain takes values that violate the rule.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is a domain over the very type, length included: an enum, a composite type or another domain's name does not count",
            "each claimed check is there by its name and equal in meaning to the claimed condition, in the server's own normal form; further checks only refuse more",
            "not_null: NULL is refused, and values stored before are known to have none (NOT VALID exists from 18 on); it is accepted unless claimed, and a column can be NULL all the same where a query makes it so: claim the columns, too",
            "checks and default call built-in functions only, or those listed under `functions` with their digest",
            ReviewedFunction.Scope,
            "which columns are of this domain is for the kind `column` to say",
        ];

    public override JsonTypeInfo ClaimType => DomainJson.Default.DomainClaim;

    private protected override JsonTypeInfo<DomainFact> FactType => DomainJson.Default.DomainFact;

    protected override DomainClaim Qualify(DomainClaim claim, string schema) =>
        claim with
        {
            Name = claim.Name.In(schema),
        };

    protected override Subject SubjectOf(DomainClaim claim) => new(claim.Name.Schema, null, claim.Name.Name);

    protected override Footing FootingOf(DomainClaim claim, DomainFact? fact) =>
        new() { Objects = [new FootingObject(FootingObject.Type, claim.Name.Schema, claim.Name.Name)] };

    protected override void Judge(DomainClaim claim, DomainFact fact, Judgement judgement)
    {
        judgement.Require("kind", "d", fact.Kind, "The type is not a domain.");
        if (fact.Type is null)
        {
            return;
        }

        judgement.Require(
            "type",
            ColumnType.Normalise(claim.Type),
            fact.Type,
            "The domain is over another type than claimed."
        );
        judgement.Require(
            "not_null",
            claim.NotNull,
            fact.NotNull,
            claim.NotNull ? "The domain takes NULL." : "The domain refuses NULL, which was not claimed."
        );
        if (claim.NotNull)
        {
            judgement.Require(
                "not_null_validated",
                true,
                fact.NotNullValidated,
                "Values that were stored before were never looked at, so they may be NULL."
            );
        }

        foreach (var (name, expression) in claim.Checks.OrderBy(check => check.Key, StringComparer.Ordinal))
        {
            JudgeCheck(claim, fact, name, expression, judgement);
        }

        if (claim.Default is not null)
        {
            judgement.RequireExpression(
                "default",
                claim.Name,
                claim.Default == DomainClaim.None ? null : claim.Default,
                fact.Default,
                fact.Functions,
                claim.Functions,
                "The domain fills in another value than claimed.",
                type: fact.TypeWithoutLength,
                valueType: fact.Type
            );
        }
    }

    private static void JudgeCheck(
        DomainClaim claim,
        DomainFact fact,
        string name,
        string expression,
        Judgement judgement
    )
    {
        var path = $"checks.{name}";
        var check = fact.Checks.GetValueOrDefault(name);
        judgement.RequireExpression(
            path,
            claim.Name,
            expression,
            check?.Expression,
            fact.Functions,
            claim.Functions,
            check is null
                ? "A check that was claimed is not there."
                : "The domain checks something else than what was claimed.",
            valueType: fact.Type
        );
        if (check is not null && claim.Validated != Validation.Any)
        {
            judgement.Require(
                $"{path}.validated",
                claim.Validated == Validation.True,
                check.Validated,
                claim.Validated == Validation.True
                    ? "Values that were stored before were never checked, so they may violate it."
                    : "The check was claimed as NOT VALID; validating it is a decision of its own."
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
[JsonSerializable(typeof(DomainClaim))]
[JsonSerializable(typeof(DomainFact))]
internal sealed partial class DomainJson : JsonSerializerContext;
