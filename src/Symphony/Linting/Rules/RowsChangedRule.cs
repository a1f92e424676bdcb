using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class RowsChangedRule : LintRule
{
    public override string Id => "rows-changed";

    public override LintSeverity Severity => LintSeverity.Warning;

    public override string Condition =>
        "Rows of a table that existed before the migration are rewritten, deleted, or copied.";

    public override string Effect =>
        "All of them are locked, and written twice, until the migration commits; with real numbers of rows that takes minutes, and replicas fall behind.";

    public override string SafeWay =>
        "Fill rows in batches outside migrations, or let writers fill new rows and leave the old ones as they are.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            UPDATE t SET a = 'x' WHERE a IS NULL;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE TABLE currency (code text PRIMARY KEY);
            INSERT INTO currency VALUES ('EUR'), ('USD');
            UPDATE currency SET code = lower(code);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var statement in trial.Statements)
        {
            foreach (var table in trial.Start.Tables)
            {
                var work = statement.WorkOn(table.Key.Oid);
                if (work.Updated > 0 || work.Deleted > 0)
                {
                    yield return Found(
                        statement,
                        table.Identity,
                        $"Rows of {table.Identity} are {(work.Updated > 0 ? "updated" : "deleted")}."
                    );
                }
                else if (MetNone(statement, table, work))
                {
                    yield return Found(
                        statement,
                        table.Identity,
                        $"Rows of {table.Identity} are updated or deleted where they meet a condition."
                    );
                }
                else if (work.Scans > 0 && CopiesTo(statement, table) is { } copied)
                {
                    yield return Found(statement, table.Identity, $"Rows of {table.Identity} are copied to {copied}.");
                }
            }
        }
    }

    /// <summary>It took a writer's lock, looked for rows and found none: on real rows it may.</summary>
    private static bool MetNone(StatementTrial statement, SchemaObject table, TableWork work) =>
        work.Inserted == 0
        && work.Scans + work.Lookups > 0
        && statement.LocksAfter.Any(held => held.Relation == table.Key.Oid && held.IsOfWriter)
        && !statement.Created.Any()
        && !statement.Changed.Any();

    /// <summary>As many rows as the trial had put into a table, or more: a seed is written row by row.</summary>
    private static string? CopiesTo(StatementTrial statement, SchemaObject from) =>
        statement
            .Work.Where(entry => entry.Key != from.Key.Oid && entry.Value.Inserted >= RowsOfTable)
            .Select(entry => statement.After.Relation(entry.Key)?.Identity)
            .FirstOrDefault();

    private const int RowsOfTable = 3;
}
