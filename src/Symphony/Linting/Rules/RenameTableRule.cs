using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class RenameTableRule : LintRule
{
    public override string Id => "rename-table";

    public override string Condition =>
        "A table or view that existed before the migration gets another name or schema.";

    public override string Effect => "The version that still runs does not find it.";

    public override string SafeWay =>
        "Keep the name. Where it must change: rename it and make an updatable view with the old name in the same transaction, and drop the view later.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t RENAME TO u;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t RENAME TO t_stored;
            CREATE VIEW t AS SELECT * FROM t_stored;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("table", "foreign table", "view", "materialized view")
        where
            entry.Before.Name != entry.After.Name
            || entry.Before.Namespace != entry.After.Namespace && entry.After.Parent is null
        where
            trial
                .Committed(entry.Trial)
                .Objects.All(other =>
                    other.Class is not ("table" or "view" or "materialized view" or "foreign table")
                    || other.Identity != entry.Before.Identity
                )
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} is called {entry.After.Identity} from here on."
        );
}
