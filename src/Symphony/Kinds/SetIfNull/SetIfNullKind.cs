using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds.SetIfNull;

[Description("A trigger fills a column of new rows where it is NULL, and leaves a supplied value alone")]
public sealed record SetIfNullClaim : TableClaim
{
    [Description("The column that is filled")]
    public required string Column { get; init; }

    [Description("The trigger's name; without it any trigger that fills the column will do")]
    public string? Trigger { get; init; }

    [Description("The trigger's function; without it any function that is recognised will do")]
    public ObjectName? Function { get; init; }

    [Description(
        "The digest of the reviewed function: of its body's tokens (comments and white space do not count) and of what else it is, such as SECURITY DEFINER, for a body that is not recognised"
    )]
    public string? BodySha256 { get; init; }

    public override IEnumerable<ClaimProblem> Problems() => Claims.DigestProblems("body_sha256", BodySha256);
}

/// <summary>What the catalog holds; see facts.sql.</summary>
public sealed record SetIfNullFact(
    string Type,
    bool Generated,
    IReadOnlyList<string> SessionsWithoutTriggers,
    SearchPaths SearchPaths,
    IReadOnlyList<TriggerRelation> Tree
);

public sealed partial class SetIfNullKind : InvariantKind<SetIfNullClaim, SetIfNullFact>
{
    public override string Key => "set_if_null";

    public override string Summary =>
        "A BEFORE INSERT trigger fills a column where it is NULL and keeps a value that was supplied.";

