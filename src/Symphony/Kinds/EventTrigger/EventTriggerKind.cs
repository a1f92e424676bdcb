using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.EventTrigger;

[JsonConverter(typeof(WordConverter<DatabaseEvent>))]
public sealed class DatabaseEvent : Word, IWordSet<DatabaseEvent>
{
    public static readonly DatabaseEvent DdlCommandStart = new("ddl_command_start");
    public static readonly DatabaseEvent DdlCommandEnd = new("ddl_command_end");
    public static readonly DatabaseEvent SqlDrop = new("sql_drop");
    public static readonly DatabaseEvent TableRewrite = new("table_rewrite");
    public static readonly DatabaseEvent Login = new("login");

    private DatabaseEvent(string text)
        : base(text) { }

    public static IReadOnlyList<DatabaseEvent> All { get; } =
    [DdlCommandStart, DdlCommandEnd, SqlDrop, TableRewrite, Login];
}

[Description("An event trigger fires on these commands and calls this function")]
public sealed record EventTriggerClaim : Claim
{
    [Description("The event trigger's name")]
    public required string Name { get; init; }

    [Description("When it fires; login exists from PostgreSQL 17 on")]
    public required DatabaseEvent Event { get; init; }

    [Description(
        "The commands it fires on, such as CREATE TABLE; without them it must fire on every command of the event"
    )]
    public IReadOnlyList<string> Tags { get; set; } = [];

    [Description("The function it calls")]
    public required ObjectName Function { get; init; }

    [Description("origin: fires in ordinary sessions; always: in replication too. Without it either will do")]
    public TriggerEnabled? Enabled { get; init; }

    [Description(
        "The digest of the reviewed function: of its body's tokens (comments and white space do not count) and of what else it is, such as SECURITY DEFINER"
    )]
    public string? BodySha256 { get; init; }

    internal IReadOnlyList<string> SortedTags =>
        [.. Tags.Select(tag => tag.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .DigestProblems("body_sha256", BodySha256)
            .Concat(
                Event == DatabaseEvent.Login && Tags.Count > 0
                    ? [new ClaimProblem("tags", "none: a login is no command", string.Join(", ", Tags))]
                    : []
            );
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="SessionsWithoutTriggers">The commands that made new sessions skip triggers that are not ENABLE ALWAYS.</param>
/// <param name="SessionsWithoutEventTriggers">Those that switched all event triggers off (PostgreSQL 17).</param>
public sealed record EventTriggerFact(
    string Event,
    string Enabled,
    IReadOnlyList<string> Tags,
    string Function,
    string Language,
    IReadOnlyList<string> Attributes,
    string Body,
    SearchPaths SearchPaths,
    IReadOnlyList<string> SessionsWithoutTriggers,
    IReadOnlyList<string> SessionsWithoutEventTriggers
) : ITriggerFunction;

public sealed partial class EventTriggerKind : InvariantKind<EventTriggerClaim, EventTriggerFact>
{
    public override string Key => "event_trigger";

    public override string Summary => "An event trigger fires on the claimed commands and calls the claimed function.";

    public override string WhyItMatters => "Without it the schema is changed unseen, or changed where it must not be.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is enabled in ordinary sessions, and neither server, database nor role makes new sessions skip it (session_replication_role, and event_triggers from PostgreSQL 17 on)",
            "it fires on exactly the claimed commands: one tag less lets that command through",
            "it calls that very function; `body_sha256` pins what the function does, which can be replaced under it; then nothing stands before a built-in function, operator or type that the body names without a schema, by a search_path of its own or one set for a database or role",
            TriggerFunction.Scope,
            "its function has no SET clause that makes it skip triggers (session_replication_role = replica) or its own assertions",
            "it belongs to this database alone; commands about databases, roles and tablespaces fire none, nor does single-user mode",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is EventTriggerClaim { Event: var at } && at == DatabaseEvent.Login,
            17,
            "Servers before PostgreSQL 17 have no event trigger on login."
        );

    public override bool ReadsBodies => true;

    public override JsonTypeInfo ClaimType => EventTriggerJson.Default.EventTriggerClaim;

    private protected override JsonTypeInfo<EventTriggerFact> FactType => EventTriggerJson.Default.EventTriggerFact;

    protected override EventTriggerClaim Qualify(EventTriggerClaim claim, string schema) =>
        claim with
        {
            Function = claim.Function.In(schema),
        };

    protected override Subject SubjectOf(EventTriggerClaim claim) => new(null, null, claim.Name);

    protected override Footing FootingOf(EventTriggerClaim claim, EventTriggerFact? fact) =>
        new() { Objects = [new FootingObject(FootingObject.EventTrigger, null, claim.Name)] };

    protected override void Judge(EventTriggerClaim claim, EventTriggerFact fact, Judgement judgement)
    {
        TriggerEnabled.Judge(claim.Enabled, fact.Enabled, fact.SessionsWithoutTriggers, judgement);
        judgement.RequireNone(
            "sessions_without_event_triggers",
            fact.SessionsWithoutEventTriggers,
            "New sessions of this server, database or role fire no event trigger at all."
        );
        judgement.Require("event", claim.Event.Text, fact.Event, "It fires on another event than claimed.");
        judgement.Require("tags", claim.SortedTags, fact.Tags, "It fires on other commands than claimed.");
        judgement.Require(
            "function",
            claim.Function.ToString(),
            fact.Function,
            "It calls another function than claimed."
        );
        TriggerFunction.JudgeBody(claim.BodySha256, fact, fact.SearchPaths, judgement);
        TriggerFunction.JudgeSettings("", fact, judgement);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(EventTriggerClaim))]
[JsonSerializable(typeof(EventTriggerFact))]
internal sealed partial class EventTriggerJson : JsonSerializerContext;
