using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Kinds.Index;

[Description("An index stands on these very columns, for every row")]
public sealed record IndexClaim : TableClaim
{
    [Description("The index's name")]
    public required string Name { get; init; }

    [Description("The keys in order, each as CREATE INDEX writes it")]
    public required IReadOnlyList<IndexColumn> Columns { get; init; }

    [Description("Columns carried along (INCLUDE), in order; none by default")]
    public IReadOnlyList<string> Include { get; set; } = [];

    [Description("Whether it refuses duplicates")]
    public bool Unique { get; init; }

    [Description("The access method")]
    public string Method { get; set; } = "btree";

    [Description("The WHERE of a partial index; without it the index must cover every row")]
    public string? Predicate { get; init; }

    [Description("Whether NULLs of a unique index count as different from each other")]
    public bool NullsDistinct { get; set; } = true;

    [Description("Storage options, such as fillfactor, and their values; those that are not named are not looked at")]
    [DisallowNull]
    public IReadOnlyDictionary<string, SettingText>? Storage { get; init; }

    [Description(
        "Functions that are not built in and that keys or predicate may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .EmptyList("columns", [.. Columns.Select(column => column.ToString())], "at least one key")
            .Concat(Claims.ExpressionProblems("predicate", Predicate))
            .Concat(StorageOptions.Problems(Storage))
            .Concat(Columns.SelectMany((column, i) => Claims.ExpressionProblems($"columns[{i}]", column.Expression)))
            .Concat(
                NullsDistinct || Unique
                    ? []
                    :
                    [
                        new ClaimProblem(
                            "nulls_distinct",
                            "unique: true beside nulls_distinct: false",
                            "an index that is not unique"
                        ),
                    ]
            );
}

/// <summary>What the catalog holds; see facts.sql.</summary>
public sealed record IndexFact(
    string RelationKind,
    bool IndexesOn,
    bool Valid,
    bool Ready,
    bool Live,
    bool Immediate,
    bool Exclusion,
    bool Unique,
    bool? NullsDistinct,
    string Method,
    string? Constraint,
    IReadOnlyList<IndexFactColumn> Columns,
    IReadOnlyList<string> Include,
    string? Predicate,
    IReadOnlyDictionary<string, string> Storage,
    IReadOnlyList<CalledFunction> Functions,
    ComparingFunctions Comparing,
    IReadOnlyList<string> Children
);

public sealed partial class IndexKind : InvariantKind<IndexClaim, IndexFact>
{
    public override string Key => "index";

    public override string Summary =>
        "An index stands on exactly these columns of the table, for every row, and is in use.";

    public override string WhyItMatters =>
        "Without it the look-ups it serves read the whole table, and a unique one no longer refuses duplicates.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it stands on that very table: the name on another table does not count",
            "its keys are the claimed ones, in order, with their direction, operator class and collation; an operator class that was made in this database is claimed by its name even where it is its type's default",
            "it is valid, ready and live: a CREATE INDEX CONCURRENTLY that failed leaves one that is not",
            "it has no predicate unless one is claimed, and then one equal in meaning",
            "a unique one is checked at once (not deferrable) and no inheritance child escapes it",
            "its expressions call built-in functions only, or those listed under `functions` with their digest; so does an operator class that was made in this database to compare two values, with those built-in functions that a built-in class compares by",
            ReviewedFunction.Scope,
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is IndexClaim { NullsDistinct: false },
            15,
            "Servers before PostgreSQL 15 have no NULLS NOT DISTINCT: NULLs always count as different."
        );

    public override JsonTypeInfo ClaimType => IndexJson.Default.IndexClaim;

    private protected override JsonTypeInfo<IndexFact> FactType => IndexJson.Default.IndexFact;

    protected override IndexClaim Qualify(IndexClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(IndexClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(IndexClaim claim) =>
        [
            Guard.Of(GuardSort.UniqueIndex, claim.Table, claim.Name),
            Guard.Of(GuardSort.Unique, claim.Table, claim.Name),
            Guard.Of(GuardSort.PrimaryKey, claim.Table, claim.Name),
        ];

    protected override IEnumerable<Behaviour> Behaviours(IndexClaim claim) =>
        claim.Unique
            ?
            [
                new DuplicateIsRefused(
                    claim.Table,
                    claim.Name,
                    [.. claim.Columns.Select(key => key.Column ?? key.Expression!)],
                    claim.Predicate
                ),
            ]
            : [];

    protected override void Judge(IndexClaim claim, IndexFact fact, Judgement judgement)
    {
        StorageOptions.Judge(claim.Storage, fact.Storage, "", "The index", judgement);
        judgement.Require(
            "indexes_on",
            true,
            fact.IndexesOn,
            "The table's flag says that it has no indexes, so the server uses and maintains none."
        );
        judgement.Require(
            "valid",
            true,
            fact.Valid,
            "An invalid index is not used by queries and may miss rows; it is the remains of a failed CREATE INDEX CONCURRENTLY, or one still being built."
        );
        judgement.Require("ready", true, fact.Ready, "An index that is not ready is not maintained by writes.");
        judgement.Require("live", true, fact.Live, "An index that is not live is being dropped.");
        judgement.Require(
            "unique",
            claim.Unique,
            fact.Unique,
            claim.Unique
                ? "The index does not refuse duplicates."
                : "The index refuses duplicates, which was not claimed: writes may fail that should not."
        );
        judgement.Require("method", claim.Method, fact.Method, "Another access method serves other queries.");
        JudgeColumns(claim, fact, judgement);
        judgement.Require("include", claim.Include, fact.Include, "The index carries other columns than claimed.");
        judgement.RequireExpression(
            "predicate",
            claim.Table,
            claim.Predicate,
            fact.Predicate,
            fact.Functions,
            claim.Functions,
            claim.Predicate is null
                ? "A partial index knows only the rows that its predicate selects."
                : "The index covers other rows than claimed."
        );
        IReadOnlyList<CalledFunction> calls = [.. fact.Functions, .. fact.Comparing.Others];
        judgement.RequirePinned("columns", "", calls, claim.Functions, "index");
        judgement.RequireCalled("columns", fact.Comparing, calls, claim.Functions, "index");
        if (claim.Unique)
        {
            judgement.Require(
                "nulls_distinct",
                claim.NullsDistinct,
                fact.NullsDistinct ?? true,
                "NULLs are compared otherwise than claimed."
            );
            judgement.Require(
                "immediate",
                true,
                fact.Immediate,
                "A deferrable constraint lets duplicates stand until the end of the transaction."
            );
            judgement.Require(
                "exclusion",
                false,
                fact.Exclusion,
                "An exclusion constraint (WITHOUT OVERLAPS) compares otherwise than a unique index."
            );
            judgement.RequireNone(
                "children",
                fact.Children,
                "Rows of inheritance children are not in the parent's index, so duplicates can stand there."
            );
        }
    }

    /// <summary>Columns are compared by name, expressions by meaning; where both stand, the rest of the key still counts.</summary>
    private static void JudgeColumns(IndexClaim claim, IndexFact fact, Judgement judgement)
    {
        var observed = fact.Columns.Select(column => column.ToKey()).ToList();
        var claimed = claim.Columns.ToList();
        for (var i = 0; i < Math.Min(claimed.Count, observed.Count); i++)
        {
            if (claimed[i].Expression is { } expected && observed[i].Expression is { } found)
            {
                judgement.RequireExpression(
                    $"columns[{i}]",
                    claim.Table,
                    expected,
                    found,
                    fact.Functions,
                    claim.Functions,
                    "The index's key is another expression than claimed."
                );
                observed[i] = observed[i] with { Expression = expected };
            }
        }

        judgement.Require(
            "columns",
            [.. claimed.Select(key => key.ToString())],
            [.. observed.Select(key => key.ToString())],
            "The index's keys are not the claimed ones, in their order."
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(IndexClaim))]
[JsonSerializable(typeof(IndexFact))]
internal sealed partial class IndexJson : JsonSerializerContext;
