using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropTableRule : LintRule
{
    public override string Id => "drop-table";

    public override string Condition => "A table that existed before the migration is dropped.";

    public override string Effect =>
        "The version that still runs reads and writes it and fails from then on; its rows are gone for good.";

    public override string SafeWay =>
        "First release a version that no longer uses the table, keep a copy of its rows, then drop it in a migration of its own with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            /* the old register */ DROP TABLE t;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE TABLE staging (id bigint);
            DROP TABLE staging;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Dropped("table", "foreign table")
        where trial.Successor(entry.Trial, entry.Object) is null
        select Found(entry.Trial, entry.Object.Identity, $"{entry.Object.Title} is dropped.");
}
