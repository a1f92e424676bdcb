using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Column;

[JsonConverter(typeof(WordConverter<Identity>))]
public sealed class Identity : Word, IWordSet<Identity>
{
    public static readonly Identity None = new("none");
    public static readonly Identity Always = new("always");
    public static readonly Identity ByDefault = new("by_default");

    private Identity(string text)
        : base(text) { }

    public static IReadOnlyList<Identity> All { get; } = [None, Always, ByDefault];
}

[Description("A column has this type, and takes no other values than claimed")]
public sealed record ColumnClaim : TableClaim
{
    /// <summary>What <c>default</c> and <c>generated</c> say when there must be none.</summary>
    internal const string None = "none";

    [Description("The column's name")]
    public required string Name { get; init; }

    [Description("The type: a built-in one by any of its names, any other as PostgreSQL prints it, with its schema")]
    [DisallowNull]
    public string? Type { get; init; }

    [Description("false: NULL is refused, in every partition and child; true: NULL is accepted")]
    [DisallowNull]
    public bool? Nullable { get; init; }

    [Description(
        "The default, an SQL expression that is equal in meaning; none: an insert that leaves the column out writes NULL"
    )]
    [DisallowNull]
    public string? Default { get; init; }

    [Description("The expression that the column is generated from, stored or virtual; none: the column is written to")]
    [DisallowNull]
    public string? Generated { get; init; }

    [Description("Whether it is an identity column")]
    [DisallowNull]
    public Identity? Identity { get; init; }

    [Description("The collation: one of pg_catalog by its name, any other as schema.name")]
    [DisallowNull]
    public ObjectName? Collation { get; init; }

    [Description("Its comment, letter by letter; without it that is not looked at")]
    [DisallowNull]
    public string? Comment { get; init; }

