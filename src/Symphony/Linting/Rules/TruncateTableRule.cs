using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class TruncateTableRule : LintRule
{
    public override string Id => "truncate-table";

    public override string Condition => "A table that existed before the migration is emptied by TRUNCATE.";

    public override string Effect =>
        "Its rows are gone for good, without a trigger having seen them go; readers wait until the migration commits.";

    public override string SafeWay =>
        "Delete what must go in batches outside migrations; where all of it is meant to go, say so in a waiver.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            TRUNCATE t;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE TABLE staging (id bigint);
            INSERT INTO staging VALUES (1);
            TRUNCATE staging;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from oid in statement.Emptied
        let table = trial.ExistingTable(oid)
        where table is not null
        orderby statement.Statement.Offset, table.Identity
        select Found(statement, table.Identity, $"Every row of {table.Identity} is removed.");
}
