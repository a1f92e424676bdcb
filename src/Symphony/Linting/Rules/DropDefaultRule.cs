using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class DropDefaultRule : LintRule
{
    public override string Id => "drop-default";

    public override string Condition => "A column that existed before the migration loses its default.";

    public override string Effect => "Writers that relied on it are refused, or write NULL.";

    public override string SafeWay =>
        "Release writers that send the value themselves first, then drop the default with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ALTER n DROP DEFAULT;
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
        where HasValue(entry.Before) && !HasValue(entry.After)
        where trial.Finally(entry.Trial, entry.After) is { } final && !HasValue(final)
        select Found(
            entry.Trial,
            entry.Before.Identity,
            $"{entry.Before.Title} has no default any more: it was {entry.Before.Text("default") ?? entry.Before.Text("identity") ?? "generated"}."
        );

    private static bool HasValue(SchemaObject column) =>
        column.Text("default") is not null
        || column.Text("identity") is not null
        || column.Text("generated") is not null;
}
