using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class DropTriggerRule : LintRule
{
    public override string Id => "drop-trigger";

    public override string Condition =>
        "A trigger that existed before the migration is dropped, or made again so that it fires less often.";

    public override string Effect =>
        "What it filled in or refused is no longer filled in or refused; rows that are written meanwhile stay as they are.";

    public override string SafeWay =>
        "Replace the function and keep the trigger; CREATE OR REPLACE TRIGGER (14 and later) leaves no gap. Where the guard is meant to go, say so in a waiver.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
            """
            SET LOCAL lock_timeout = '2s';
            drop trigger guard on t;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
            """
            SET LOCAL lock_timeout = '2s';
            DROP TRIGGER guard ON t;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var (statement, dropped) in trial.Dropped("trigger"))
        {
            var successor = trial.Successor(statement, dropped);
            if (successor is null)
            {
                yield return Found(statement, dropped.Identity, $"{dropped.Title} is dropped.");
            }
            else if (FiresLess(dropped, successor))
            {
                yield return Found(
                    statement,
                    dropped.Identity,
                    $"{dropped.Title} is made again and fires less often: {successor.Text("definition")}."
                );
            }
        }

        foreach (var (statement, before, after) in trial.Altered("trigger"))
        {
            if (FiresLess(before, after))
            {
                yield return Found(
                    statement,
                    before.Identity,
                    $"{before.Title} is replaced and fires less often: {after.Text("definition")}."
                );
            }
        }
    }

    /// <summary>Fewer events, another timing or level (bits of tgtype), a new WHEN, or only some columns.</summary>
    private static bool FiresLess(SchemaObject before, SchemaObject after)
    {
        var (old, now) = (before.Number("events") ?? 0, after.Number("events") ?? 0);
        const long events = 4 | 8 | 16 | 32;
        return (old & events & ~now) != 0
            || (old & ~events) != (now & ~events)
            || !before.Flag("condition") && after.Flag("condition")
            || !before.Flag("of") && after.Flag("of");
    }
}
