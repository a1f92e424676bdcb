using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropNotNullRule : LintRule
{
    public override string Id => "drop-not-null";

    public override LintSeverity Severity => LintSeverity.Warning;

    public override string Condition => "A column that existed before the migration no longer refuses NULL.";

    public override string Effect => "NULLs are written from then on, and readers that never met one do.";

    public override string SafeWay =>
        "Release readers that understand NULL first, then drop it with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN n DROP NOT NULL;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER COLUMN n SET DEFAULT 1;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Altered("column")
        where entry.Before.Text("not_null") == "true"
        where trial.Finally(entry.Trial, entry.After) is { } final && final.Text("not_null") is null
        where entry.After.Text("not_null") is null
        select Found(entry.Trial, entry.Before.Identity, $"{entry.Before.Title} accepts NULL from here on.");
}
