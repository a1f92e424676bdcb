using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Kinds.Unique;

[Description("No two rows have the same values in these columns")]
public sealed record UniqueClaim : TableClaim
{
    [Description("The constraint's name")]
    public required string Name { get; init; }

    [Description("The columns, in order")]
    public required IReadOnlyList<string> Columns { get; init; }

    [Description("Whether NULLs count as different from each other, so that they may repeat")]
    public bool NullsDistinct { get; set; } = true;

    [Description("Whether a transaction may hold duplicates until its end")]
    public bool Deferrable { get; init; }

    public override IEnumerable<ClaimProblem> Problems() => Claims.EmptyList("columns", Columns, "at least one column");
}

public sealed class UniqueKind : InvariantKind<UniqueClaim, KeyFact>
{
    public override string Key => "unique";

    public override string Summary => "A unique constraint refuses a second row with the same values.";

    public override string WhyItMatters =>
        "Without it the same thing is written twice: a payment accepted twice, a key that names two clients.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is a constraint on exactly these columns, in this order; an index alone is the kind `index`",
            "its index is valid, ready, live and unique, and the table's flag says that there are indexes",
            "it refuses at once, unless claimed deferrable; then the trigger that looks again is enabled, and new sessions do not skip triggers",
            "NULLs count as claimed (PostgreSQL 15 has NULLS NOT DISTINCT), and it is not WITHOUT OVERLAPS (PostgreSQL 18)",
            "what is equal is decided by the operator class of the type or of an extension, and by the column's collation: claim the column",
            "every partition has its index; no inheritance child escapes it",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is UniqueClaim { NullsDistinct: false },
            15,
            "Servers before PostgreSQL 15 have no NULLS NOT DISTINCT: NULLs always count as different."
        );

    public override JsonTypeInfo ClaimType => UniqueJson.Default.UniqueClaim;

    private protected override JsonTypeInfo<KeyFact> FactType => UniqueJson.Default.KeyFact;

    protected override UniqueClaim Qualify(UniqueClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(UniqueClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(UniqueClaim claim) =>
        [Guard.Of(GuardSort.Unique, claim.Table, claim.Name)];

    protected override IEnumerable<Behaviour> Behaviours(UniqueClaim claim) =>
        [new DuplicateIsRefused(claim.Table, claim.Name, claim.Columns)];

    protected override void Judge(UniqueClaim claim, KeyFact fact, Judgement judgement)
    {
        KeyOf(claim).Judge(fact, judgement);
        judgement.Require(
            "nulls_distinct",
            claim.NullsDistinct,
            fact.NullsDistinct ?? true,
            claim.NullsDistinct
                ? "NULLs count as equal: rows are refused that should not be."
                : "NULLs count as different: rows with NULL repeat."
        );
    }

    protected override IEnumerable<string> Remedy(UniqueClaim claim, KeyFact? fact) =>
        // What is not a rebuild is a new constraint, and the claim's own treatment of NULL goes with it.
        KeyOf(claim).Remedy(fact);

    protected override IEnumerable<Sabotage> Sabotages(UniqueClaim claim)
    {
        var key = KeyOf(claim);
        var otherwise = KeyOf(claim with { NullsDistinct = !claim.NullsDistinct });
        var table = claim.Table.ToSql();
        var drop = $"ALTER TABLE {table} DROP CONSTRAINT {Sql.SqlText.QuoteName(claim.Name)} CASCADE";
        return
        [
            .. key.Sabotages(),
            new(
                claim.NullsDistinct ? "NULLs count as equal" : "NULLs count as different",
                drop,
                $"ALTER TABLE {table} ADD {otherwise.Definition()}"
            )
            {
                SinceMajor = 15,
            },
        ];
    }

    private static KeyConstraint KeyOf(UniqueClaim claim) =>
        new(
            claim.Table,
            claim.NullsDistinct ? "UNIQUE" : "UNIQUE NULLS NOT DISTINCT",
            claim.Name,
            claim.Columns,
            claim.Deferrable
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(UniqueClaim))]
[JsonSerializable(typeof(KeyFact))]
internal sealed partial class UniqueJson : JsonSerializerContext;
