using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class OldWriterRefusedRule : LintRule
{
    public override string Id => "old-writer-refused";

    public override string Condition =>
        "A write that the version before the migration makes, and that was accepted, is refused after it, whatever values it sends.";

    public override string Effect =>
        "While the new version is rolled out the old one still writes, and its requests fail.";

    public override string SafeWay =>
        "Expand first: what is new is nullable or has a default, and is required only once every writer sends it. A refusal that is meant is waived with its reason.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN kind text;
            ALTER TABLE t ADD CONSTRAINT kind_known CHECK (kind IS NOT NULL) NOT VALID;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN kind text DEFAULT 'x';
            ALTER TABLE t ADD CONSTRAINT kind_known CHECK (kind IN ('x', 'y')) NOT VALID;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from writer in trial.RefusedWriters
        where trial.End.Objects.Any(entry => entry.Identity == writer.Table && entry.Class is "table" or "view")
        where !IsToldByAnotherRule(trial, writer)
        select Found(
            writer.Statement,
            writer.Table,
            $"{string.Join(" and ", writer.Writes)} on {writer.Table} of the version before is refused: {writer.Refusal}."
        );

    /// <summary>That a column is gone or has another name is found as such.</summary>
    private static bool IsToldByAnotherRule(FileTrial trial, RefusedWriter writer) =>
        trial
            .Dropped("column")
            .Select(entry => (entry.Trial, entry.Object))
            .Concat(
                trial
                    .Altered("column")
                    .Where(entry => entry.Before.Name != entry.After.Name)
                    .Select(entry => (entry.Trial, Object: entry.Before))
            )
            .Any(entry =>
                entry.Trial.Statement == writer.Statement && entry.Trial.RelationOf(entry.Object) == writer.Table
            );
}
