using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class RenameObjectRule : LintRule
{
    public override string Id => "rename-object";

    public override string Condition =>
        "A constraint, index, trigger, function, type or another object that existed before the migration gets another name.";

    public override string Effect =>
        "Whoever calls it, tells its errors apart, or checks it by its name does not find it.";

    public override string SafeWay =>
        "Keep the name, or make the new one beside the old one and drop the old one later.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE INDEX t_a ON t (a);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER INDEX t_a RENAME TO t_a_idx;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE INDEX t_a ON t (a);
            """,
            """
            -- symphony:no_tx
            CREATE INDEX CONCURRENTLY IF NOT EXISTS t_n ON t (n);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered(
            "constraint",
            "index",
            "trigger",
            "function",
            "type",
            "domain",
            "schema",
            "sequence",
            "policy"
        )
        where
            entry.Before.Name != entry.After.Name
            || entry.Before.Namespace != entry.After.Namespace && entry.After.Parent is null
        where trial.Successor(entry.Trial, entry.Before) is null
        where entry.After.Class != "index" || entry.After.Number("constraint") is null
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} is called {entry.After.Identity} from here on."
        );
}
