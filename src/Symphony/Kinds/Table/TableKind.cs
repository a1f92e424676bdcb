using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Table;

[JsonConverter(typeof(WordConverter<Persistence>))]
public sealed class Persistence : Word, IWordSet<Persistence>
{
    public static readonly Persistence Permanent = new("permanent");
    public static readonly Persistence Unlogged = new("unlogged");
    public static readonly Persistence Temporary = new("temporary");

    private Persistence(string text)
        : base(text) { }

    public static IReadOnlyList<Persistence> All { get; } = [Permanent, Unlogged, Temporary];
}

[JsonConverter(typeof(WordConverter<RowSecurity>))]
public sealed class RowSecurity : Word, IWordSet<RowSecurity>
{
    public static readonly RowSecurity Any = new("any");
    public static readonly RowSecurity Enabled = new("enabled");
    public static readonly RowSecurity Forced = new("forced");

    private RowSecurity(string text)
        : base(text) { }

    public static IReadOnlyList<RowSecurity> All { get; } = [Any, Enabled, Forced];
}

[JsonConverter(typeof(WordConverter<RewriteRules>))]
public sealed class RewriteRules : Word, IWordSet<RewriteRules>
{
    public static readonly RewriteRules None = new("none");
    public static readonly RewriteRules Any = new("any");

    private RewriteRules(string text)
        : base(text) { }

    public static IReadOnlyList<RewriteRules> All { get; } = [None, Any];
}

[Description("A table keeps the rows that are written to it")]
public sealed record WholeTableClaim : TableClaim
{
    [Description(
        "Whether rows survive a crash (permanent), are emptied by one (unlogged), or end with the session (temporary)"
    )]
    public Persistence Persistence { get; set; } = Persistence.Permanent;

    [Description("Row security: enabled, forced (it binds the table's owner too), or any, which does not look at it")]
    public RowSecurity RowSecurity { get; set; } = RowSecurity.Any;

    [Description("The role that owns it; without it the owner is not looked at")]
    [DisallowNull]
    public string? Owner { get; init; }

    [Description("Its comment, letter by letter; without it that is not looked at")]
    [DisallowNull]
    public string? Comment { get; init; }

    [Description(
        "Storage options, such as fillfactor, and their values; those that are not named are not looked at. Of a partitioned table, its partitions'"
    )]
    [DisallowNull]
    public IReadOnlyDictionary<string, SettingText>? Storage { get; init; }

    [Description("none: no rewrite rule stands between a write and the table; any: rules are not looked at")]
    public RewriteRules Rules { get; set; } = RewriteRules.None;

    public override IEnumerable<ClaimProblem> Problems() => StorageOptions.Problems(Storage);
}

/// <summary>What the catalog holds; see facts.sql. The table itself comes first.</summary>
/// <param name="Comment">The table's own; null where it has none.</param>
public sealed record TableFact(string? Comment, IReadOnlyList<TableState> Tree);

/// <param name="Relation">Schema and name, as SQL.</param>
/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="Above">The table, or something below it, inherits from this one or is a partition of it.</param>
/// <param name="Storage">The storage options that were set, as they were written.</param>
/// <param name="Rules">The rules on writes that are enabled in an ordinary session.</param>
public sealed record TableState(
    string Relation,
    string Kind,
    bool Above,
    string Persistence,
    bool RowSecurity,
    bool RowSecurityForced,
    string Owner,
    IReadOnlyDictionary<string, string> Storage,
    IReadOnlyList<string> Rules
);

public sealed partial class TableKind : InvariantKind<WholeTableClaim, TableFact>
{
    public override string Key => "table";

    public override string Summary => "A table exists, keeps what is written to it, and is guarded as claimed.";

