using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class NoLockTimeoutRule : LintRule
{
    public override string Id => "no-lock-timeout";

    public override LintSeverity Severity => LintSeverity.Warning;

    public override string Condition =>
        "A statement takes ACCESS EXCLUSIVE on a table that existed before the migration, and lock_timeout is not set.";

    public override string Effect =>
        "Behind one long query the statement waits, and everybody who comes later waits behind it: an outage as long as that query.";

    public override string SafeWay =>
        "SET LOCAL lock_timeout = '5s' (SET in a file without transaction) before the statement: the run fails instead, and is tried again. `symphony migrate` sets it by itself in a file that is one transaction; psql and other runners do not.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            ALTER TABLE t ADD COLUMN b text;
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
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        (
            from statement in trial.Statements
            where statement.LockTimeout == 0 && !statement.RanAlone
            from held in statement.NewLocks
            where held.IsAccessExclusive
            let table = trial.ExistingTable(held.Relation)
            where table is not null
            orderby statement.Statement.Offset, table.Identity
            select Found(statement, table.Identity, $"{table.Title} is locked, however long that has to be waited for.")
        ).Take(1);
}
