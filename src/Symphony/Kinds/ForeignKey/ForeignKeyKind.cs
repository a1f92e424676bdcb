using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.ForeignKey;

[JsonConverter(typeof(WordConverter<ReferentialAction>))]
public sealed class ReferentialAction : Word, IWordSet<ReferentialAction>
{
    public static readonly ReferentialAction NoAction = new("no_action");
    public static readonly ReferentialAction Restrict = new("restrict");
    public static readonly ReferentialAction Cascade = new("cascade");
    public static readonly ReferentialAction SetNull = new("set_null");
    public static readonly ReferentialAction SetDefault = new("set_default");

    private ReferentialAction(string text)
        : base(text) { }

    public static IReadOnlyList<ReferentialAction> All { get; } = [NoAction, Restrict, Cascade, SetNull, SetDefault];
}

[JsonConverter(typeof(WordConverter<ReferenceMatch>))]
public sealed class ReferenceMatch : Word, IWordSet<ReferenceMatch>
{
    public static readonly ReferenceMatch Simple = new("simple");
    public static readonly ReferenceMatch Full = new("full");

    private ReferenceMatch(string text)
        : base(text) { }

    public static IReadOnlyList<ReferenceMatch> All { get; } = [Simple, Full];
}

[Description("What is referenced")]
public sealed record ReferenceClaim
{
    [Description("The referenced table: a name in the manifest's schema, or schema.name")]
    public required ObjectName Table { get; init; }

    [Description("Its columns, each in the place of the column that references it")]
    public required IReadOnlyList<string> Columns { get; init; }
}

[Description("Every row references one that exists")]
public sealed record ForeignKeyClaim : TableClaim
{
    [Description("The constraint's name")]
    public required string Name { get; init; }

    [Description("The referencing columns")]
    public required IReadOnlyList<string> Columns { get; init; }

    [Description("The referenced table and columns")]
    public required ReferenceClaim References { get; init; }

    [Description("What happens to a row when the one it references is deleted")]
    public ReferentialAction OnDelete { get; set; } = ReferentialAction.NoAction;

    [Description("What happens to a row when the referenced columns are changed")]
    public ReferentialAction OnUpdate { get; set; } = ReferentialAction.NoAction;

    [Description("simple: a NULL in any column is not checked; full: only all NULL is not")]
    public ReferenceMatch Match { get; set; } = ReferenceMatch.Simple;

    [Description("Whether existing rows are known to satisfy it: true, false (NOT VALID) or any")]
    public Validation Validated { get; set; } = Validation.Any;

    [Description("Whether a transaction may break it until its end")]
    public bool Deferrable { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .EmptyList("columns", Columns, "at least one column")
            .Concat(
                Columns.Count == References.Columns.Count
                    ? []
                    :
                    [
                        new ClaimProblem(
                            "references.columns",
                            $"as many columns as reference them ({Columns.Count})",
                            $"{References.Columns.Count}"
                        ),
                    ]
            );
}

/// <summary>What the catalog holds; see facts.sql. Relations and commands are SQL.</summary>
/// <param name="ReferencedIndexEnforces">The index that makes the referenced row the only one is valid, ready, live, unique, immediate and in use.</param>
/// <param name="OwnOperatorClasses">Operator classes of that index that were made in this database: they decide which row is the referenced one.</param>
/// <param name="OnDeleteColumns">PostgreSQL 15: the columns that SET NULL or SET DEFAULT is limited to.</param>
/// <param name="Period">PostgreSQL 18: the last column is a range that is covered, not a value that is equal.</param>
/// <param name="Unchecked">Relations that hold referencing rows and lack an enabled trigger that looks up what they reference.</param>
/// <param name="Unguarded">Relations that hold referenced rows and lack an enabled trigger that looks after those that reference them.</param>
/// <param name="SessionsWithoutTriggers">The commands that made new sessions skip triggers.</param>
/// <param name="ActionTriggers">What fires before a row of the referencing table is deleted or changed by an action.</param>
/// <param name="Children">Inheritance children, which a foreign key does not bind.</param>
public sealed record ForeignKeyFact(
    string RelationKind,
    IReadOnlyList<string> Columns,
    string ReferencedTable,
    IReadOnlyList<string> ReferencedColumns,
    string? ReferencedIndex,
    bool ReferencedIndexEnforces,
    IReadOnlyList<string> OwnOperatorClasses,
    string OnDelete,
    IReadOnlyList<string> OnDeleteColumns,
    string OnUpdate,
    string Match,
    bool Validated,
    bool Deferrable,
    bool Enforced,
    bool Period,
    IReadOnlyList<string> Unchecked,
    IReadOnlyList<string> Unguarded,
    IReadOnlyList<string> SessionsWithoutTriggers,
    IReadOnlyList<ForeignKeyTrigger> ActionTriggers,
    IReadOnlyList<string> Children
);

public sealed partial class ForeignKeyKind : InvariantKind<ForeignKeyClaim, ForeignKeyFact>
{
    public override string Key => "foreign_key";

    public override string Summary =>
        "A foreign key refuses rows that reference nothing, and keeps what is referenced.";

    public override string WhyItMatters =>
        "Without it rows point at what does not exist, and what they depend on can be deleted under them.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it references that very table, column by column; the order in which the pairs are listed does not matter",
            "it is enforced (PostgreSQL 18 has NOT ENFORCED), and its system triggers are there and enabled on both sides, in every partition: they can be disabled, or set to fire in replication only",
            "new sessions do not skip triggers: no database or role is set to session_replication_role = replica",
            "the referenced table's unique index is valid and in use, and goes by the operator classes of its types or of an extension",
            "SET NULL and SET DEFAULT concern all columns; it is not a PERIOD reference (PostgreSQL 18)",
            "the table has no inheritance child, which a foreign key would not bind",
            "no BEFORE trigger of the referencing table that fires on an action (CASCADE, SET NULL, SET DEFAULT) can return NULL, or keeps the old row or its referencing columns (RETURN OLD, NEW.x := OLD.x): the action would not be done and, but for SET DEFAULT, nothing be said, and the row reference what is gone; what such a trigger does otherwise, in a language other than PL/pgSQL, or by TG_OP, is for a `probe` to see",
        ];

