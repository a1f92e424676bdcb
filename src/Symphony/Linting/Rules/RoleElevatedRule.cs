using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class RoleElevatedRule : LintRule
{
    public override string Id => "role-elevated";

    public override string Condition =>
        "A role becomes superuser, may make roles or databases, bypasses row security, or becomes a member of an owner.";

    public override string Effect =>
        "What the database refuses to that role, it refuses no longer: append-only triggers, policies and privileges can be taken away by it.";

    public override string SafeWay => "Give the privileges that are needed, one by one, on the objects that need them.";

    public override LintExample Bad =>
        new(
            """
            CREATE ROLE app;
            """,
            """
            alter role app superuser;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE ROLE app;
            """,
            """
            ALTER ROLE app LOGIN;
            """
        );

    private static readonly string[] Attributes = ["superuser", "createrole", "createdb", "bypassrls", "replication"];

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from role in statement.After.Objects
        where role.Class == "role"
        let before = statement.Before.Find(role.Key)
        where before is null || before.Definition != role.Definition
        from gained in Attributes
            .Where(name => role.Text(name) == "true" && before?.Text(name) != "true")
            .Concat(
                Memberships(role)
                    .Except(before is null ? [] : Memberships(before))
                    .Where(owner => OwnsSomething(statement.After, owner))
                    .Select(owner => $"member of {owner}, which owns objects")
            )
        select Found(statement, role.Identity, $"{role.Title} becomes {gained}.");

    private static IEnumerable<string> Memberships(SchemaObject role) =>
        role.Read().TryGetProperty("member_of", out var owners)
            ? owners.EnumerateArray().Select(owner => owner.GetString()!)
            : [];

    private static bool OwnsSomething(SchemaImage image, string role) =>
        image.Objects.Any(entry => entry.Class is "schema" or "table" or "function" && entry.Text("owner") == role);
}
