using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Publication;

[JsonConverter(typeof(WordConverter<PublishedOperation>))]
public sealed class PublishedOperation : Word, IWordSet<PublishedOperation>
{
    public static readonly PublishedOperation Insert = new("insert");
    public static readonly PublishedOperation Update = new("update");
    public static readonly PublishedOperation Delete = new("delete");
    public static readonly PublishedOperation Truncate = new("truncate");

    private PublishedOperation(string text)
        : base(text) { }

    public static IReadOnlyList<PublishedOperation> All { get; } = [Insert, Update, Delete, Truncate];
}

[JsonConverter(typeof(WordConverter<PublishedGenerated>))]
public sealed class PublishedGenerated : Word, IWordSet<PublishedGenerated>
{
    public static readonly PublishedGenerated None = new("none");
    public static readonly PublishedGenerated Stored = new("stored");

    private PublishedGenerated(string text)
        : base(text) { }

    public static IReadOnlyList<PublishedGenerated> All { get; } = [None, Stored];
}

[Description("A table that is published")]
[Shorthand("table")]
public sealed record PublishedTable
{
    [Description("The table: a name in the manifest's schema, or schema.name")]
    public required ObjectName Table { get; init; }

    [Description("The condition, in SQL, of the rows that are published; without it all of them are")]
    public string? Where { get; init; }

    [Description("The columns that are published; without it all of them are, and those added later")]
    public IReadOnlyList<string>? Columns { get; init; }
}

[Description("A publication sends exactly this to its subscribers")]
public sealed record PublicationClaim : Claim
{
    [Description("The publication's name")]
    public required string Name { get; init; }

    [Description("Whether it is for every table of the database, and those made later")]
    public bool AllTables { get; init; }

    [Description("The tables, exactly; none by default")]
    public IReadOnlyList<PublishedTable> Tables { get; set; } = [];

    [Description("The schemas all of whose tables are published, exactly (15 and newer); none by default")]
    public IReadOnlyList<string> Schemas { get; set; } = [];

    [Description("The changes that are published, exactly")]
    public IReadOnlyList<PublishedOperation> Operations { get; set; } = PublishedOperation.All;

    [Description("Whether changes of partitions are sent as changes of their root")]
    public bool ViaPartitionRoot { get; init; }

    [Description(
        "Which generated columns are published of tables without a column list (18 and newer): none or stored"
    )]
    public PublishedGenerated GeneratedColumns { get; set; } = PublishedGenerated.None;

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (!AllTables && Tables.Count == 0 && Schemas.Count == 0)
        {
            yield return new("tables", "what is published: tables, schemas or all_tables", "nothing");
        }

        if (AllTables && (Tables.Count > 0 || Schemas.Count > 0))
        {
            yield return new("all_tables", "all_tables alone", "tables or schemas beside it");
        }

        if (Operations.Count == 0)
        {
            yield return new("operations", "at least one of insert, update, delete, truncate", "an empty list");
        }

