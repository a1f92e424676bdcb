using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropObjectRule : LintRule
{
    public override string Id => "drop-object";

    public override string Condition =>
        "A view, type, schema, policy, sequence or another object that existed before the migration is dropped.";

    public override string Effect =>
        "Whoever still names it fails from then on; a dropped policy or rule changes what is visible or written.";

    public override string SafeWay =>
        "Release a version that no longer uses it, then drop it in a migration of its own with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE VIEW v AS SELECT id FROM t;
            """,
            """
            DROP VIEW v;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE VIEW v AS SELECT id FROM t;
            """,
            """
            CREATE OR REPLACE VIEW v AS SELECT id, a FROM t;
            """
        );

    private static readonly string[] OtherClasses =
    [
        "view",
        "materialized view",
        "sequence",
        "type",
        "domain",
        "schema",
        "policy",
        "rule",
        "extension",
        "event trigger",
    ];

    /// <summary>What the image of a schema holds, by the event triggers' names, and what goes with one of those.</summary>
    private static readonly string[] Imaged =
    [
        .. OtherClasses,
        "table",
        "foreign table",
        "table column",
        "foreign table column",
        "composite type",
        "table constraint",
        "domain constraint",
        "default value",
        "index",
        "trigger",
        "function",
        "procedure",
        "aggregate",
        "toast table",
        "column",
        "default acl",
        "role",
    ];

    public override IEnumerable<Finding> Judge(FileTrial trial)
    {
        foreach (var (statement, dropped) in trial.Dropped(OtherClasses))
        {
            if (trial.Successor(statement, dropped) is null)
            {
                yield return Found(statement, dropped.Identity, $"{dropped.Title} is dropped.");
            }
        }

        var own = new HashSet<uint>();
        foreach (var statement in trial.Statements)
        {
            foreach (var told in statement.Events.Where(told => !Imaged.Contains(told.Class)))
            {
                if (told.Kind == "create")
                {
                    own.Add(told.Oid);
                }
                else if (told.Kind == "drop" && !own.Contains(told.Oid))
                {
                    yield return Found(statement, told.Identity, $"{told.Class} {told.Identity} is dropped.");
                }
            }
        }
    }
}