    public override JsonTypeInfo ClaimType => ForeignKeyJson.Default.ForeignKeyClaim;

    private protected override JsonTypeInfo<ForeignKeyFact> FactType => ForeignKeyJson.Default.ForeignKeyFact;

    protected override ForeignKeyClaim Qualify(ForeignKeyClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
            References = claim.References with { Table = claim.References.Table.In(schema) },
        };

    protected override Subject SubjectOf(ForeignKeyClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(ForeignKeyClaim claim) =>
        [Guard.Of(GuardSort.ForeignKey, claim.Table, claim.Name)];

    protected override IEnumerable<Behaviour> Behaviours(ForeignKeyClaim claim) =>
        [
            new OrphanIsRefused(
                claim.Table,
                claim.Name,
                claim.Columns,
                claim.References.Table,
                claim.References.Columns,
                claim.OnDelete.Text
            ),
        ];

    protected override void Judge(ForeignKeyClaim claim, ForeignKeyFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables enforce foreign keys."
        );
        JudgeReference(claim, fact, judgement);
        JudgeActions(claim, fact, judgement);
        judgement.Require("enforced", true, fact.Enforced, "A NOT ENFORCED foreign key lets every row pass.");
        judgement.Require(
            "deferrable",
            claim.Deferrable,
            fact.Deferrable,
            claim.Deferrable
                ? "The constraint cannot be deferred."
                : "A deferrable constraint lets a transaction hold rows that reference nothing until its end."
        );
        if (claim.Validated != Validation.Any)
        {
            judgement.Require(
                "validated",
                claim.Validated == Validation.True,
                fact.Validated,
                claim.Validated == Validation.True
                    ? "Existing rows were never checked, so they may reference nothing."
                    : "The constraint was claimed as NOT VALID; validating it is a decision of its own."
            );
        }

        judgement.RequireNone(
            "unchecked",
            fact.Unchecked,
            "The triggers that look up what a row references are missing, disabled or for replication only."
        );
        judgement.RequireNone(
            "unguarded",
            fact.Unguarded,
            "The triggers that guard referenced rows are missing, disabled or for replication only."
        );
        judgement.RequireNone(
            "sessions_without_triggers",
            fact.SessionsWithoutTriggers,
            "New sessions skip triggers, and with them this foreign key."
        );
        judgement.Require(
            "referenced_index_enforces",
            true,
            fact.ReferencedIndexEnforces,
            "The index that makes the referenced row the only one is missing, invalid or not in use."
        );
        judgement.RequireNone("own_operator_classes", fact.OwnOperatorClasses, Relations.OwnOperatorClass);
        judgement.RequireNone(
            "children",
            fact.Children,
            "A foreign key does not bind inheritance children: their rows may reference nothing."
        );
    }

    /// <summary>A foreign key is a set of pairs; what order they were listed in is nobody's guarantee.</summary>
    private static void JudgeReference(ForeignKeyClaim claim, ForeignKeyFact fact, Judgement judgement)
    {
        var pairs = fact.Columns.Zip(fact.ReferencedColumns).ToList();
        if (pairs.Count == claim.Columns.Count && claim.Columns.All(fact.Columns.Contains))
        {
            pairs = [.. claim.Columns.Select(column => pairs.First(pair => pair.First == column))];
        }

        judgement.Require(
            "columns",
            claim.Columns,
            [.. pairs.Select(pair => pair.First)],
            "Other columns reference than claimed."
        );
        judgement.Require(
            "references.table",
            claim.References.Table.ToString(),
            ObjectName.Parse(fact.ReferencedTable).ToString(),
            "Another table is referenced than claimed."
        );
        judgement.Require(
            "references.columns",
            claim.References.Columns,
            [.. pairs.Select(pair => pair.Second)],
            "Other columns are referenced than claimed."
        );
        judgement.Require("match", claim.Match.Text, fact.Match, "NULLs are treated otherwise than claimed.");
        judgement.Require(
            "period",
            false,
            fact.Period,
            "A PERIOD reference asks that a range is covered, not that a value is equal."
        );
    }

    private static void JudgeActions(ForeignKeyClaim claim, ForeignKeyFact fact, Judgement judgement)
    {
        judgement.Require(
            "on_delete",
            claim.OnDelete.Text,
            fact.OnDelete,
            "Deleting a referenced row does something else than claimed."
        );
        judgement.RequireNone(
            "on_delete_columns",
            fact.OnDeleteColumns,
            "Deleting a referenced row changes only some of the columns."
        );
        judgement.RequireNone(
            "undone_by",
            [
                .. fact
                    .ActionTriggers.Where(trigger => trigger.CanUndo(fact.Columns, judgement))
                    .Select(trigger => trigger.Trigger),
            ],
            "A BEFORE trigger of the referencing table can drop the row that the action is about, or put back what it was: the action is not done and, but for SET DEFAULT, nothing is said, so that the row references what is gone."
        );
        judgement.Require(
            "on_update",
            claim.OnUpdate.Text,
            fact.OnUpdate,
            "Changing a referenced row does something else than claimed."
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ForeignKeyClaim))]
[JsonSerializable(typeof(ForeignKeyFact))]
internal sealed partial class ForeignKeyJson : JsonSerializerContext;
