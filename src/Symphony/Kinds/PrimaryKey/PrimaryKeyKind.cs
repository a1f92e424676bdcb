using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.PrimaryKey;

[Description("Every row is named by these columns, and by nothing else")]
public sealed record PrimaryKeyClaim : TableClaim
{
    [Description("The constraint's name; without it any will do, for a table has one primary key")]
    public string? Name { get; init; }

    [Description("The columns, in order")]
    public required IReadOnlyList<string> Columns { get; init; }

    [Description("Whether a transaction may hold duplicates until its end")]
    public bool Deferrable { get; init; }

    public override IEnumerable<ClaimProblem> Problems() => Claims.EmptyList("columns", Columns, "at least one column");
}

public sealed class PrimaryKeyKind : InvariantKind<PrimaryKeyClaim, KeyFact>
{
    public override string Key => "primary_key";

    public override string Summary =>
        "A primary key names every row: no two rows have the same values, and none is NULL.";

    public override string WhyItMatters =>
        "Without it a row cannot be named for certain: updates hit several, references hit any, replication cannot follow.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is the table's primary key, on exactly these columns, in this order",
            "its columns are NOT NULL",
            "its index is valid, ready, live and unique, and the table's flag says that there are indexes",
            "it refuses at once, unless claimed deferrable; then the trigger that looks again is enabled, and new sessions do not skip triggers",
            "it is not WITHOUT OVERLAPS (PostgreSQL 18)",
            "what is equal is decided by the operator class of the type or of an extension, and by the column's collation: claim the column",
            "every partition has its index; no inheritance child escapes it",
        ];

    public override JsonTypeInfo ClaimType => PrimaryKeyJson.Default.PrimaryKeyClaim;

    private protected override JsonTypeInfo<KeyFact> FactType => PrimaryKeyJson.Default.KeyFact;

    protected override PrimaryKeyClaim Qualify(PrimaryKeyClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(PrimaryKeyClaim claim) => Subject.Of(claim.Table);

    protected override IEnumerable<Guard> Guards(PrimaryKeyClaim claim) =>
        [Guard.Of(GuardSort.PrimaryKey, claim.Table, claim.Name)];

    protected override IEnumerable<Behaviour> Behaviours(PrimaryKeyClaim claim) =>
        [new DuplicateIsRefused(claim.Table, claim.Name, claim.Columns)];

    protected override void Judge(PrimaryKeyClaim claim, KeyFact fact, Judgement judgement)
    {
        if (claim.Name is not null)
        {
            judgement.Require(
                "constraint",
                claim.Name,
                fact.Constraint,
                "The primary key has another name, and errors will speak of that one."
            );
        }

        KeyOf(claim).Judge(fact, judgement);
        judgement.RequireNone("nullable_columns", fact.NullableColumns, "These columns of the key accept NULL.");
    }

    protected override IEnumerable<string> Remedy(PrimaryKeyClaim claim, KeyFact? fact)
    {
        var trial = new Judgement(new ExpressionForms());
        if (fact is not null && claim.Name is not null && claim.Name != fact.Constraint)
        {
            Judge(claim with { Name = null }, fact, trial);
            if (trial.Differences.Count == 0)
            {
                // Only the name differs, and foreign keys may depend on the constraint.
                return
                [
                    $"ALTER TABLE {claim.Table.ToSql()} RENAME CONSTRAINT {SqlText.QuoteName(fact.Constraint)} TO {SqlText.QuoteName(claim.Name)}",
                ];
            }
        }

        return KeyOf(claim).Remedy(fact);
    }

    protected override IEnumerable<Sabotage> Sabotages(PrimaryKeyClaim claim)
    {
        var table = claim.Table.ToSql();
        foreach (var sabotage in KeyOf(claim).Sabotages())
        {
            yield return sabotage;
        }

        if (claim.Name is { } name)
        {
            yield return new(
                "the constraint has another name",
                $"ALTER TABLE {table} RENAME CONSTRAINT {SqlText.QuoteName(name)} TO symphony_decoy"
            );
            yield return new(
                "a unique constraint stands in its place",
                $"ALTER TABLE {table} DROP CONSTRAINT {SqlText.QuoteName(name)} CASCADE",
                $"ALTER TABLE {table} ADD CONSTRAINT {SqlText.QuoteName(name)} UNIQUE ({SabotageSql.List(claim.Columns)})"
            );
        }

        yield return SabotageSql.CatalogWrite(
            "a column of the key accepts NULL",
            $"UPDATE pg_catalog.pg_attribute SET attnotnull = false WHERE attrelid = {SabotageSql.Regclass(claim.Table)} AND attname = {SqlText.QuoteLiteral(claim.Columns[0])}"
        );
    }

    private static KeyConstraint KeyOf(PrimaryKeyClaim claim) =>
        new(claim.Table, "PRIMARY KEY", claim.Name, claim.Columns, claim.Deferrable);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PrimaryKeyClaim))]
[JsonSerializable(typeof(KeyFact))]
internal sealed partial class PrimaryKeyJson : JsonSerializerContext;
