using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Kinds.Trigger;

/// <summary>What the catalog holds; see facts.sql.</summary>
public sealed record TriggerFact(
    string RelationKind,
    bool TriggersOn,
    IReadOnlyList<string> SessionsWithoutTriggers,
    SearchPaths SearchPaths,
    string Enabled,
    string Timing,
    string Level,
    bool Deferrable,
    bool InitiallyDeferred,
    IReadOnlyList<string> Events,
    IReadOnlyList<string> Columns,
    string? When,
    bool HasWhen,
    IReadOnlyList<CalledFunction> WhenFunctions,
    IReadOnlyList<string> Arguments,
    string? OldTable,
    string? NewTable,
    string Function,
    string Language,
    IReadOnlyList<string> Attributes,
    string Body,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> ChildrenWithout,
    IReadOnlyList<string> NotAlways,
    IReadOnlyList<string> ParentsWithout
) : ITriggerFunction;

public sealed partial class TriggerKind : InvariantKind<TriggerClaim, TriggerFact>
{
    public override string Key => "trigger";

    public override string Summary =>
        "A trigger fires on the claimed events, unconditionally, and calls the claimed function.";

    public override string WhyItMatters =>
        "Without it what the function guarantees (attribution, denial, audit) does not happen, and nothing says so.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it fires in an ordinary session: not disabled, not ENABLE REPLICA, and no role or database sets session_replication_role to replica",
            "it has no WHEN and no column list unless they are claimed",
            "no transaction can put it off until its end, unless it is claimed as deferrable: a constraint trigger that is not is as good as another",
            "every partition and child has it too: statement triggers are not passed on",
            "a statement trigger stands on every table that this one inherits from or is a partition of as well: a statement that names one of them reaches the rows of this one and fires only that one's",
            "no rewrite rule replaces the statement before it fires",
            "what its function does is known only with `body_sha256`; then the names of the transition tables that it reads (REFERENCING) are claimed as well, and nothing stands before a built-in function, operator or type that the body names without a schema, by a search_path of its own or one set for a database or role",
            TriggerFunction.Scope,
            "a WHEN calls built-in functions only, or those listed under `functions` with their digest",
            ReviewedFunction.Scope,
            "its function has no SET clause that makes it skip triggers (session_replication_role = replica) or its own assertions",
        ];

    public override bool ReadsBodies => true;

    public override JsonTypeInfo ClaimType => TriggerJson.Default.TriggerClaim;

    private protected override JsonTypeInfo<TriggerFact> FactType => TriggerJson.Default.TriggerFact;

    protected override TriggerClaim Qualify(TriggerClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
            Function = claim.Function.In(schema),
        };

    protected override Subject SubjectOf(TriggerClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(TriggerClaim claim) =>
        [Guard.Of(GuardSort.Trigger, claim.Table, claim.Name)];

    protected override void Judge(TriggerClaim claim, TriggerFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            claim.Timing == TriggerTiming.InsteadOf ? ["v"] : Relations.Tables,
            fact.RelationKind,
            "The trigger stands on another sort of relation than one where it can fire as claimed."
        );
        judgement.Require(
            "triggers_on",
            true,
            fact.TriggersOn,
            "The table's flag says that it has no triggers, so the server fires none."
        );
        TriggerEnabled.Judge(claim.Enabled, fact.Enabled, fact.SessionsWithoutTriggers, judgement);
        judgement.Require("timing", claim.Timing.Text, fact.Timing, "It fires at another time than claimed.");
        judgement.Require(
            "level",
            claim.Level.Text,
            fact.Level,
            "It fires for rows instead of statements, or the reverse."
        );
        JudgeDeferral(claim, fact, judgement);
        judgement.Require(
            "events",
            [.. TriggerEvent.All.Where(claim.Events.Contains).Select(change => change.Text)],
            fact.Events,
            "It fires on other statements than claimed."
        );
        judgement.Require(
            "columns",
            [.. claim.Columns.Order(StringComparer.Ordinal)],
            fact.Columns,
            "A column list keeps it from firing on updates of other columns."
        );
        JudgeWhen(claim, fact, judgement);
        judgement.Require(
            "function",
            claim.Function.ToString(),
            fact.Function,
            "It calls another function than claimed."
        );
        judgement.Require(
            "arguments",
            claim.Arguments,
            fact.Arguments,
            "It gives its function other arguments than claimed."
        );
        JudgeTransition(claim, ("old_table", claim.OldTable, fact.OldTable), judgement);
        JudgeTransition(claim, ("new_table", claim.NewTable, fact.NewTable), judgement);
        TriggerFunction.JudgeBody(claim.BodySha256, fact, fact.SearchPaths, judgement);
        TriggerFunction.JudgeSettings("", fact, judgement);
        judgement.RequireNone("rules", fact.Rules, "A rewrite rule replaces the statement before the trigger fires.");
        judgement.RequireNone(
            "children_without",
            fact.ChildrenWithout,
            "Writes to these partitions or children do not fire it."
        );
        if (fact.NotAlways.Count > 0)
        {
            judgement.RequireNone(
                "sessions_without_triggers",
                fact.SessionsWithoutTriggers,
                TriggerRelation.SessionsSkipTriggers
            );
        }

        if (claim.Enabled == TriggerEnabled.Always)
        {
            judgement.RequireNone(
                "not_always",
                fact.NotAlways,
                "On these partitions, children or parents it does not fire in replication."
            );
        }

        judgement.RequireNone(
            "parents_without",
            fact.ParentsWithout,
            "Statements about these tables reach rows of this one, and a trigger of the statement fires for the table that is named alone."
        );
    }

    /// <summary>Put off to the transaction's end, it refuses later and reads what the statements after it have made of the rows.</summary>
    private static void JudgeDeferral(TriggerClaim claim, TriggerFact fact, Judgement judgement)
    {
        judgement.Require(
            "deferrable",
            claim.Deferrable,
            fact.Deferrable,
            claim.Deferrable
                ? "It cannot be put off until the end of the transaction: it refuses what a later statement would have set right."
                : "A transaction may put it off until its end, where it reads what later statements have made of the rows; what it would refuse or write is not so until then."
        );
        if (claim.InitiallyDeferred is { } deferred)
        {
            judgement.Require(
                "initially_deferred",
                deferred,
                fact.InitiallyDeferred,
                deferred
                    ? "It fires at the end of each statement unless the transaction puts it off."
                    : "It fires at the end of the transaction unless the transaction says otherwise."
            );
        }
    }

    /// <summary>The same body does something else where the names of the rows before and after are swapped.</summary>
    private static void JudgeTransition(
        TriggerClaim claim,
        (string Path, string? Expected, string? Observed) table,
        Judgement judgement
    )
    {
        if (table.Expected is not null || claim.OldTable is not null || claim.NewTable is not null)
        {
            judgement.Require(
                table.Path,
                table.Expected,
                table.Observed,
                "Its function reads other rows by that name than claimed."
            );
        }
        else if (claim.BodySha256 is not null && table.Observed is not null)
        {
            judgement.Undecide(
                table.Path,
                $"Its function reads the rows of the statement as {table.Observed}; whether those before or those after bear that name decides what the reviewed body does.",
                $"Claim it: {table.Path}: {table.Observed}"
            );
        }
    }

    private static void JudgeWhen(TriggerClaim claim, TriggerFact fact, Judgement judgement)
    {
        if (fact.HasWhen && fact.When is null)
        {
            judgement.Undecide(
                "when",
                "The server did not print the trigger's WHEN condition; it was probably changed during the run.",
                "Run again."
            );
            return;
        }

        judgement.RequireExpression(
            "when",
            claim.Table,
            claim.When,
            fact.When,
            fact.WhenFunctions,
            claim.Functions,
            claim.When is null
                ? "A WHEN condition keeps it from firing for every row."
                : "It fires under another condition than claimed.",
            isTriggerCondition: true
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(TriggerClaim))]
[JsonSerializable(typeof(TriggerFact))]
internal sealed partial class TriggerJson : JsonSerializerContext;