    [Description(
        "Functions that are not built in and that default or generated may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    [JsonIgnore]
    internal bool HasNoDefault => Default == None;

    [JsonIgnore]
    internal bool IsNotGenerated => Generated == None;

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (Type is not null && ColumnType.Problem(Type) is { } problem)
        {
            yield return problem;
        }

        foreach (
            var found in Claims
                .ExpressionProblems("default", Default)
                .Concat(Claims.ExpressionProblems("generated", Generated))
        )
        {
            yield return found;
        }

        if (
            Generated is not null
            && !IsNotGenerated
            && (Default is not null || (Identity is not null && Identity != Column.Identity.None))
        )
        {
            yield return new ClaimProblem(
                "generated",
                "a generated column without a default and without an identity",
                "both"
            );
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="TypeWithoutLength">What a default's value is turned into before it meets the type's length.</param>
/// <param name="NotNull"><c>pg_attribute.attnotnull</c>, which alone makes the server look.</param>
/// <param name="NotNullConstraint">PostgreSQL 18 names it; null before.</param>
/// <param name="Default">The column's own, or else its type's, when the type is a domain.</param>
/// <param name="Collation">Schema and name, as SQL; null for a type without collation.</param>
public sealed record ColumnFact(
    string RelationKind,
    string Type,
    string TypeWithoutLength,
    bool NotNull,
    string? NotNullConstraint,
    bool NotNullValidated,
    bool NotNullNoInherit,
    string? Default,
    string? Generated,
    string Identity,
    string? Collation,
    string? Comment,
    IReadOnlyList<CalledFunction> Functions,
    IReadOnlyList<ColumnChild> Children
);

/// <summary>The same column in a partition or child.</summary>
/// <param name="Relation">Schema and name, as SQL.</param>
public sealed record ColumnChild(
    string Relation,
    string Kind,
    bool NotNull,
    string? NotNullConstraint,
    bool NotNullValidated,
    string? Generated
);

public sealed partial class ColumnKind : InvariantKind<ColumnClaim, ColumnFact>
{
    public override string Key => "column";

    public override string Summary => "A column has the claimed type, and refuses or fills in NULL as claimed.";

    public override string WhyItMatters =>
        "Without it rows are written whose value is missing, made up, or of another type than readers expect.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is a column of an ordinary or partitioned table: the NOT NULL of a foreign table is not enforced, a view has none",
            "nullable: false: the NOT NULL is set, validated (PostgreSQL 18 has NOT VALID), inherited, and set in every partition and child",
            "the type is the very type, length included: one of the same name in another schema does not count",
            "default: none: no default of a domain, no identity and no generation fills the column either, unless claimed",
            "a default or generation calls built-in functions only, or those listed under `functions` with their digest",
            ReviewedFunction.Scope,
            "a partition or child may have a default of its own, which an insert that names it takes: that is not looked at",
            "a claimed generation is the same in every partition and child, which may have its own",
        ];

    public override JsonTypeInfo ClaimType => ColumnJson.Default.ColumnClaim;

    private protected override JsonTypeInfo<ColumnFact> FactType => ColumnJson.Default.ColumnFact;

    protected override ColumnClaim Qualify(ColumnClaim claim, string schema)
    {
        var qualified = claim with { Table = claim.Table.In(schema) };
        return claim.Collation is { } collation ? qualified with { Collation = collation.In("pg_catalog") } : qualified;
    }

    protected override Subject SubjectOf(ColumnClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Behaviour> Behaviours(ColumnClaim claim) =>
        claim.Nullable == false ? [new NullIsRefused(claim.Table, claim.Name)] : [];

    protected override void Judge(ColumnClaim claim, ColumnFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables keep and check what is written to them."
        );
        if (claim.Comment is not null)
        {
            judgement.Require("comment", claim.Comment, fact.Comment, "Its comment says something else than claimed.");
        }

        if (claim.Type is { } type)
        {
            judgement.Require(
                "type",
                ColumnType.Normalise(type),
                fact.Type,
                "The column holds values of another type."
            );
        }

        if (claim.Collation is { } collation)
        {
            judgement.Require(
                "collation",
                collation.ToString(),
                fact.Collation is null ? null : ObjectName.Parse(fact.Collation).ToString(),
                "Another collation sorts and compares otherwise."
            );
        }

        JudgeNull(claim, fact, judgement);
        JudgeSource(claim, fact, judgement);
    }

    private static void JudgeNull(ColumnClaim claim, ColumnFact fact, Judgement judgement)
    {
        if (claim.Nullable is not { } nullable)
        {
            return;
        }

        judgement.Require(
            "not_null",
            !nullable,
            fact.NotNull,
            nullable ? "NULL is refused, which was not claimed." : "NULL is accepted."
        );
        if (nullable)
        {
            return;
        }

        judgement.Require(
            "not_null_validated",
            true,
            fact.NotNullValidated,
            "The NOT NULL was never validated: existing rows may hold NULL."
        );
        judgement.Require(
            "not_null_no_inherit",
            false,
            fact.NotNullNoInherit,
            "A NO INHERIT constraint does not bind child tables."
        );
        judgement.RequireNone(
            "children_accepting_null",
            [.. fact.Children.Where(AcceptsNull).Select(child => child.Relation)],
            "NULL can be written to these partitions or children."
        );
    }

    /// <summary>Where the values come from when an insert does not give them.</summary>
    private static void JudgeSource(ColumnClaim claim, ColumnFact fact, Judgement judgement)
    {
        var identity = claim.Identity ?? (claim.HasNoDefault ? Column.Identity.None : null);
        var generated = claim.Generated ?? (claim.HasNoDefault ? ColumnClaim.None : null);
        if (claim.Default is not null)
        {
            judgement.RequireExpression(
                "default",
                claim.Table,
                claim.HasNoDefault ? null : claim.Default,
                fact.Default,
                fact.Functions,
                claim.Functions,
                claim.HasNoDefault
                    ? "An insert that leaves the column out writes a value that nobody gave."
                    : "An insert that leaves the column out writes another value than claimed.",
                type: fact.TypeWithoutLength
            );
        }

        if (generated is not null)
        {
            var none = generated == ColumnClaim.None;
            judgement.RequireExpression(
                "generated",
                claim.Table,
                none ? null : generated,
                fact.Generated,
                fact.Functions,
                claim.Functions,
                none
                    ? "The column is computed, so nothing can be written to it."
                    : "The column is not computed as claimed.",
                type: fact.TypeWithoutLength
            );
            judgement.RequireNone(
                "children_generating_otherwise",
                [.. fact.Children.Where(child => child.Generated != fact.Generated).Select(child => child.Relation)],
                "These partitions or children compute the column otherwise."
            );
        }

        if (identity is { } claimed)
        {
            judgement.Require(
                "identity",
                claimed.Text,
                fact.Identity,
                claimed == Column.Identity.None
                    ? "The column numbers its rows by itself."
                    : "The column does not number its rows as claimed."
            );
        }
    }

    private static bool AcceptsNull(ColumnChild child) =>
        !child.NotNull || !child.NotNullValidated || !Relations.Tables.Contains(child.Kind);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ColumnClaim))]
[JsonSerializable(typeof(ColumnFact))]
internal sealed partial class ColumnJson : JsonSerializerContext;
