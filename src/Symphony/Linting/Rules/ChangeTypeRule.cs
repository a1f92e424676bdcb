using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class ChangeTypeRule : LintRule
{
    public override string Id => "change-type";

    public override string Condition =>
        "A column that existed before the migration gets another type, one that is not simply wider.";

    public override string Effect =>
        "The version that still runs sends and expects values of the old type; most changes rewrite the table and its indexes while nobody can read it.";

    public override string SafeWay =>
        "Add a column of the new type, write both, fill the old rows in batches, move the readers, and drop the old column later.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD COLUMN code varchar(20);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN a TYPE jsonb USING NULL;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD COLUMN code varchar(20);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN code TYPE varchar(40);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("column")
        let change = TypeChange.Between(entry.Before.Text("type")!, entry.After.Text("type")!)
        where
            change == TypeChange.Other
            || change == TypeChange.Wider && entry.Trial.Rewritten.Contains(entry.After.Key.Oid)
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} was {entry.Before.Text("type")} and is {entry.After.Text("type")}."
        );
}
