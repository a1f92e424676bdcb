using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropColumnRule : LintRule
{
    public override string Id => "drop-column";

    public override string Condition => "A column of a table that existed before the migration is dropped.";

    public override string Effect =>
        "The version that still runs names it in its statements and fails from then on; its values are gone for good.";

    public override string SafeWay =>
        "First release a version that no longer names the column, then drop it in a migration of its own with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            DO $$ BEGIN EXECUTE 'alter table t drop column a'; END $$;
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
            ALTER TABLE t DROP COLUMN b;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Dropped("column")
        select Found(entry.Trial, entry.Object.Identity, $"{entry.Object.Title} is dropped.");
}
