using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>In which sessions a trigger, or an event trigger, fires.</summary>
[JsonConverter(typeof(WordConverter<TriggerEnabled>))]
public sealed class TriggerEnabled : Word, IWordSet<TriggerEnabled>
{
    public static readonly TriggerEnabled Origin = new("origin");
    public static readonly TriggerEnabled Always = new("always");

    private TriggerEnabled(string text)
        : base(text) { }

    public static IReadOnlyList<TriggerEnabled> All { get; } = [Origin, Always];

    /// <summary>Requires that it fires in ordinary sessions, and in replication as claimed.</summary>
    /// <param name="claimed">Null where either will do.</param>
    /// <param name="found"><c>tgenabled</c> or <c>evtenabled</c>: O and A fire in an ordinary session, R and D do not.</param>
    /// <param name="sessionsWithoutTriggers">The commands that made new sessions skip triggers that are not ENABLE ALWAYS.</param>
    /// <param name="judgement">Takes the differences.</param>
    internal static void Judge(
        TriggerEnabled? claimed,
        string found,
        IReadOnlyList<string> sessionsWithoutTriggers,
        Judgement judgement
    )
    {
        judgement.RequireOneOf(
            "enabled",
            claimed is null ? ["O", "A"]
                : claimed == Origin ? ["O"]
                : ["A"],
            found,
            found is "O" or "A"
                ? "It fires in other sessions than claimed."
                : "It is disabled, or fires only in replication."
        );
        if (found == "O")
        {
            judgement.RequireNone(
                "sessions_without_triggers",
                sessionsWithoutTriggers,
                TriggerRelation.SessionsSkipTriggers
            );
        }
    }
}
