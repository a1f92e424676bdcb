using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class NarrowTypeRule : LintRule
{
    public override string Id => "narrow-type";

    public override string Condition =>
        "A column that existed before the migration gets a type that holds fewer values.";

    public override string Effect =>
        "The migration fails on the first row that does not fit, or cuts it; the version that still runs is refused when it writes such a value.";

    public override string SafeWay =>
        "Add a CHECK that states the narrower range NOT VALID, validate it in a later migration, and leave the type as it is.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD COLUMN code varchar(20);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN code TYPE varchar(10);
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
            ALTER TABLE t ADD CONSTRAINT code_chk CHECK (length(code) <= 10) NOT VALID;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("column")
        where TypeChange.Between(entry.Before.Text("type")!, entry.After.Text("type")!) == TypeChange.Narrower
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} was {entry.Before.Text("type")} and is {entry.After.Text("type")}, which holds less."
        );
}
