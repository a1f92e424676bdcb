using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class RuntimeDdlRule : LintRule
{
    public override string Id => "runtime-ddl";

    public override string Condition => "A role gets CREATE on a schema or on the database that it does not own.";

    public override string Effect =>
        "Whoever takes over the application can make tables and functions that stand in front of the real ones.";

    public override string SafeWay =>
        "Let one role own the schema and apply migrations; the application gets USAGE and privileges on tables.";

    public override LintExample Bad =>
        new(
            """
            CREATE ROLE app;
            """,
            """
            GRANT CREATE ON SCHEMA public TO app;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE ROLE app;
            """,
            """
            GRANT USAGE ON SCHEMA public TO app;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from entry in statement.After.Objects
        where entry.Class is "schema" or "database"
        from held in Grants.New(trial, statement, entry)
        where held.Privilege.StartsWith("CREATE", StringComparison.Ordinal)
        select Found(statement, entry.Identity, $"{held.Grantee} may create objects in {entry.Title} from here on.");
}
