using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds.View;

[JsonConverter(typeof(WordConverter<CheckOption>))]
public sealed class CheckOption : Word, IWordSet<CheckOption>
{
    public static readonly CheckOption Any = new("any");
    public static readonly CheckOption None = new("none");
    public static readonly CheckOption Local = new("local");
    public static readonly CheckOption Cascaded = new("cascaded");

    private CheckOption(string text)
        : base(text) { }

    public static IReadOnlyList<CheckOption> All { get; } = [Any, None, Local, Cascaded];
}

[JsonConverter(typeof(WordConverter<ViewRedirects>))]
public sealed class ViewRedirects : Word, IWordSet<ViewRedirects>
{
    public static readonly ViewRedirects None = new("none");
    public static readonly ViewRedirects Any = new("any");

    private ViewRedirects(string text)
        : base(text) { }

    public static IReadOnlyList<ViewRedirects> All { get; } = [None, Any];
}

[Description("A view shows what was claimed, with the rights that were claimed")]
public sealed record ViewClaim : Claim
{
    [Description("The view: a name in the manifest's schema, or schema.name")]
    public required ObjectName Name { get; init; }

    [Description("Whether it holds a copy of its rows, which is as old as its last refresh")]
    public bool Materialized { get; init; }

    [Description("Whether a materialized view can be read at all")]
    public bool Populated { get; set; } = true;

    [Description("The role that owns it; without it the owner is not looked at")]
    [DisallowNull]
    public string? Owner { get; init; }

    [Description("true: it reads with the rights of whoever asks (15 and newer); false: with its owner's; any")]
    public Validation SecurityInvoker { get; set; } = Validation.Any;

    [Description("true: functions and operators of whoever asks see only the rows that it shows; false or any")]
    public Validation SecurityBarrier { get; set; } = Validation.Any;

    [Description("Whether rows written through it must be rows that it shows: none, local, cascaded, or any")]
    public CheckOption CheckOption { get; set; } = CheckOption.Any;

    [Description("The columns' names, exactly and in order; without it they are not looked at")]
    public IReadOnlyList<string>? Columns { get; init; }

    [Description(
        "Its query as the server prints it with nothing but pg_catalog in the search path: token by token, white space does not count"
    )]
    public string? Definition { get; init; }

