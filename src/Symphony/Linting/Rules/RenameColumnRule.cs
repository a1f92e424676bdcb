using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class RenameColumnRule : LintRule
{
    public override string Id => "rename-column";

    public override string Condition => "A column that existed before the migration gets another name.";

    public override string Effect => "The version that still runs names it in its statements and fails from then on.";

    public override string SafeWay =>
        "Add a column with the new name, write both, move the readers, and drop the old one in a later migration.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            alter table t rename a to b;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN b text;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("column")
        where
            entry.Before.Name != entry.After.Name
            || entry.Before.Namespace != entry.After.Namespace && entry.After.Parent is null
        where trial.Successor(entry.Trial, entry.Before) is null
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} is called {entry.After.Identity} from here on."
        );
}
