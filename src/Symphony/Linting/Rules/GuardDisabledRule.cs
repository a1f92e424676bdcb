using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class GuardDisabledRule : LintRule
{
    public override string Id => "guard-disabled";

    public override string Condition =>
        "A trigger or row security is switched off, or a rewrite rule is added, on a table that existed before the migration.";

    public override string Effect =>
        "What it refused or hid is accepted and shown from then on, while its name still stands in the catalog.";

    public override string SafeWay =>
        "Leave it on. Where rows must be changed past it, do that in a session of its own, reviewed, outside migrations.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
            """
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE t DISABLE TRIGGER ALL;
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
            ALTER TABLE t DISABLE TRIGGER guard;
            ALTER TABLE t ENABLE TRIGGER guard;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var (statement, before, after) in trial.Altered("trigger"))
        {
            if (Fires(before) && !Fires(after) && trial.Finally(statement, after) is { } final && !Fires(final))
            {
                yield return Found(statement, before.Identity, $"{before.Title} does not fire any more.");
            }
        }

        foreach (var (statement, rule, table) in trial.AddedToExisting("rule"))
        {
            yield return Found(
                statement,
                rule.Identity,
                $"{rule.Title} rewrites what is sent to {table.Identity} before any trigger or constraint sees it."
            );
        }

        foreach (var (statement, before, after) in trial.Altered("table"))
        {
            if (
                Level(after) < Level(before)
                && trial.Finally(statement, after) is { } final
                && Level(final) < Level(before)
            )
            {
                yield return Found(
                    statement,
                    before.Identity,
                    $"Row security of {before.Identity} is weaker from here on."
                );
            }
        }
    }

    private static bool Fires(SchemaObject trigger) => trigger.Word("enabled") is "O" or "A";

    private static int Level(SchemaObject table) =>
        table.Text("row_security") switch
        {
            "forced" => 2,
            "enabled" => 1,
            _ => 0,
        };
}
