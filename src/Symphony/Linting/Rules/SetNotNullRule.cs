using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class SetNotNullRule : LintRule
{
    public override string Id => "set-not-null";

    public override string Condition =>
        "A column that existed before the migration becomes NOT NULL, and every row is read to know that it can.";

    public override string Effect =>
        "Nobody can read or write the table while its rows are read; the version that still runs may write NULL and is refused.";

    public override string SafeWay =>
        "Add CHECK (column IS NOT NULL) NOT VALID, VALIDATE it in a later migration, then SET NOT NULL: the server takes the constraint for proof and reads no row.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN a SET NOT NULL;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD COLUMN b text DEFAULT 'b', ADD CONSTRAINT b_chk CHECK (b IS NOT NULL);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN b SET NOT NULL;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("column")
        where entry.Before.Text("not_null") is null && entry.After.Text("not_null") == "true"
        where entry.Trial.WorkOn(entry.After.Key.Oid).Scans > 0 || entry.Trial.Rewritten.Contains(entry.After.Key.Oid)
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} becomes NOT NULL, and every row of the table is read for it."
        );
}
