using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class NotRepeatableRule : LintRule
{
    public override string Id => "not-repeatable";

    public override LintSeverity Severity => LintSeverity.Warning;

    public override string Condition => "A statement of a migration without transaction cannot be run twice.";

    public override string Effect =>
        "When the run is interrupted, the statements before stay done and the next run begins with the first: it is refused, or does things twice.";

    public override string SafeWay =>
        "IF NOT EXISTS, IF EXISTS, ON CONFLICT DO NOTHING; DROP … IF EXISTS and ADD in one ALTER TABLE; one such statement to a file.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            -- symphony:no_tx
            CREATE INDEX CONCURRENTLY t_a ON t (a);
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            -- symphony:no_tx
            CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        trial.Repetitions.Select(entry =>
            Found(entry.Statement, trial.Script.Version, $"It cannot be run twice: {entry.Problem}.")
        );
}
