using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds.AppendOnly;

[JsonConverter(typeof(WordConverter<RowChange>))]
public sealed class RowChange : Word, IWordSet<RowChange>
{
    public static readonly RowChange Update = new("update");
    public static readonly RowChange Delete = new("delete");
    public static readonly RowChange Truncate = new("truncate");

    private RowChange(string text)
        : base(text) { }

    public static IReadOnlyList<RowChange> All { get; } = [Update, Delete, Truncate];
}

[Description("Rows of a table are never changed or removed")]
public sealed record AppendOnlyClaim : TableClaim
{
    [Description("The operations that are refused")]
    public IReadOnlyList<RowChange> Operations { get; set; } = [RowChange.Update, RowChange.Delete, RowChange.Truncate];

    [Description("The SQLSTATE with which they are refused")]
    public required string Sqlstate { get; init; }

    [Description("The triggers' names; without them any trigger that refuses will do")]
    public IReadOnlyList<string>? Triggers { get; init; }

    [Description(
        "The digest of the reviewed function: of its body's tokens (comments and white space do not count) and of what else it is, such as SECURITY DEFINER, for a body that is not recognised"
    )]
    public string? BodySha256 { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        (
            Operations.Count == 0
                ? [new ClaimProblem("operations", "update, delete, truncate, or some of them", "an empty list")]
                : Array.Empty<ClaimProblem>()
        )
            .Concat(Claims.SqlStateProblems("sqlstate", Sqlstate))
            .Concat(Claims.DigestProblems("body_sha256", BodySha256))
            .Concat(Triggers is null ? [] : Claims.EmptyList("triggers", Triggers, "at least one name"));
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Unlogged">The tables that hold its rows and are emptied by a crash, as SQL.</param>
public sealed record AppendOnlyFact(
    IReadOnlyList<string> SessionsWithoutTriggers,
    SearchPaths SearchPaths,
    IReadOnlyList<string> Unlogged,
    IReadOnlyList<TriggerRelation> Tree
);

public sealed partial class AppendOnlyKind : InvariantKind<AppendOnlyClaim, AppendOnlyFact>
{
    public override string Key => "append_only";

    public override string Summary =>
        "UPDATE, DELETE and TRUNCATE of a table are refused, always and with the claimed SQLSTATE.";

    public override string WhyItMatters =>
        "Without it a ledger's past can be changed, and nothing that was derived from it can be trusted.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "each claimed operation, TRUNCATE included, meets an enabled BEFORE trigger without WHEN and without a column list, in every ordinary session",
            "the trigger's function is recognised as raising the claimed SQLSTATE unconditionally, or is pinned by `body_sha256`",
            TriggerFunction.Scope,
            "what its message is made of certainly has a value: it reads columns that are there, calls what cannot fail, and gives no option of RAISE (MESSAGE, DETAIL, HINT) what may be NULL; otherwise another error comes first",
            "partitions and children refuse as well: a TRUNCATE trigger is not passed on to partitions",
            "nothing stands before a built-in function or operator that makes up the message, by a search_path of the function or one set for a database or role; a message of constants alone is immune",
            "its function has no SET clause that makes it skip triggers (session_replication_role = replica), which would refuse with another SQLSTATE whoever may not set that",
            "a trigger of statements refuses them in the tables that this one inherits from or is a partition of as well, through which its rows can be changed; a trigger of rows need not stand there",
            "no earlier trigger and no rewrite rule swallows the operation before it is refused",
            "where delete or truncate is refused, no table that holds its rows is unlogged: a crash empties such a table, and asks no trigger",
        ];

    public override bool ReadsBodies => true;

    public override JsonTypeInfo ClaimType => AppendOnlyJson.Default.AppendOnlyClaim;

    private protected override JsonTypeInfo<AppendOnlyFact> FactType => AppendOnlyJson.Default.AppendOnlyFact;

    protected override AppendOnlyClaim Qualify(AppendOnlyClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(AppendOnlyClaim claim) => Subject.Of(claim.Table);

    protected override IEnumerable<Guard> Guards(AppendOnlyClaim claim) =>
        claim.Triggers?.Select(trigger => Guard.Of(GuardSort.Trigger, claim.Table, trigger)) ?? [];

    protected override IEnumerable<Behaviour> Behaviours(AppendOnlyClaim claim) =>
        claim.Operations.Select(operation => new ChangeIsRefused(claim.Table, operation.Text, claim.Sqlstate));

    protected override void Judge(AppendOnlyClaim claim, AppendOnlyFact fact, Judgement judgement)
    {
        TriggerRelation.RequireFiringSessions([.. Below(fact)], fact.SessionsWithoutTriggers, judgement);
        if (KeepsItsRows(claim))
        {
            judgement.RequireNone(
                "unlogged",
                fact.Unlogged,
                "What is unlogged is emptied by a crash, without any trigger being asked, and standbys do not have it."
            );
        }

        foreach (var relation in Below(fact))
        {
            var at = relation.Relation;
            judgement.RequireOneOf(
                $"{at}.kind",
                Relations.Tables,
                relation.Kind,
                $"{at} is not an ordinary or partitioned table, so its triggers refuse nothing."
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
                $"A rewrite rule of {at} replaces the operation, so it is not refused but silently does something else."
            );
            foreach (var operation in claim.Operations)
            {
                JudgeOperation(claim, fact, relation, operation, judgement);
            }
        }
    }

    /// <summary>Whether it is claimed that rows stay: who refuses updates alone lets them go anyway.</summary>
    private static bool KeepsItsRows(AppendOnlyClaim claim) =>
        claim.Operations.Any(operation => operation != RowChange.Update);

    /// <summary>The table, and what is below it: where its rows are.</summary>
    private static IEnumerable<TriggerRelation> Below(AppendOnlyFact fact) =>
        fact.Tree.Where(relation => !relation.Above);

    private static void JudgeOperation(
        AppendOnlyClaim claim,
        AppendOnlyFact fact,
        TriggerRelation relation,
        RowChange operation,
        Judgement judgement
    )
    {
        var path = $"{relation.Relation}.{operation.Text}";
        var expected = $"refused with {claim.Sqlstate}";
        judgement.Expect(path, expected);
        var undecided = new List<(TriggerState Trigger, string Reason)>();
        var refuted = new List<string>();
        foreach (var trigger in Firing(relation, operation))
        {
            var reading = Read(claim, trigger, judgement);
            if (reading is BodyReading.Raises raises && raises.SqlState == claim.Sqlstate)
            {
                if (!trigger.Row && ReachedThrough(claim, fact, operation, judgement) is { } parent)
                {
                    refuted.Add(
                        $"{trigger.Name} refuses statements about {relation.Relation} itself; one about {parent}, from which its rows are inherited, changes them"
                    );
                    continue;
                }

                if (trigger.Row && EarlierDropper(claim, relation, operation, trigger, judgement) is { } dropper)
                {
                    undecided.Add((dropper, $"{dropper.Name} fires first and may drop the row without a word"));
                    break;
                }

                if (AppendOnlyMessage.Missing(raises, relation) is { } missing)
                {
                    refuted.Add($"{trigger.Name} raises 42703 instead, for {relation.Relation} has no {missing}");
                    break;
                }

                if (AppendOnlyMessage.Doubt(raises, relation, trigger) is { } doubtful)
                {
                    undecided.Add((trigger, doubtful));
                    break;
                }

                if (claim.Triggers is null || claim.Triggers.Contains(trigger.Name))
                {
                    TriggerFunction.JudgeSettings($"{path}.", trigger, judgement);
                    // What makes up the message is evaluated first, and may raise something else.
                    if (trigger.Doubt(fact.SearchPaths) is { } doubt)
                    {
                        judgement.Undecide($"{path}.search_path", doubt, SearchPaths.Next(trigger.Function));
                    }

                    return;
                }

                refuted.Add($"{trigger.Name} refuses it, and is not one of the claimed triggers");
            }
            else if (reading is BodyReading.NotRecognised unknown)
            {
                undecided.Add((trigger, unknown.Reason));
            }
            else
            {
                refuted.Add(
                    reading switch
                    {
                        BodyReading.Raises other => $"{trigger.Name} raises {other.SqlState}",
                        BodyReading.Refuted known => $"{trigger.Name}: {known.Reason}",
                        _ => $"{trigger.Name} does not refuse it",
                    }
                );
                if (reading is BodyReading.Raises)
                {
                    break; // What comes after it is never reached.
                }
            }
        }

        Conclude(relation, operation, (path, expected), undecided, refuted, judgement);
    }

    /// <summary>
    /// A relation above the table through which rows can be changed although the table refuses the statement: triggers of
    /// statements fire for the relation that is named alone. TRUNCATE names everything below as well.
    /// </summary>
    private static string? ReachedThrough(
        AppendOnlyClaim claim,
        AppendOnlyFact fact,
        RowChange operation,
        Judgement judgement
    ) =>
        operation == RowChange.Truncate
            ? null
            : fact
                .Tree.FirstOrDefault(relation =>
                    relation.Above
                    && !Firing(relation, operation)
                        .Any(trigger =>
                            !trigger.Row
                            && Read(claim, trigger, judgement) is BodyReading.Raises raises
                            && raises.SqlState == claim.Sqlstate
                        )
                )
                ?.Relation;

    /// <summary>
    /// A row trigger that fires before the one that refuses and does not certainly pass the row on: what it drops is
    /// neither changed nor refused. Conditions and column lists do not excuse it: some rows are enough.
    /// </summary>
    private static TriggerState? EarlierDropper(
        AppendOnlyClaim claim,
        TriggerRelation relation,
        RowChange operation,
        TriggerState refusing,
        Judgement judgement
    ) =>
        relation.Triggers.FirstOrDefault(earlier =>
            earlier.Row
            && earlier.FiresInOrdinarySessions
            && (operation == RowChange.Delete ? earlier.Delete : earlier.Update)
            && string.CompareOrdinal(earlier.Name, refusing.Name) < 0
            && Read(claim, earlier, judgement) is not BodyReading.Raises
            && !(
                earlier.Language == "plpgsql"
                && ColumnKeepingBody.ReturnsTheRow(earlier.Body, isDelete: operation == RowChange.Delete)
            )
        );

    private static void Conclude(
        TriggerRelation relation,
        RowChange operation,
        (string Path, string Expected) requirement,
        List<(TriggerState Trigger, string Reason)> undecided,
        List<string> refuted,
        Judgement judgement
    )
    {
        if (undecided is [var (trigger, reason), ..])
        {
            judgement.Undecide(
                requirement.Path,
                $"Whether {operation.Text} of {relation.Relation} is refused cannot be read: the body of {trigger.Function} is not recognised: {reason}.",
                $"Review the function{trigger.InWords()}, then pin it in the claim: body_sha256: {trigger.Digest()}"
            );
            return;
        }

        var found = refuted.Count == 0 ? "no enabled BEFORE trigger without a condition" : string.Join("; ", refuted);
        judgement.Differ(
            requirement.Path,
            requirement.Expected,
            found,
            $"{operation.Text.ToUpperInvariant()} of {relation.Relation} is not {requirement.Expected}: {found}."
        );
    }

    /// <summary>
    /// The triggers that surely fire for the operation, in order: those of the statement first, then those of each
    /// row, each by name (PostgreSQL manual, "Overview of Trigger Behavior"). One that fires only sometimes refuses
    /// only sometimes, and is left out.
    /// </summary>
    private static IEnumerable<TriggerState> Firing(TriggerRelation relation, RowChange operation) =>
        relation
            .Triggers.Where(trigger => trigger.FiresInOrdinarySessions && !trigger.When && IsFor(trigger, operation))
            .OrderBy(trigger => trigger.Row)
            .ThenBy(trigger => trigger.Name, StringComparer.Ordinal);

    private static bool IsFor(TriggerState trigger, RowChange operation) =>
        operation == RowChange.Update ? trigger.Update && !trigger.Columns
        : operation == RowChange.Delete ? trigger.Delete
        : trigger.Truncate;

    private static BodyReading Read(AppendOnlyClaim claim, TriggerState trigger, Judgement judgement)
    {
        if (claim.BodySha256 is { } digest && trigger.Digest() == digest)
        {
            return new BodyReading.Raises(claim.Sqlstate, []);
        }

        return trigger.Language == "plpgsql"
            ? judgement.Remember((trigger.Body, "raises"), static key => RaisingBody.Read(key.Body))
            : new BodyReading.NotRecognised($"it is written in {trigger.Language}");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(AppendOnlyClaim))]
[JsonSerializable(typeof(AppendOnlyFact))]
internal sealed partial class AppendOnlyJson : JsonSerializerContext;
