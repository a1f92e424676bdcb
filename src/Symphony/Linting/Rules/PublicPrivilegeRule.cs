using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class PublicPrivilegeRule : LintRule
{
    public override string Id => "public-privilege";

    public override string Condition => "PUBLIC gets a privilege that it did not have.";

    public override string Effect =>
        "Every role has it from then on, also those that are made later and those of other applications.";

    public override string SafeWay => "Grant it to the roles that need it.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE ROLE app;
            """,
            """
            GRANT SELECT ON t TO public;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE ROLE app;
            """,
            """
            GRANT SELECT ON t TO app;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from entry in statement.After.Objects
        from held in Grants.New(trial, statement, entry)
        where held.Grantee == "PUBLIC" && !IsBuiltIn(statement, entry, held.Privilege)
        select Found(statement, entry.Identity, $"PUBLIC has {held.Privilege} on {entry.Title} from here on.");

    /// <summary>What the server itself gives to PUBLIC on every new function and type (PostgreSQL manual, "Privileges").</summary>
    private static bool IsBuiltIn(StatementTrial statement, SchemaObject entry, string privilege) =>
        !statement.Before.Has(entry.Key)
        && (entry.Class, privilege)
            is
                ("function", "EXECUTE")
                or
                ("type" or "domain", "USAGE")
                or
                ("default privileges", "EXECUTE" or "USAGE")
        && (entry.Class != "default privileges" || entry.Namespace.Length == 0);
}
