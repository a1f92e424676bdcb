using System.Text.Json.Serialization;

namespace Symphony.Kinds;

/// <summary>A table, or one of its partitions and children, with the BEFORE triggers that matter to a claim.</summary>
/// <param name="Relation">Schema and name, as SQL.</param>
/// <param name="Kind"><c>pg_class.relkind</c>.</param>
/// <param name="TriggersOn"><c>pg_class.relhastriggers</c>: without it the server fires none.</param>
/// <param name="Rules">The rewrite rules that replace or add to the writes the claim is about.</param>
/// <param name="Above">It is not below the table: the table, or something below it, inherits from it or is a partition of it.</param>
/// <param name="Fields">Its columns, where a trigger's function speaks of OLD or NEW.</param>
/// <param name="Triggers">In the order of their names, which is the order in which they fire.</param>
public sealed record TriggerRelation(
    string Relation,
    string Kind,
    bool TriggersOn,
    IReadOnlyList<string> Rules,
    IReadOnlyList<TriggerState> Triggers,
    bool Above = false,
    IReadOnlyDictionary<string, RowFieldState>? Fields = null
)
{
    public const string SessionsSkipTriggers =
        "New sessions of this server, database or role skip every trigger that is not ENABLE ALWAYS.";

    /// <summary>Requires that no session skips the triggers, where one of them would be skipped.</summary>
    public static void RequireFiringSessions(
        IReadOnlyList<TriggerRelation> tree,
        IReadOnlyList<string> sessionsWithoutTriggers,
        Judgement judgement
    )
    {
        if (tree.Any(relation => relation.Triggers.Any(trigger => trigger.Enabled == "O")))
        {
            judgement.RequireNone("sessions_without_triggers", sessionsWithoutTriggers, SessionsSkipTriggers);
        }
    }
}

/// <param name="Joins">A text can be joined to it, and a constant beside it is read as a text.</param>
/// <param name="Given">It is not NULL in a row that is stored.</param>
public sealed record RowFieldState(bool Joins, bool Given);

/// <param name="Enabled"><c>pg_trigger.tgenabled</c>: O and A fire in an ordinary session, R and D do not.</param>
/// <param name="Cloned">A partition's, that came with the trigger of what it is a partition of and goes with it.</param>
/// <param name="Row">FOR EACH ROW; else FOR EACH STATEMENT.</param>
/// <param name="Update">Fires on UPDATE; likewise the others.</param>
/// <param name="When">It has a WHEN condition.</param>
/// <param name="Columns">It fires only on UPDATE OF some columns.</param>
public sealed record TriggerState(
    string Name,
    string Enabled,
    bool Row,
    bool When,
    bool Columns,
    string Function,
    string Language,
    IReadOnlyList<string> Attributes,
    string Body,
    bool Update = false,
    bool Delete = false,
    bool Truncate = false,
    bool Cloned = false
) : ITriggerFunction
{
    [JsonIgnore]
    public bool FiresInOrdinarySessions => Enabled is "O" or "A";
}
