using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Trigger;

[JsonConverter(typeof(WordConverter<TriggerTiming>))]
public sealed class TriggerTiming : Word, IWordSet<TriggerTiming>
{
    public static readonly TriggerTiming Before = new("before");
    public static readonly TriggerTiming After = new("after");
    public static readonly TriggerTiming InsteadOf = new("instead_of");

    private TriggerTiming(string text)
        : base(text) { }

    public static IReadOnlyList<TriggerTiming> All { get; } = [Before, After, InsteadOf];
}

[JsonConverter(typeof(WordConverter<TriggerEvent>))]
public sealed class TriggerEvent : Word, IWordSet<TriggerEvent>
{
    public static readonly TriggerEvent Insert = new("insert");
    public static readonly TriggerEvent Update = new("update");
    public static readonly TriggerEvent Delete = new("delete");
    public static readonly TriggerEvent Truncate = new("truncate");

    private TriggerEvent(string text)
        : base(text) { }

    public static IReadOnlyList<TriggerEvent> All { get; } = [Insert, Update, Delete, Truncate];
}

[JsonConverter(typeof(WordConverter<TriggerLevel>))]
public sealed class TriggerLevel : Word, IWordSet<TriggerLevel>
{
    public static readonly TriggerLevel Row = new("row");
    public static readonly TriggerLevel Statement = new("statement");

    private TriggerLevel(string text)
        : base(text) { }

    public static IReadOnlyList<TriggerLevel> All { get; } = [Row, Statement];
}

[Description("A trigger fires on these events and calls this function")]
public sealed record TriggerClaim : TableClaim
{
    [Description("The trigger's name")]
    public required string Name { get; init; }

    [Description("When it fires")]
    public required TriggerTiming Timing { get; init; }

    [Description("The statements it fires on")]
    public required IReadOnlyList<TriggerEvent> Events { get; init; }

    [Description("Once for each row or once for the statement")]
    public required TriggerLevel Level { get; init; }

    [Description("The columns of UPDATE OF; without them every update fires it")]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Description("The WHEN condition, in SQL, over NEW and OLD; without it the trigger must have none")]
    public string? When { get; init; }

    [Description("The function it calls")]
    public required ObjectName Function { get; init; }

    [Description("The arguments given to the function")]
    public IReadOnlyList<string> Arguments { get; set; } = [];

    [Description("The name by which its function reads the rows as they were: REFERENCING OLD TABLE AS")]
    public string? OldTable { get; init; }

    [Description("The name by which its function reads the rows as they become: REFERENCING NEW TABLE AS")]
    public string? NewTable { get; init; }

    [Description(
        "Whether it is a constraint trigger that a transaction may put off until its end (CREATE CONSTRAINT TRIGGER … DEFERRABLE)"
    )]
    public bool Deferrable { get; init; }

    [Description(
        "Of a deferrable one: true: put off unless the transaction says otherwise; false: not. Without it either will do"
    )]
    public bool? InitiallyDeferred { get; init; }

    [Description("origin: fires in ordinary sessions; always: in replication too. Without it either will do")]
    public TriggerEnabled? Enabled { get; init; }

    [Description(
        "The digest of the reviewed function: of its body's tokens (comments and white space do not count) and of what else it is, such as SECURITY DEFINER"
    )]
    public string? BodySha256 { get; init; }

    [Description(
        "Functions that are not built in and that the WHEN may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .EmptyList(
                "events",
                [.. Events.Select(change => change.Text)],
                "at least one of insert, update, delete, truncate"
            )
            .Concat(Claims.ExpressionProblems("when", When))
            .Concat(Claims.DigestProblems("body_sha256", BodySha256))
            .Concat(DeferralProblems());

    /// <remarks>PostgreSQL manual, CREATE TRIGGER: "constraint triggers must be AFTER ROW triggers".</remarks>
    private IEnumerable<ClaimProblem> DeferralProblems()
    {
        if (InitiallyDeferred is not null && !Deferrable)
        {
            yield return new("initially_deferred", "only beside `deferrable: true`", "no such key");
        }

        if (Deferrable && (Timing != TriggerTiming.After || Level != TriggerLevel.Row))
        {
            yield return new(
                "deferrable",
                "false, for a trigger that is not `timing: after` and `level: row` runs at once",
                "true"
            );
        }
    }
}
