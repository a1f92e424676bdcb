using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds.ForeignKey;

/// <summary>
/// A BEFORE ROW trigger of a referencing table that fires when an action deletes or changes a row there. Where it drops
/// the row, or puts back what the row was, the action is not done, nothing is said, and the row references what is gone
/// (PostgreSQL manual, "Overview of Trigger Behavior").
/// </summary>
/// <param name="Trigger">Relation and trigger, as SQL.</param>
/// <param name="IsDelete">It fires on DELETE: the action is CASCADE.</param>
/// <param name="Language">The language of its function.</param>
public sealed record ForeignKeyTrigger(string Trigger, bool IsDelete, string Language, string Body)
{
    /// <param name="columns">The referencing ones.</param>
    /// <param name="judgement">Remembers what was read.</param>
    internal bool CanUndo(IReadOnlyList<string> columns, Judgement judgement) =>
        Language == "plpgsql"
        && judgement.Remember(
            (Body, IsDelete, Columns: string.Join(',', columns.Select(SqlText.QuoteName)), "undoes"),
            key =>
                DroppingBody.CanDrop(key.Body, key.IsDelete) ? new BodyReading.Refuted("returns NULL")
                : !key.IsDelete && RestoringBody.CanRestore(key.Body, columns)
                    ? new BodyReading.Refuted("keeps what the row was")
                : new BodyReading.Keeps()
        ) is BodyReading.Refuted;
}