    public override string WhyItMatters =>
        "Without it rows that were written with success are lost, redirected or open to those who should not see them.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is an ordinary or a partitioned table: not a view, a materialized view, a foreign table or a temporary table of that name",
            "its partitions and children are tables of the same persistence, row security and owner: rows are in them, and they can be written and read directly",
            "no rewrite rule for INSERT, UPDATE or DELETE that is enabled in an ordinary session stands on it, on a partition or on a child",
            "where row security is claimed, the tables that it inherits from or is a partition of have it too: who reads its rows through one of them meets only that one's policies",
            "triggers are not looked at, and a BEFORE trigger can drop a row without an error: claim them (the kind `trigger`), or the write itself (the kind `probe`)",
        ];

    public override JsonTypeInfo ClaimType => TableJson.Default.WholeTableClaim;

    private protected override JsonTypeInfo<TableFact> FactType => TableJson.Default.TableFact;

    protected override WholeTableClaim Qualify(WholeTableClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(WholeTableClaim claim) => Subject.Of(claim.Table);

    protected override void Judge(WholeTableClaim claim, TableFact fact, Judgement judgement)
    {
        if (claim.Comment is not null)
        {
            judgement.Require("comment", claim.Comment, fact.Comment, "Its comment says something else than claimed.");
        }

        JudgeState(claim, fact.Tree[0], "", judgement);
        foreach (var other in fact.Tree.Skip(1))
        {
            var prefix = other.Relation + ".";
            if (other.Above)
            {
                JudgeRowSecurity(claim, other, prefix, judgement);
            }
            else
            {
                JudgeState(claim, other, prefix, judgement);
            }
        }

        foreach (var state in Stored(fact))
        {
            var prefix = state == fact.Tree[0] ? "" : state.Relation + ".";
            StorageOptions.Judge(claim.Storage, state.Storage, prefix, state.Relation, judgement);
        }
    }

    /// <summary>A partitioned table has no storage of its own; a child by inheritance is a table beside it.</summary>
    private static IEnumerable<TableState> Stored(TableFact fact) =>
        fact.Tree[0].Kind == "p" ? fact.Tree.Where(state => state is { Kind: "r", Above: false }) : fact.Tree.Take(1);

    private static void JudgeState(WholeTableClaim claim, TableState state, string prefix, Judgement judgement)
    {
        var at = state.Relation;
        judgement.RequireOneOf(
            prefix + "kind",
            Relations.Tables,
            state.Kind,
            $"{at} is not an ordinary or partitioned table: rows written to it are not kept here."
        );
        if (state.Kind != "p")
        {
            // A partitioned table holds no rows, so its own persistence loses none.
            judgement.Require(
                prefix + "persistence",
                claim.Persistence.Text,
                state.Persistence,
                claim.Persistence == Persistence.Permanent
                    ? $"{at} is not written to the log: a crash empties it, and standbys do not have it."
                    : $"{at} has another persistence than claimed."
            );
        }

        JudgeRowSecurity(claim, state, prefix, judgement);
        if (claim.Owner is not null)
        {
            judgement.Require(
                prefix + "owner",
                claim.Owner,
                state.Owner,
                $"{at} belongs to another role, which can change everything about it."
            );
        }

        if (claim.Rules == RewriteRules.None)
        {
            judgement.RequireNone(
                prefix + "rules",
                state.Rules,
                $"A rewrite rule of {at} can swallow, redirect or multiply writes without an error."
            );
        }
    }

    private static void JudgeRowSecurity(WholeTableClaim claim, TableState state, string prefix, Judgement judgement)
    {
        var at = state.Relation;
        if (claim.RowSecurity != RowSecurity.Any)
        {
            judgement.Require(
                prefix + "row_security",
                true,
                state.RowSecurity,
                $"Row security of {at} is off: its policies are not applied."
            );
        }

        if (claim.RowSecurity == RowSecurity.Forced)
        {
            judgement.Require(
                prefix + "row_security_forced",
                true,
                state.RowSecurityForced,
                $"Row security of {at} is not forced: its owner sees and writes every row."
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
[JsonSerializable(typeof(WholeTableClaim))]
[JsonSerializable(typeof(TableFact))]
internal sealed partial class TableJson : JsonSerializerContext;
