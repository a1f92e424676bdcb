using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class ConstraintAtOnceRule : LintRule
{
    public override string Id => "constraint-not-valid";

    public override string Condition =>
        "A CHECK or foreign key is added to a table that existed before the migration without NOT VALID.";

    public override string Effect =>
        "Writers wait while every row is read; the migration fails on the first old row that does not fit.";

    public override string SafeWay =>
        "ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later migration: that reads the rows and keeps nobody out.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n >= 0);
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n >= 0) NOT VALID;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.AddedToExisting("constraint")
        where entry.Object.Word("type") is "c" or "f" && entry.Object.Flag("validated")
        // Given together with its column, the server knows without looking that it holds.
        where entry.Trial.WorkOn(entry.Table.Key.Oid).Scans > 0
        select Found(
            entry.Trial,
            entry.Object.Identity,
            $"{entry.Object.Title} is added without NOT VALID: every row of {entry.Table.Identity} is read for it."
        );
}
