using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class RiskyTogetherRule : LintRule
{
    public override string Id => "risky-together";

    public override LintSeverity Severity => LintSeverity.Warning;

    public override string Condition =>
        "Two or more statements of one transaction each work through the rows of a table that existed before the migration.";

    public override string Effect =>
        "The locks of the first are held until the last is done, and a failure of the last undoes all of them.";

    public override string SafeWay => "One migration for each: what is done is committed, and a failure is small.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE TABLE u (id bigint PRIMARY KEY, v text);
            """,
            """
            UPDATE t SET a = 'x';
            DELETE FROM u;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE TABLE u (id bigint PRIMARY KEY, v text);
            """,
            """
            CREATE TABLE w (id bigint);
            CREATE INDEX w_id ON w (id);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from unit in trial.Statements.GroupBy(statement => statement.Unit)
        let risky = unit.Where(statement => IsRisky(trial, statement)).ToList()
        where risky.Count > 1
        select Found(
            risky[1],
            trial.WorkedThrough(risky[1]).First().Identity,
            $"{risky.Count} statements of this transaction work through rows: lines {string.Join(", ", risky.Select(statement => statement.Statement.Line))}."
        );

    /// <summary>Reading alone is not a risk.</summary>
    private static bool IsRisky(FileTrial trial, StatementTrial statement) =>
        trial.WorkedThrough(statement).Any()
        && (
            statement.Rewritten.Count > 0
            || statement.Work.Values.Any(work => work.Updated + work.Deleted > 0)
            || statement.Created.Any()
            || statement.Changed.Any()
        );
}
