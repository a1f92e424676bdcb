using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class DropConstraintRule : LintRule
{
    public override string Id => "drop-constraint";

    public override string Condition =>
        "A constraint that existed before the migration is dropped, no longer enforced, or made again with another meaning.";

    public override string Effect => "Rows that it refused are accepted from then on, and cannot be told apart later.";

    public override string SafeWay =>
        "Keep it until nothing relies on it. A constraint that is to mean something else is added under a new name NOT VALID, validated, and only then the old one is dropped, with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n >= 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            SELECT 1; ALTER TABLE t DROP CONSTRAINT n_chk;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n >= 0);
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t DROP CONSTRAINT n_chk, ADD CONSTRAINT n_chk CHECK (n >= 0) NOT VALID;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var (statement, dropped) in trial.Dropped("constraint"))
        {
            var successor = trial.Successor(statement, dropped);
            if (successor is null)
            {
                yield return Found(statement, dropped.Identity, $"{dropped.Title} is dropped: {Meaning(dropped)}.");
            }
            else if (Meaning(successor) != Meaning(dropped))
            {
                yield return Found(
                    statement,
                    dropped.Identity,
                    $"{dropped.Title} is made again with another meaning: {Meaning(dropped)} became {Meaning(successor)}."
                );
            }
        }

        foreach (var (statement, before, after) in trial.Altered("constraint"))
        {
            if (before.Flag("enforced") && !after.Flag("enforced"))
            {
                yield return Found(statement, before.Identity, $"{before.Title} is no longer enforced.");
            }
        }
    }

    private static string Meaning(SchemaObject constraint) =>
        (constraint.Text("definition") ?? "").Replace(" NOT VALID", "", StringComparison.Ordinal);
}
