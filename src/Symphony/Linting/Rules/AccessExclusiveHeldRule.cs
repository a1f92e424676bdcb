using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class AccessExclusiveHeldRule : LintRule
{
    public override string Id => "access-exclusive-held";

    public override string Condition =>
        "A table that existed before the migration is locked against everybody while the same transaction works through rows.";

    public override string Effect =>
        "ACCESS EXCLUSIVE is held until the transaction ends: every reader and writer of that table waits for the work.";

    public override string SafeWay =>
        "Put the work into a migration of its own, so that the statement that takes the lock is committed at once.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE TABLE u (id bigint PRIMARY KEY, v text);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN b text;
            UPDATE u SET v = 'x';
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE TABLE u (id bigint PRIMARY KEY, v text);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t ADD COLUMN b text;
            ALTER TABLE u ADD COLUMN w text;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var statement in trial.Statements)
        {
            var worked = trial.WorkedThrough(statement).ToList();
            if (worked.Count == 0)
            {
                continue;
            }

            var held = Locked(trial, statement.LocksBefore);
            if (held.Count > 0)
            {
                yield return Found(
                    statement,
                    held[0].Identity,
                    $"{Names(held)}: locked against readers and writers since line {Since(trial, statement, held[0])}, while this reads or writes rows of {Names(worked)}."
                );
            }
            else if (Locked(trial, statement.LocksAfter) is [var own, ..] && !IsToldByAnotherRule(trial, statement))
            {
                yield return Found(
                    statement,
                    own.Identity,
                    $"{own.Title} is locked against readers and writers while rows of {Names(worked)} are read."
                );
            }
        }
    }

    private static List<SchemaObject> Locked(FileTrial trial, IReadOnlySet<RelationLock> locks) =>
        [
            .. locks
                .Where(held => held.IsAccessExclusive)
                .Select(held => trial.ExistingTable(held.Relation))
                .OfType<SchemaObject>()
                .OrderBy(table => table.Identity, StringComparer.Ordinal),
        ];

    private static int Since(FileTrial trial, StatementTrial statement, SchemaObject table) =>
        trial
            .UnitOf(statement)
            .First(earlier => earlier.LocksAfter.Any(held => held.Relation == table.Key.Oid && held.IsAccessExclusive))
            .Statement.Line;

    /// <summary>A rewrite, a NOT NULL, a constraint and an index have rules that say what to do.</summary>
    private static bool IsToldByAnotherRule(FileTrial trial, StatementTrial statement) =>
        statement.Rewritten.Count > 0
        || statement.Emptied.Count > 0
        || statement.Created.Any(entry => entry.Class is "index" or "constraint")
        || statement.Changed.Any(pair =>
            pair.Before.Text("not_null") != pair.After.Text("not_null") && trial.IsExisting(pair.After)
        )
        || statement.Changed.Any(pair => pair.Before.Flag("validated") != pair.After.Flag("validated"));

    private static string Names(List<SchemaObject> tables) => string.Join(", ", tables.Select(table => table.Identity));
}
