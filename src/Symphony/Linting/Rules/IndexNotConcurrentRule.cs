using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class IndexNotConcurrentRule : LintRule
{
    public override string Id => "index-not-concurrent";

    public override string Condition =>
        "An index on a table that existed before the migration is built, or rebuilt, without CONCURRENTLY.";

    public override string Effect =>
        "Writers wait until it is built and the migration commits; for a constraint and a rebuild, readers as well.";

    public override string SafeWay =>
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS in a migration with -- symphony:no_tx; a constraint then takes it with ADD CONSTRAINT … USING INDEX.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            CREATE INDEX t_a ON t (a);
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            -- symphony:no_tx
            CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var (statement, index, table) in trial.AddedToExisting("index"))
        {
            // Made for a partitioned table ONLY, it is empty and invalid: its partitions' indexes are attached later.
            if (!statement.RanAlone && index.Flag("valid"))
            {
                yield return Found(
                    statement,
                    index.Identity,
                    $"{index.Title} is built while writers of {table.Identity} wait."
                );
            }
        }

        foreach (var statement in trial.Statements.Where(statement => !statement.RanAlone))
        {
            foreach (var (before, after) in Rebuilt(trial, statement))
            {
                yield return Found(statement, before.Identity, $"{after.Title} is rebuilt while its table is locked.");
            }
        }
    }

    private static IEnumerable<(SchemaObject Before, SchemaObject After)> Rebuilt(
        FileTrial trial,
        StatementTrial statement
    ) =>
        from after in statement.After.Objects
        where after.Class == "index" && trial.IsExisting(after)
        let before = statement.Before.Find(after.Key)
        where before is not null && before.Number("filenode") != after.Number("filenode")
        let table = after.Parent!.Value
        where
            statement.Before.Relation(table)?.Number("filenode") == statement.After.Relation(table)?.Number("filenode")
        select (before, after);
}
