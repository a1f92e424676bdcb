using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class RequiredColumnRule : LintRule
{
    public override string Id => "required-column";

    public override string Condition =>
        "A table that existed before the migration gets a column that a writer must send.";

    public override string Effect =>
        "The version that still runs does not send it, and is refused; on a table with rows the migration itself fails.";

    public override string SafeWay =>
        "Add the column with a constant default, or nullable; require it once every writer sends it.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN b text NOT NULL;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'none';
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.AddedToExisting("column")
        where entry.Table.Class == "table"
        let final = trial.Finally(entry.Trial, entry.Object)
        where final is not null && IsRequired(final)
        let since = trial.UnitOf(entry.Trial).First(later => later.After.Find(final.Key) is { } now && IsRequired(now))
        select Found(since, final.Identity, $"{final.Title} is new, NOT NULL, and has no default.");

    private static bool IsRequired(SchemaObject column) =>
        column.Text("not_null") == "true"
        && column.Text("default") is null
        && column.Text("identity") is null
        && column.Text("generated") is null;
}
