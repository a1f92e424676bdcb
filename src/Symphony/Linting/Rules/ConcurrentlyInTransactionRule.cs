using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class ConcurrentlyInTransactionRule : LintRule
{
    public override string Id => "concurrently-in-transaction";

    public override string Condition =>
        "A statement that cannot run in a transaction stands in a migration that is one.";

    public override string Effect => "The server refuses it, and with it the whole migration.";

    public override string SafeWay => "Move it to a migration of its own with -- symphony:no_tx on a line of its own.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);
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

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        if (trial.OutsideTransaction is var (statement, message))
        {
            yield return Found(statement, trial.Script.Version, $"The server refuses it in a transaction: {message}.");
        }
    }
}