    [Description(
        "Functions that are not built in and that the definition may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    [Description("none: no rule and no trigger stands between a write and the view; any: they are not looked at")]
    public ViewRedirects Redirects { get; set; } = ViewRedirects.None;

    /// <summary>A row that is written through it must be one that it shows.</summary>
    internal bool IsChecked => CheckOption == CheckOption.Local || CheckOption == CheckOption.Cascaded;

    public override IEnumerable<ClaimProblem> Problems() =>
        (
            Definition is { } definition && ExpressionText.Problem(definition) is { } problem
                ? [new ClaimProblem("definition", "one query", problem)]
                : Enumerable.Empty<ClaimProblem>()
        )
            .Concat(Columns is null ? [] : Claims.EmptyList("columns", Columns, "at least one column"))
            .Concat(MaterializedProblems());

    private IEnumerable<ClaimProblem> MaterializedProblems()
    {
        const string Of = "no such option: a materialized view has none";
        if (Materialized && SecurityInvoker == Validation.True)
        {
            yield return new("security_invoker", Of, "true");
        }

        if (Materialized && SecurityBarrier == Validation.True)
        {
            yield return new("security_barrier", Of, "true");
        }

        if (Materialized && IsChecked)
        {
            yield return new("check_option", Of, CheckOption.Text);
        }

        if (!Materialized && !Populated)
        {
            yield return new("populated", "materialized: true beside populated: false", "a view that holds no rows");
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="SecurityInvoker">Null on servers that do not know it.</param>
/// <param name="Definition">As the server prints it; null where it is not a view.</param>
/// <param name="Functions">The functions that are not built in and that the definition calls.</param>
/// <param name="Rules">Rules on writes that are enabled in an ordinary session.</param>
/// <param name="Triggers">Likewise triggers.</param>
/// <param name="Unchecked">Those of them that stand in the place of an insert or an update.</param>
/// <param name="UncheckedBelow">Such of the tables and views that it is over, past its check option.</param>
public sealed record ViewFact(
    string Kind,
    string Owner,
    bool? SecurityInvoker,
    bool SecurityBarrier,
    string CheckOption,
    bool Populated,
    IReadOnlyList<string> Columns,
    string? Definition,
    IReadOnlyList<CalledFunction> Functions,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Triggers,
    IReadOnlyList<string> Unchecked,
    IReadOnlyList<string> UncheckedBelow
);

public sealed partial class ViewKind : InvariantKind<ViewClaim, ViewFact>
{
    public override string Key => "view";

    public override string Summary => "A view shows exactly what was claimed, and reads it with the claimed rights.";

    public override string WhyItMatters =>
        "Without it readers see rows and columns that were to be kept from them, or miss some.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is a view, or a materialized one where that is claimed: a table or a foreign table of that name does not count",
            "a materialized view has been populated: until then every reading of it fails",
            "the definition is the claimed one as the server prints it, with every name outside pg_catalog qualified; servers before 16 print some columns with their table",
            "the definition calls built-in functions only, or those listed under `functions` with their digest; a view that it reads is claimed by an invariant of its own; of an aggregate the functions that do its work count as its body, with what they are beside theirs",
            ReviewedFunction.Scope,
            "no rule and no trigger that is enabled in an ordinary session redirects writes to it, unless `redirects: any`; with a check option none stands in the place of an insert or update even so, on the view or on what it reads, for then nothing is checked",
            "what an insert through it puts into columns that it leaves out is not looked at: a view can have defaults of its own (ALTER VIEW … SET DEFAULT)",
            "unless security_invoker is set it reads with its owner's rights, past row security that does not bind the owner: claim `owner` as well",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is ViewClaim { SecurityInvoker: var invoker } && invoker == Validation.True,
            15,
            "Servers before PostgreSQL 15 have no security_invoker: every view reads with its owner's rights."
        );

    public override JsonTypeInfo ClaimType => ViewJson.Default.ViewClaim;

    private protected override JsonTypeInfo<ViewFact> FactType => ViewJson.Default.ViewFact;

    protected override ViewClaim Qualify(ViewClaim claim, string schema) => claim with { Name = claim.Name.In(schema) };

    protected override Subject SubjectOf(ViewClaim claim) => Subject.Of(claim.Name);

    protected override void Judge(ViewClaim claim, ViewFact fact, Judgement judgement)
    {
        judgement.Require(
            "kind",
            claim.Materialized ? "m" : "v",
            fact.Kind,
            claim.Materialized
                ? "It is not a materialized view."
                : "It is not a view: what it shows is not computed from the tables that were claimed."
        );
        if (claim.Materialized)
        {
            judgement.Require(
                "populated",
                claim.Populated,
                fact.Populated,
                claim.Populated
                    ? "The materialized view has not been populated: every reading of it fails."
                    : "The materialized view holds rows."
            );
        }

        if (claim.Owner is not null)
        {
            judgement.Require(
                "owner",
                claim.Owner,
                fact.Owner,
                "It belongs to another role, with whose rights it reads and who can change it."
            );
        }

        JudgeOptions(claim, fact, judgement);
        JudgeDefinition(claim, fact, judgement);
        if (claim.Redirects == ViewRedirects.None)
        {
            judgement.RequireNone(
                "rules",
                fact.Rules,
                "A rewrite rule redirects, swallows or multiplies writes to the view."
            );
            judgement.RequireNone("triggers", fact.Triggers, "A trigger decides what becomes of writes to the view.");
        }
    }

    private static void JudgeOptions(ViewClaim claim, ViewFact fact, Judgement judgement)
    {
        if (claim.SecurityInvoker != Validation.Any)
        {
            judgement.Require(
                "security_invoker",
                claim.SecurityInvoker == Validation.True,
                fact.SecurityInvoker ?? false,
                claim.SecurityInvoker == Validation.True
                    ? "It reads with its owner's rights, whoever asks."
                    : "It reads with the rights of whoever asks."
            );
        }

        if (claim.SecurityBarrier != Validation.Any)
        {
            judgement.Require(
                "security_barrier",
                claim.SecurityBarrier == Validation.True,
                fact.SecurityBarrier,
                claim.SecurityBarrier == Validation.True
                    ? "A function of whoever asks may be run on rows that the view does not show."
                    : "The view is a security barrier."
            );
        }

        if (claim.CheckOption != CheckOption.Any)
        {
            judgement.Require(
                "check_option",
                claim.CheckOption.Text,
                fact.CheckOption,
                "Rows written through the view are checked otherwise than claimed."
            );
            if (claim.IsChecked && claim.Redirects == ViewRedirects.Any)
            {
                judgement.RequireNone(
                    "unchecked",
                    fact.Unchecked,
                    "In the place of a write through the view this is done, and the view's check option is not looked at."
                );
            }

            if (claim.IsChecked)
            {
                judgement.RequireNone(
                    "unchecked_below",
                    fact.UncheckedBelow,
                    "What the view is over puts this in the place of a write, and the view's check option is not looked at."
                );
            }
        }
    }

    private static void JudgeDefinition(ViewClaim claim, ViewFact fact, Judgement judgement)
    {
        if (claim.Columns is not null)
        {
            judgement.Require(
                "columns",
                claim.Columns,
                fact.Columns,
                "It has other columns than claimed, or in another order."
            );
        }

        if (claim.Definition is null)
        {
            return;
        }

        judgement.Expect("definition", claim.Definition);
        if (fact.Definition is null || !ExpressionText.SameTokens(claim.Definition, fact.Definition))
        {
            judgement.Differ(
                "definition",
                claim.Definition,
                fact.Definition,
                "It shows something else than claimed. (The text is compared: write it as the server prints it.)"
            );
        }

        judgement.RequirePinned("definition", fact.Definition ?? "", fact.Functions, claim.Functions);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ViewClaim))]
[JsonSerializable(typeof(ViewFact))]
internal sealed partial class ViewJson : JsonSerializerContext;