        foreach (var (table, at) in Tables.Select((table, at) => (table, at)))
        {
            foreach (var problem in Claims.ExpressionProblems($"tables[{at}].where", table.Where))
            {
                yield return problem;
            }

            foreach (
                var problem in Claims.EmptyList(
                    $"tables[{at}].columns",
                    table.Columns ?? ["all"],
                    "at least one column"
                )
            )
            {
                yield return problem;
            }
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Schemas">Null on servers that publish no schemas, row filters and column lists.</param>
/// <param name="Unsent">Partitions of the published tables, as SQL, whose rows are in no log: unlogged and foreign ones.</param>
public sealed record PublicationFact(
    bool AllTables,
    IReadOnlyList<string> Operations,
    bool ViaRoot,
    string GeneratedColumns,
    IReadOnlyList<PublishedRelation> Tables,
    IReadOnlyList<string> Unsent,
    IReadOnlyList<string>? Schemas
);

/// <param name="Where">The row filter; null where every row is published.</param>
/// <param name="Columns">The columns, sorted; null where all are published.</param>
public sealed record PublishedRelation(string Schema, string Name, string? Where, IReadOnlyList<string>? Columns)
{
    [JsonIgnore]
    public ObjectName Relation => new(Schema, Name);
}

public sealed partial class PublicationKind : InvariantKind<PublicationClaim, PublicationFact>
{
    public override string Key => "publication";

    public override string Summary => "A publication sends exactly the claimed tables, rows, columns and changes.";

    public override string WhyItMatters =>
        "Without it subscribers miss changes, or get rows and columns that were to stay here.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is for exactly the claimed tables and schemas: one more leaks, one less is missing downstream",
            "a table has no row filter and no column list unless claimed (PostgreSQL 15 has both), and then one equal in meaning",
            "exactly the claimed changes are published: without `delete` subscribers keep rows that were deleted here",
            "a partition is sent with its root, and a child by inheritance only where it is listed; one that is made later is not",
            "no partition of a listed table is unlogged or foreign: what is written there is sent to nobody, and there is no error; of a whole schema or database, too, only permanent tables are sent",
            "generated columns are sent only where they are claimed (PostgreSQL 18 can send them)",
            "who subscribes, and whether changes arrive, is not in the publication",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        claim is not PublicationClaim publication ? null
        : publication.GeneratedColumns == PublishedGenerated.Stored
            ? new(18, "Servers before PostgreSQL 18 publish generated columns only where a column list names them.")
        : publication.Schemas.Count > 0
        || publication.Tables.Any(table => table.Where is not null || table.Columns is not null)
            ? new(15, "Servers before PostgreSQL 15 publish no schemas, and know no row filters and no column lists.")
        : null;

    public override JsonTypeInfo ClaimType => PublicationJson.Default.PublicationClaim;

    private protected override JsonTypeInfo<PublicationFact> FactType => PublicationJson.Default.PublicationFact;

    protected override PublicationClaim Qualify(PublicationClaim claim, string schema) =>
        claim with
        {
            Tables = [.. claim.Tables.Select(table => table with { Table = table.Table.In(schema) })],
        };

    protected override Subject SubjectOf(PublicationClaim claim) => new(null, null, claim.Name);

    protected override void Judge(PublicationClaim claim, PublicationFact fact, Judgement judgement)
    {
        judgement.Require(
            "all_tables",
            claim.AllTables,
            fact.AllTables,
            claim.AllTables ? "It is for some tables only." : "It is for every table of the database."
        );
        judgement.Require(
            "operations",
            [.. PublishedOperation.All.Where(claim.Operations.Contains).Select(operation => operation.Text)],
            fact.Operations,
            "Other changes are published than claimed."
        );
        judgement.RequireNone(
            "unsent",
            fact.Unsent,
            "What is written to these partitions of published tables is in no log, so it is sent to nobody."
        );
        judgement.Require(
            "via_partition_root",
            claim.ViaPartitionRoot,
            fact.ViaRoot,
            "Changes of partitions are sent under another name."
        );
        judgement.Require(
            "generated_columns",
            claim.GeneratedColumns.Text,
            fact.GeneratedColumns,
            claim.GeneratedColumns == PublishedGenerated.None
                ? "Generated columns are published, too."
                : "Generated columns are not published."
        );
        judgement.Require(
            "schemas",
            Sorted(claim.Schemas),
            fact.Schemas ?? [],
            "Other schemas are published than claimed."
        );
        judgement.Require(
            "tables",
            Sorted(claim.Tables.Select(table => table.Table.ToString())),
            Sorted(fact.Tables.Select(table => table.Relation.ToString())),
            "Other tables are published than claimed."
        );
        foreach (var table in claim.Tables.OrderBy(table => table.Table.ToString(), StringComparer.Ordinal))
        {
            if (fact.Tables.FirstOrDefault(published => published.Relation == table.Table) is { } found)
            {
                JudgeTable(table, found, judgement);
            }
        }
    }

    private static void JudgeTable(PublishedTable claim, PublishedRelation fact, Judgement judgement)
    {
        judgement.RequireExpression(
            $"tables.{claim.Table}.where",
            claim.Table,
            claim.Where,
            fact.Where,
            [],
            null,
            claim.Where is null
                ? "Only the rows that a filter selects are published."
                : "Other rows are published than claimed."
        );
        judgement.Require(
            $"tables.{claim.Table}.columns",
            claim.Columns is null ? ["*"] : Sorted(claim.Columns),
            fact.Columns ?? ["*"],
            "Other columns are published than claimed."
        );
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PublicationClaim))]
[JsonSerializable(typeof(PublicationFact))]
internal sealed partial class PublicationJson : JsonSerializerContext;
