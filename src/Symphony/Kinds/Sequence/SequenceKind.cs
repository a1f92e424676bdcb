using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Sequence;

[JsonConverter(typeof(WordConverter<SequenceType>))]
public sealed class SequenceType : Word, IWordSet<SequenceType>
{
    public static readonly SequenceType Smallint = new("smallint");
    public static readonly SequenceType Integer = new("integer");
    public static readonly SequenceType Bigint = new("bigint");

    private SequenceType(string text)
        : base(text) { }

    public static IReadOnlyList<SequenceType> All { get; } = [Smallint, Integer, Bigint];

    /// <summary>The type's bounds.</summary>
    internal static (long Min, long Max) RangeOf(string type) =>
        type switch
        {
            "smallint" => (short.MinValue, short.MaxValue),
            "integer" => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
}

[Description("The column that draws from the sequence, and without which it is dropped")]
public sealed record SequenceOwner
{
    [Description("The table: a name in the manifest's schema, or schema.name")]
    public required ObjectName Table { get; init; }

    [Description("The column's name")]
    public required string Column { get; init; }
}

[Description("A sequence never gives the same number twice")]
public sealed record SequenceClaim : Claim
{
    [Description("The sequence: a name in the manifest's schema, or schema.name")]
    public required ObjectName Name { get; init; }

    [Description(
        "The column that owns it and whose default, or identity, draws from it; without it that is not looked at"
    )]
    [DisallowNull]
    public SequenceOwner? OwnedBy { get; init; }

    [Description("The type of its numbers; without it any will do")]
    [DisallowNull]
    public SequenceType? Type { get; init; }

    [Description("The step from one number to the next")]
    public long Increment { get; set; } = 1;

    [Description("The least number; without it the default: 1, or the type's least number for one that descends")]
    [DisallowNull]
    public long? Min { get; init; }

    [Description("The greatest number; without it the default: the type's greatest, or -1 for one that descends")]
    [DisallowNull]
    public long? Max { get; init; }

    [Description("Whether it begins anew after the last number, and gives numbers again")]
    public bool Cycle { get; init; }

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (Increment == 0)
        {
            yield return new("increment", "a step that is not 0", "0");
        }

        if (Min > Max)
        {
            yield return new("min", $"at most {Max}", Min?.ToString(CultureInfo.InvariantCulture) ?? "");
        }
    }

    internal long LeastOf(string type) => Min ?? (Increment > 0 ? 1 : SequenceType.RangeOf(type).Min);

    internal long GreatestOf(string type) => Max ?? (Increment > 0 ? SequenceType.RangeOf(type).Max : -1);
}

/// <summary>What the catalog holds; see facts.sql. What only a sequence has is null for anything else.</summary>
/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="Persistence"><c>pg_class.relpersistence</c>.</param>
/// <param name="Owner">The column that owns it; null when none does.</param>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record SequenceFact(
    string Kind,
    string? Type,
    long? Increment,
    long? Min,
    long? Max,
    bool? Cycle,
    long? Cache,
    string Persistence,
    SequenceFactOwner? Owner
);

/// <param name="Persistence"><c>pg_class.relpersistence</c> of the table.</param>
/// <param name="Identity">It is the sequence of an identity column.</param>
/// <param name="Default">The column's default; null when it has none.</param>
/// <param name="Uses">The default is the sequence's next number, and nothing else; null when there is no default.</param>
public sealed record SequenceFactOwner(
    string Schema,
    string Table,
    string Column,
    string Persistence,
    bool Identity,
    string? Default,
    bool? Uses
);

public sealed partial class SequenceKind : InvariantKind<SequenceClaim, SequenceFact>
{
    public override string Key => "sequence";

    public override string Summary => "A sequence gives every number once, and its column draws from it.";

    public override string WhyItMatters =>
        "Without it numbers are given twice, run out early, or are made up by whoever writes.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is a sequence: a table or a view of that name does not count",
            "it does not begin anew unless that is claimed, and its step and bounds are as claimed, or the defaults of its type",
            "it is not unlogged (PostgreSQL 15 has such) unless its column's table is: after a crash it would give numbers again",
            "owned_by: the column owns it and draws from it, as an identity or by a default that is its next number and nothing else",
            "a partition or child may have a default of its own, which an insert that names it takes: that is not looked at",
            "where it stands is not looked at (RESTART and setval give numbers again): a unique constraint on the column refuses those",
        ];

    public override JsonTypeInfo ClaimType => SequenceJson.Default.SequenceClaim;

    private protected override JsonTypeInfo<SequenceFact> FactType => SequenceJson.Default.SequenceFact;

    protected override SequenceClaim Qualify(SequenceClaim claim, string schema) =>
        claim.OwnedBy is null
            ? claim with
            {
                Name = claim.Name.In(schema),
            }
            : claim with
            {
                Name = claim.Name.In(schema),
                OwnedBy = claim.OwnedBy with { Table = claim.OwnedBy.Table.In(schema) },
            };

    protected override Subject SubjectOf(SequenceClaim claim) => Subject.Of(claim.Name);

    protected override void Judge(SequenceClaim claim, SequenceFact fact, Judgement judgement)
    {
        judgement.Require("kind", "S", fact.Kind, "It is not a sequence: it gives no numbers.");
        if (fact.Type is not { } type)
        {
            return;
        }

        if (claim.Type is not null)
        {
            judgement.Require("type", claim.Type.Text, type, "Its numbers are of another type than claimed.");
        }

        Require(judgement, "increment", claim.Increment, fact.Increment, "Its step is another than claimed.");
        Require(judgement, "min", claim.LeastOf(type), fact.Min, "Its least number is another than claimed.");
        Require(judgement, "max", claim.GreatestOf(type), fact.Max, "Its greatest number is another than claimed.");
        judgement.Require(
            "cycle",
            claim.Cycle,
            fact.Cycle ?? false,
            claim.Cycle
                ? "It ends after its last number."
                : "After its last number it begins anew and gives numbers again."
        );
        judgement.Require(
            "persistence",
            fact.Owner?.Persistence == "u" ? fact.Persistence : "p",
            fact.Persistence,
            "It is not written to the log: after a crash it gives numbers again."
        );
        if (claim.OwnedBy is not null)
        {
            JudgeOwner(claim.OwnedBy, fact.Owner, judgement);
        }
    }

    private static void JudgeOwner(SequenceOwner claim, SequenceFactOwner? owner, Judgement judgement)
    {
        judgement.Require(
            "owned_by",
            Write(claim.Table, claim.Column),
            owner is null ? null : Write(new ObjectName(owner.Schema, owner.Table), owner.Column),
            "The column does not own it."
        );
        judgement.Require(
            "drawn_from",
            true,
            owner is { Identity: true } or { Uses: true },
            "The column is not filled from it: its default is another, or there is none."
        );
    }

    private static string Write(ObjectName table, string column) => $"{table}.{ObjectName.WritePart(column)}";

    private static void Require(Judgement judgement, string path, long expected, long? observed, string why) =>
        judgement.Require(
            path,
            expected.ToString(CultureInfo.InvariantCulture),
            observed?.ToString(CultureInfo.InvariantCulture),
            why
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SequenceClaim))]
[JsonSerializable(typeof(SequenceFact))]
internal sealed partial class SequenceJson : JsonSerializerContext;
