using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class ValidateTogetherRule : LintRule
{
    public override string Id => "validate-together";

    public override string Condition => "A constraint is added NOT VALID and validated in the same transaction.";

    public override string Effect =>
        "The lock that adding it took is held while every row is read: NOT VALID has won nothing.";

    public override string SafeWay => "Put VALIDATE CONSTRAINT into a later migration.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n >= 0) NOT VALID;
            ALTER TABLE t VALIDATE CONSTRAINT n_chk;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD CONSTRAINT m_chk CHECK (n >= 0) NOT VALID;
            """,
            """
            ALTER TABLE t VALIDATE CONSTRAINT m_chk;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.AddedToExisting("constraint")
        where !entry.Object.Flag("validated")
        from later in trial.UnitOf(entry.Trial)
        from pair in later.Changed
        where pair.After.Key == entry.Object.Key && !pair.Before.Flag("validated") && pair.After.Flag("validated")
        select Found(
            later,
            entry.Object.Identity,
            $"{entry.Object.Title} is validated in the transaction that added it (line {entry.Trial.Statement.Line})."
        );
}
