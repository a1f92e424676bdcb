using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class TableRewriteRule : LintRule
{
    public override string Id => "table-rewrite";

    public override string Condition =>
        "A table that existed before the migration is written anew, with all its indexes.";

    public override string Effect =>
        "Nobody can read or write it until the migration commits, and it needs its own size on disk once more.";

    public override string SafeWay =>
        "For a default that is computed: add the column without it, set the default for new rows, and fill the old ones in batches. For another type: a new column.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN made timestamptz DEFAULT clock_timestamp();
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN made timestamptz DEFAULT now();
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from table in statement.After.Tables.Concat(
            statement.After.Objects.Where(entry => entry.Class == "materialized view")
        )
        where trial.IsExisting(table) && IsWrittenAnew(statement, table)
        select Found(statement, table.Identity, $"{table.Title} is rewritten.");

    /// <summary>CLUSTER, VACUUM FULL and REFRESH tell no event trigger: their table has another file afterwards.</summary>
    private static bool IsWrittenAnew(StatementTrial statement, SchemaObject table) =>
        statement.Rewritten.Contains(table.Key.Oid)
        || statement.Before.Find(table.Key) is { } before
            && before.Number("filenode") != table.Number("filenode")
            && !statement.Emptied.Contains(table.Key.Oid);
}
