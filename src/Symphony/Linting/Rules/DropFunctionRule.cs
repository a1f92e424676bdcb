using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropFunctionRule : LintRule
{
    public override string Id => "drop-function";

    public override string Condition =>
        "A function that existed before the migration is dropped, or gets another signature.";

    public override string Effect => "The version that still runs calls it and fails from then on.";

    public override string SafeWay =>
        "Add the new signature beside the old one, release a version that calls it, and drop the old one later with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT $1 $$;
            """,
            """
            DROP FUNCTION f(integer);
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT $1 $$;
            """,
            """
            CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT $1 + 1 $$;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Dropped("function")
        where trial.Successor(entry.Trial, entry.Object) is null
        select Found(entry.Trial, entry.Object.Identity, $"{entry.Object.Title} is dropped.");
}
