using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Enum;

[Description("A value of the type is one of these labels, in this order")]
public sealed record EnumClaim : Claim
{
    [Description("The type: a name in the manifest's schema, or schema.name")]
    public required ObjectName Name { get; init; }

    [Description("The labels, exactly, in the order in which they compare")]
    public required IReadOnlyList<string> Labels { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .EmptyList("labels", Labels, "at least one label")
            .Concat(
                Labels
                    .GroupBy(label => label, StringComparer.Ordinal)
                    .Where(group => group.Count() > 1)
                    .Select(group => new ClaimProblem("labels", "each label once", $"`{group.Key}` more than once"))
            );
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Kind"><c>pg_type.typtype</c>.</param>
/// <param name="Misplaced">Labels that compare as less than one before them.</param>
public sealed record EnumFact(string Kind, IReadOnlyList<string> Labels, IReadOnlyList<string> Misplaced);

public sealed class EnumKind : InvariantKind<EnumClaim, EnumFact>
{
    public override string Key => "enum";

    public override string Summary => "An enum type has exactly these labels, in this order.";

    public override string WhyItMatters =>
        "Without it values are written that no reader knows, or compare otherwise than readers expect.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is an enum: a domain, a composite type or a table's row type of that name does not count",
            "the labels are the claimed ones, letter by letter, none missing and none added, in the order in which they compare, which places written into the catalog by hand do not change",
            "which columns are of this type is for the kind `column` to say",
        ];

    public override JsonTypeInfo ClaimType => EnumJson.Default.EnumClaim;

    private protected override JsonTypeInfo<EnumFact> FactType => EnumJson.Default.EnumFact;

    protected override EnumClaim Qualify(EnumClaim claim, string schema) => claim with { Name = claim.Name.In(schema) };

    protected override Subject SubjectOf(EnumClaim claim) => new(claim.Name.Schema, null, claim.Name.Name);

    protected override Footing FootingOf(EnumClaim claim, EnumFact? fact) =>
        new() { Objects = [new FootingObject(FootingObject.Type, claim.Name.Schema, claim.Name.Name)] };

    protected override void Judge(EnumClaim claim, EnumFact fact, Judgement judgement)
    {
        judgement.Require("kind", "e", fact.Kind, "The type is not an enum.");
        judgement.Require(
            "labels",
            claim.Labels,
            fact.Labels,
            "The enum's labels are not the claimed ones, in their order."
        );
        judgement.RequireNone(
            "misplaced",
            fact.Misplaced,
            "The catalog lists these labels after ones that are greater: their places were written by hand, and values do not compare by them."
        );
    }

    /// <summary>
    /// A label can be added and never taken away; that one was renamed, and not another added and one lost, only a
    /// person knows.
    /// </summary>
    protected override IEnumerable<string> Remedy(EnumClaim claim, EnumFact? fact)
    {
        if (fact is null)
        {
            return [Create(claim.Name, claim.Labels)];
        }

        var known = claim.Labels.Where(label => fact.Labels.Contains(label, StringComparer.Ordinal));
        return fact.Kind == "e" && known.SequenceEqual(fact.Labels, StringComparer.Ordinal)
            ? claim
                .Labels.Select((label, at) => (label, at))
                .Where(entry => !fact.Labels.Contains(entry.label, StringComparer.Ordinal))
                .Select(added => Add(claim, added.label, added.at))
            : [];
    }

    protected override IEnumerable<Sabotage> Sabotages(EnumClaim claim)
    {
        var name = claim.Name.ToSql();
        var alter = $"ALTER TYPE {name}";
        var drop = $"DROP TYPE {name} CASCADE";
        var last = SqlText.QuoteLiteral(claim.Labels[^1]);

        yield return new("the type is dropped", drop);
        yield return new("a label is added at the end", $"{alter} ADD VALUE 'symphony_decoy'") { BeyondRemedy = true };
        yield return new(
            "a label is added at the beginning",
            $"{alter} ADD VALUE 'symphony_decoy' BEFORE {SqlText.QuoteLiteral(claim.Labels[0])}"
        )
        {
            BeyondRemedy = true,
        };
        yield return new("a label is renamed", $"{alter} RENAME VALUE {last} TO 'symphony_decoy'")
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a label gets a space",
            $"{alter} RENAME VALUE {last} TO {SqlText.QuoteLiteral(claim.Labels[^1] + " ")}"
        )
        {
            BeyondRemedy = true,
        };
        yield return new("the last label is missing", drop, Create(claim.Name, claim.Labels.SkipLast(1)));
        if (claim.Labels.Count > 1)
        {
            yield return new("the first label is missing", drop, Create(claim.Name, claim.Labels.Skip(1)));
            yield return new("the labels change places", drop, Create(claim.Name, claim.Labels.Reverse()))
            {
                BeyondRemedy = true,
            };
        }

        if (claim.Labels.Count > 1)
        {
            yield return new(
                "the labels are listed in the claimed order and compare in the reverse",
                drop,
                Create(claim.Name, claim.Labels.Reverse()),
                // By way of places that none has: no two may have one at a time.
                Place(name, "enumsortorder + 1000000"),
                Place(name, "2000000 - enumsortorder")
            )
            {
                NeedsCatalogWrite = true,
                BeyondRemedy = true,
            };
        }

        yield return new("a domain stands in its place", drop, $"CREATE DOMAIN {name} AS text") { BeyondRemedy = true };
        yield return new("a composite type stands in its place", drop, $"CREATE TYPE {name} AS (value text)")
        {
            BeyondRemedy = true,
        };
        yield return new("a table stands in its place", drop, $"CREATE TABLE {name} (value text)")
        {
            BeyondRemedy = true,
        };
        yield return new(
            "the type stands in another schema only",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"{alter} SET SCHEMA {Relations.DecoySchema}"
        );
        yield return new("the type bears another name", $"{alter} RENAME TO symphony_decoy");
        yield return new("a comment is set", $"COMMENT ON TYPE {name} IS 'looked at'") { Harmless = true };
        yield return new("a table uses it", $"CREATE TABLE {Relations.Decoy} (value {name} DEFAULT {last})")
        {
            Harmless = true,
        };
        yield return new("the type belongs to another role", $"{alter} OWNER TO pg_database_owner") { Harmless = true };
        yield return new(
            "a type of the same name with other labels stands in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            Create(claim.Name with { Schema = Relations.DecoySchema }, ["symphony_decoy"])
        )
        {
            Harmless = true,
        };
        yield return new(
            "a temporary type of the same name hides it",
            Create(claim.Name with { Schema = "pg_temp" }, ["symphony_decoy"])
        )
        {
            Harmless = true,
        };
        yield return new("the type is made anew", drop, Create(claim.Name, claim.Labels)) { Harmless = true };
        if (claim.Labels.Count > 1)
        {
            yield return new(
                "the last label is added later",
                drop,
                Create(claim.Name, claim.Labels.SkipLast(1)),
                Add(claim, claim.Labels[^1], claim.Labels.Count - 1)
            )
            {
                Harmless = true,
            };
        }
    }

    private static string Place(string type, string place) =>
        $"UPDATE pg_catalog.pg_enum SET enumsortorder = {place} WHERE enumtypid = {SqlText.QuoteLiteral(type)}::pg_catalog.regtype";

    private static string Create(ObjectName name, IEnumerable<string> labels) =>
        $"CREATE TYPE {name.ToSql()} AS ENUM ({string.Join(", ", labels.Select(SqlText.QuoteLiteral))})";

    /// <summary>Labels are added in order, so the one before it is there.</summary>
    private static string Add(EnumClaim claim, string label, int at) =>
        $"ALTER TYPE {claim.Name.ToSql()} ADD VALUE {SqlText.QuoteLiteral(label)}"
        + (
            at > 0 ? $" AFTER {SqlText.QuoteLiteral(claim.Labels[at - 1])}"
            : claim.Labels.Count > 1 ? $" BEFORE {SqlText.QuoteLiteral(claim.Labels[1])}"
            : ""
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(EnumClaim))]
[JsonSerializable(typeof(EnumFact))]
internal sealed partial class EnumJson : JsonSerializerContext;