    public override string WhyItMatters =>
        "Without it rows are written with NULL in the column, or the application's own value is overwritten.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the trigger is BEFORE INSERT FOR EACH ROW, has no WHEN and fires in ordinary sessions (none has session_replication_role set to replica); so has every partition and child",
            "its function's body is recognised as assigning the column only where it is NULL and returning NEW, or is pinned by `body_sha256`",
            TriggerFunction.Scope,
            "no later BEFORE trigger (they fire in the order of their names) can undo it",
            "no rewrite rule redirects the insert around it",
            "what is done to the row afterwards is not looked at: an AFTER trigger, a rule DO ALSO or any UPDATE may set the column NULL again, which only a column that is not nullable refuses",
            "its function has no SET clause that makes it skip triggers (session_replication_role = replica) or its own assertions",
            "nothing stands before a built-in function, operator or type that the body names without a schema: no search_path of its function, or set for a server, database or role, puts a schema that has one of that name, or where everyone may create, before pg_catalog (what a session sets for itself is not in sight)",
        ];

    public override bool ReadsBodies => true;

    public override JsonTypeInfo ClaimType => SetIfNullJson.Default.SetIfNullClaim;

    private protected override JsonTypeInfo<SetIfNullFact> FactType => SetIfNullJson.Default.SetIfNullFact;

    protected override SetIfNullClaim Qualify(SetIfNullClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
            Function = claim.Function?.In(schema),
        };

    protected override Subject SubjectOf(SetIfNullClaim claim) => Subject.Of(claim.Table, claim.Column);

    protected override IEnumerable<Guard> Guards(SetIfNullClaim claim) =>
        claim.Trigger is { } trigger ? [Guard.Of(GuardSort.Trigger, claim.Table, trigger)] : [];

    protected override IEnumerable<Behaviour> Behaviours(SetIfNullClaim claim) =>
        [new NullIsFilled(claim.Table, claim.Column)];

    protected override void Judge(SetIfNullClaim claim, SetIfNullFact fact, Judgement judgement)
    {
        judgement.Require("generated", false, fact.Generated, "A generated column cannot be filled by a trigger.");
        TriggerRelation.RequireFiringSessions(fact.Tree, fact.SessionsWithoutTriggers, judgement);
        foreach (var relation in fact.Tree)
        {
            JudgeRelation(claim, relation, fact.SearchPaths, judgement);
        }
    }

    private static void JudgeRelation(
        SetIfNullClaim claim,
        TriggerRelation relation,
        SearchPaths paths,
        Judgement judgement
    )
    {
        var at = relation.Relation;
        judgement.RequireOneOf(
            $"{at}.kind",
            Relations.Tables,
            relation.Kind,
            $"{at} is not an ordinary or partitioned table, so its triggers do not fill rows."
        );
        judgement.Require(
            $"{at}.triggers_on",
            true,
            relation.TriggersOn,
            $"{at}'s flag says that it has no triggers, so the server fires none."
        );
        judgement.RequireNone(
            $"{at}.rules",
            relation.Rules,
            $"A rewrite rule of {at} replaces the insert before any trigger sees the row."
        );
        var candidates = relation.Triggers.Where(trigger => IsMeant(claim, trigger)).ToList();
        judgement.Expect($"{at}.trigger", claim.Trigger ?? "one that fills the column");
        if (candidates.Count == 0)
        {
            judgement.Differ(
                $"{at}.trigger",
                claim.Trigger ?? "one that fills the column",
                null,
                $"{at} has no BEFORE INSERT FOR EACH ROW trigger{Named(claim)}, so NULL stays in {claim.Column}."
            );
            return;
        }

        if (BestOf(claim, candidates, (at, paths), judgement) is { } filling)
        {
            JudgeLater(claim, relation, filling, judgement);
        }
        else
        {
            Complain(claim, candidates[0], (at, paths), judgement);
        }
    }

    private static bool IsMeant(SetIfNullClaim claim, TriggerState trigger) =>
        (claim.Trigger is null || claim.Trigger == trigger.Name)
        && (claim.Trigger is not null || claim.Function is null || claim.Function.ToString() == trigger.Function);

    private static string Named(SetIfNullClaim claim) =>
        claim.Trigger is not null ? $" named {claim.Trigger}"
        : claim.Function is null ? ""
        : $" calling {claim.Function}";

    /// <summary>The last trigger that surely fills the column; null when there is none.</summary>
    private static TriggerState? BestOf(
        SetIfNullClaim claim,
        IReadOnlyList<TriggerState> candidates,
        (string Relation, SearchPaths Paths) at,
        Judgement judgement
    ) =>
        candidates.LastOrDefault(trigger =>
        {
            var trial = judgement.Beside();
            Complain(claim, trigger, at, trial);
            return trial.Holds;
        });

    /// <summary>Everything that keeps this trigger from filling the column.</summary>
    private static void Complain(
        SetIfNullClaim claim,
        TriggerState trigger,
        (string Relation, SearchPaths Paths) at,
        Judgement judgement
    )
    {
        var path = $"{at.Relation}.{trigger.Name}";
        judgement.RequireOneOf(
            $"{path}.enabled",
            ["O", "A"],
            trigger.Enabled,
            $"The trigger {trigger.Name} is disabled, or fires only in replication."
        );
        judgement.Require(
            $"{path}.when",
            false,
            trigger.When,
            $"The trigger {trigger.Name} has a WHEN condition: rows that do not meet it are not filled."
        );
        if (claim.Function is { } function)
        {
            judgement.Require(
                $"{path}.function",
                function.ToString(),
                trigger.Function,
                $"The trigger {trigger.Name} calls another function than claimed."
            );
        }

        TriggerFunction.JudgeSettings($"{path}.", trigger, judgement);
        if (trigger.Doubt(at.Paths) is { } doubt)
        {
            judgement.Undecide($"{path}.search_path", doubt, SearchPaths.Next(trigger.Function));
        }

        if (claim.BodySha256 is { } digest)
        {
            judgement.Require(
                $"{path}.body_sha256",
                digest,
                trigger.Digest(),
                $"{trigger.Function} is not the function that was reviewed: {trigger.Now(digest)}."
            );
        }
        else if (trigger.Language != "plpgsql")
        {
            Undecide(path, trigger, $"it is written in {trigger.Language}", judgement);
        }
        else
        {
            judgement.Expect($"{path}.body", "fills the column where it is NULL and returns NEW");
            switch (
                judgement.Remember((trigger.Body, claim.Column), static key => SetIfNullBody.Read(key.Body, key.Column))
            )
            {
                case BodyReading.Refuted refuted:
                    judgement.Differ(
                        $"{path}.body",
                        "fills the column where it is NULL and returns NEW",
                        refuted.Reason,
                        $"{trigger.Function} does not fill {claim.Column} where it is NULL: {refuted.Reason}."
                    );
                    break;
                case BodyReading.NotRecognised unknown:
                    Undecide(path, trigger, unknown.Reason, judgement);
                    break;
            }
        }
    }

    private static void Undecide(string path, TriggerState trigger, string reason, Judgement judgement) =>
        judgement.Undecide(
            $"{path}.body",
            $"The body of {trigger.Function} is not recognised: {reason}.",
            $"Review the function{trigger.InWords()}, then pin it in the claim: body_sha256: {trigger.Digest()}"
        );

    /// <summary>BEFORE triggers fire in the order of their names: one after the filling trigger has the last word.</summary>
    private static void JudgeLater(
        SetIfNullClaim claim,
        TriggerRelation relation,
        TriggerState filling,
        Judgement judgement
    )
    {
        foreach (
            var later in relation.Triggers.Where(trigger =>
                trigger.FiresInOrdinarySessions && string.CompareOrdinal(trigger.Name, filling.Name) > 0
            )
        )
        {
            var path = $"{relation.Relation}.{later.Name}.body";
            var reading =
                later.Language == "plpgsql"
                    ? judgement.Remember(
                        (later.Body, "keeps", claim.Column),
                        static key => ColumnKeepingBody.Read(key.Body, key.Column)
                    )
                    : new BodyReading.NotRecognised($"it is written in {later.Language}");
            if (reading is BodyReading.NotRecognised unknown)
            {
                judgement.Undecide(
                    path,
                    $"The trigger {later.Name} fires after {filling.Name} and may undo it: {unknown.Reason}.",
                    $"Rename {later.Name} so that it fires first, or keep {claim.Column} out of its function."
                );
            }
            else if (reading is BodyReading.Refuted refuted)
            {
                judgement.Differ(
                    path,
                    "keeps the column",
                    refuted.Reason,
                    $"The trigger {later.Name} fires after {filling.Name} and undoes it: {refuted.Reason}."
                );
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SetIfNullClaim))]
[JsonSerializable(typeof(SetIfNullFact))]
internal sealed partial class SetIfNullJson : JsonSerializerContext;
