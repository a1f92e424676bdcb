using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Exclusion;

[Description("No two rows stand in this relation to each other")]
public sealed record ExclusionClaim : TableClaim
{
    [Description("The constraint's name")]
    public required string Name { get; init; }

    [Description("What is compared, and by which operator, in order; two rows conflict when all of them hold")]
    public required IReadOnlyList<ExclusionElement> Elements { get; init; }

    [Description("The access method of its index")]
    public string Method { get; set; } = "gist";

    [Description("The WHERE of a partial constraint; without it every row is compared")]
    public string? Predicate { get; init; }

    [Description("Whether a transaction may hold conflicting rows until its end")]
    public bool Deferrable { get; init; }

    [Description(
        "Functions that are not built in and that elements, operators or predicate may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .EmptyList("elements", [.. Elements.Select(element => element.ToString())], "at least one element")
            .Concat(Claims.ExpressionProblems("predicate", Predicate))
            .Concat(
                Elements.SelectMany((element, i) => Claims.ExpressionProblems($"elements[{i}]", element.Key.Expression))
            );
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Exclusion"><c>pg_index.indisexclusion</c>: without it the operators are not looked at.</param>
/// <param name="Recheck">A deferrable constraint lives in a trigger: whether that is there and enabled.</param>
/// <param name="Children">The children by inheritance, as SQL: their rows are not in the parent's index.</param>
/// <param name="PartitionsWithout">The partitions, as SQL, whose own index is missing or does not enforce.</param>
public sealed record ExclusionFact(
    string RelationKind,
    bool IndexesOn,
    string Method,
    IReadOnlyList<IndexFactColumn> Keys,
    IReadOnlyList<ExclusionOperator> Operators,
    string? Predicate,
    IReadOnlyList<CalledFunction> Functions,
    ComparingFunctions Comparing,
    bool Deferrable,
    bool Valid,
    bool Ready,
    bool Live,
    bool Exclusion,
    bool Immediate,
    bool Recheck,
    IReadOnlyList<string> SessionsWithoutTriggers,
    IReadOnlyList<string> Children,
    IReadOnlyList<string> PartitionsWithout
);

/// <param name="Function">The function that decides it; null when it is built in.</param>
public sealed record ExclusionOperator(string Schema, string Name, CalledFunction? Function);

public sealed partial class ExclusionKind : InvariantKind<ExclusionClaim, ExclusionFact>
{
    public override string Key => "exclusion";

    public override string Summary => "An exclusion constraint refuses a row that conflicts with another.";

    public override string WhyItMatters =>
        "Without it two rows claim the same thing at once: a room booked twice, a network given away twice.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is an exclusion constraint on exactly these elements, in this order, each with its operator and operator class: an index of that name excludes nothing",
            "its index is valid, ready and live, is marked as one that excludes, and the table's flag says that there are indexes",
            "it has no predicate unless one is claimed, and then one equal in meaning",
            "it refuses at once, unless claimed deferrable; then the trigger that looks again is enabled, and new sessions do not skip triggers",
            "every partition has its index; no inheritance child escapes it",
            "elements, operators and predicate call built-in functions only, or those listed under `functions` with their digest; so does an operator class that was made in this database to compare two values, with those built-in functions that a built-in class compares by",
            ReviewedFunction.Scope,
            "a row with a NULL in one of the elements conflicts with none: claim those columns as not nullable; nor does an empty range overlap another: claim a check against those",
        ];

    public override JsonTypeInfo ClaimType => ExclusionJson.Default.ExclusionClaim;

    private protected override JsonTypeInfo<ExclusionFact> FactType => ExclusionJson.Default.ExclusionFact;

    protected override ExclusionClaim Qualify(ExclusionClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(ExclusionClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(ExclusionClaim claim) =>
        [Guard.Of(GuardSort.Exclusion, claim.Table, claim.Name)];

    /// <summary>The same values stand in the relation to themselves that equality and overlap are; of others the operators are asked.</summary>
    protected override IEnumerable<Behaviour> Behaviours(ExclusionClaim claim) =>
        claim.Elements.All(element => element is { OperatorSchema: "pg_catalog", Operator: "=" or "&&" })
            ?
            [
                new DuplicateIsRefused(
                    claim.Table,
                    claim.Name,
                    [.. claim.Elements.Select(element => element.Key.Column ?? element.Key.Expression!)],
                    claim.Predicate,
                    "23P01"
                ),
            ]
            :
            [
                new ConflictIsRefused(
                    claim.Table,
                    claim.Name,
                    [
                        .. claim.Elements.Select(element => new ConflictElement(
                            element.Key.Column is { } column
                                ? SqlText.QuoteName(column)
                                : $"({element.Key.Expression})",
                            $"OPERATOR({SqlText.QuoteName(element.OperatorSchema)}.{element.Operator})"
                        )),
                    ],
                    claim.Predicate,
                    claim.Functions is { Count: > 0 }
                ),
            ];

    protected override void Judge(ExclusionClaim claim, ExclusionFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables enforce exclusion constraints."
        );
        JudgeElements(claim, fact, judgement);
        JudgeIndex(claim, fact, judgement);
        judgement.RequireNone(
            "children",
            fact.Children,
            "Rows of inheritance children are not in the parent's index, so conflicting rows can stand there."
        );
        judgement.RequireNone(
            "partitions_without",
            fact.PartitionsWithout,
            "These partitions have no index of their own that excludes conflicting rows."
        );
    }

    private static void JudgeElements(ExclusionClaim claim, ExclusionFact fact, Judgement judgement)
    {
        IReadOnlyList<CalledFunction> calls =
        [
            .. fact.Functions,
            .. fact.Comparing.Others,
            .. fact.Operators.Select(element => element.Function).OfType<CalledFunction>(),
        ];
        judgement.Require("method", claim.Method, fact.Method, "Another access method compares by other means.");
        var observed = fact
            .Keys.Zip(fact.Operators, (key, with) => new ExclusionElement(key.ToKey(), with.Schema, with.Name))
            .ToList();
        for (var i = 0; i < Math.Min(claim.Elements.Count, observed.Count); i++)
        {
            if (claim.Elements[i].Key.Expression is { } expected && observed[i].Key.Expression is { } found)
            {
                judgement.RequireExpression(
                    $"elements[{i}]",
                    claim.Table,
                    expected,
                    found,
                    calls,
                    claim.Functions,
                    "The constraint compares another expression than claimed."
                );
                observed[i] = observed[i] with { Key = observed[i].Key with { Expression = expected } };
            }
        }

        judgement.Require(
            "elements",
            [.. claim.Elements.Select(element => element.ToString())],
            [.. observed.Select(element => element.ToString())],
            "The constraint compares something else than claimed."
        );
        judgement.RequirePinned("elements", "", calls, claim.Functions, "constraint");
        judgement.RequireCalled("elements", fact.Comparing, calls, claim.Functions, "constraint");
        judgement.RequireExpression(
            "predicate",
            claim.Table,
            claim.Predicate,
            fact.Predicate,
            calls,
            claim.Functions,
            claim.Predicate is null
                ? "A partial constraint compares only the rows that its predicate selects."
                : "The constraint compares other rows than claimed."
        );
    }

    private static void JudgeIndex(ExclusionClaim claim, ExclusionFact fact, Judgement judgement)
    {
        judgement.Require(
            "indexes_on",
            true,
            fact.IndexesOn,
            "The table's flag says that it has no indexes, so the server maintains none and refuses no row."
        );
        judgement.Require(
            "valid",
            true,
            fact.Valid,
            "The index is not valid: it may miss rows, or a partition has none."
        );
        judgement.Require("ready", true, fact.Ready, "The index is not ready: writes do not maintain it.");
        judgement.Require("live", true, fact.Live, "The index is being dropped: writes do not maintain it.");
        judgement.Require("exclusion", true, fact.Exclusion, "The index is not marked as one that excludes rows.");
        judgement.Require(
            "deferrable",
            claim.Deferrable,
            fact.Deferrable,
            claim.Deferrable
                ? "The constraint cannot be deferred."
                : "A deferrable constraint lets conflicting rows stand until the end of the transaction."
        );
        judgement.Require(
            "immediate",
            !claim.Deferrable,
            fact.Immediate,
            claim.Deferrable
                ? "The index refuses conflicting rows at once."
                : "The index does not refuse conflicting rows at once."
        );
        if (claim.Deferrable)
        {
            judgement.Require(
                "recheck",
                true,
                fact.Recheck,
                "The trigger that looks for conflicts at the end of the transaction is missing or disabled."
            );
            judgement.RequireNone(
                "sessions_without_triggers",
                fact.SessionsWithoutTriggers,
                "New sessions skip triggers, and with them the search for conflicts."
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
[JsonSerializable(typeof(ExclusionClaim))]
[JsonSerializable(typeof(ExclusionFact))]
internal sealed partial class ExclusionJson : JsonSerializerContext;
