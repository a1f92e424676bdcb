using System.Text.Json;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>A role as the cluster has it that was read.</summary>
/// <param name="Counts">Facts rest on what it may do; without it only its name is used.</param>
/// <param name="Attributes">As CREATE ROLE writes them.</param>
/// <param name="Granted">Its memberships that count.</param>
public sealed record RoleDefinition(
    string Name,
    bool Counts,
    string Attributes,
    IReadOnlyList<RoleMembershipDefinition> Granted
)
{
    /// <summary>The server has it of itself.</summary>
    public bool IsPredefined => Name.StartsWith("pg_", StringComparison.Ordinal);
}

/// <param name="Inherit">Null before PostgreSQL 16, and <paramref name="Set"/> likewise.</param>
/// <param name="Grantor">Null where the cluster's first superuser granted it, or where the server does not tell.</param>
public sealed record RoleMembershipDefinition(string Role, bool Admin, bool? Inherit, bool? Set, string? Grantor)
{
    internal static IReadOnlyList<RoleMembershipDefinition> Read(string json) =>
        [
            .. JsonElement
                .Parse(json)
                .EnumerateArray()
                .Select(held => new RoleMembershipDefinition(
                    held.GetProperty("role").GetString()!,
                    held.GetProperty("admin").GetBoolean(),
                    Flag(held, "inherit"),
                    Flag(held, "set"),
                    held.TryGetProperty("by", out var by) ? by.GetString() : null
                )),
        ];

    private static bool? Flag(JsonElement held, string name) =>
        held.TryGetProperty(name, out var value) ? value.GetBoolean() : null;
}

/// <summary>
/// Statements that make roles in a cluster that may be anybody's: a role that is there is never altered, and where facts
/// rest on what it may do and it may do something else, they end with an error before anything was made.
/// </summary>
/// <param name="mark">The comment of a role that was made here.</param>
/// <param name="major">Of the server.</param>
internal sealed class RoleStatements(IReadOnlyList<RoleDefinition> roles, string mark, int major)
{
    public IEnumerable<string> All() =>
        roles
            .Where(role => role.Counts && !role.IsPredefined)
            .Select(Guard)
            .Concat(roles.Where(role => !role.IsPredefined).Select(Create))
            .Concat(
                roles
                    .Where(role => !role.IsPredefined)
                    .SelectMany(role => role.Granted.Select(member => (role, member)))
                    .OrderBy(pair => pair.member.Grantor is not null)
                    .Select(pair => Grant(pair.role, pair.member))
            );

    private string Guard(RoleDefinition role) =>
        Block(
            $"""
            IF EXISTS (
                SELECT FROM pg_catalog.pg_roles r
                WHERE r.rolname = {Literal(role.Name)} AND {Attributes} <> {Literal(role.Attributes)}) THEN
                RAISE EXCEPTION USING
                  MESSAGE = {Literal($"The role {role.Name} is there, and not as it was recorded: {role.Attributes}.")},
                  HINT = 'The failure rests on what it may do. Use a server that has no role of that name: it was not changed.';
              END IF;
            """
        );

    private string Create(RoleDefinition role) =>
        Block(
            $"""
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = {Literal(role.Name)}) THEN
                CREATE ROLE {SqlText.QuoteName(role.Name)} {(role.Counts ? role.Attributes : "NOLOGIN")};
                COMMENT ON ROLE {SqlText.QuoteName(role.Name)} IS {Literal(mark)};
              END IF;
            """
        );

    /// <summary>A membership is an attribute of both: where one of them is not of this making, it has to be there.</summary>
    private string Grant(RoleDefinition role, RoleMembershipDefinition held)
    {
        var options =
            major >= 16 ? $" AND m.inherit_option = {Word(held.Inherit)} AND m.set_option = {Word(held.Set)}" : "";
        var grantor = held.Grantor is { } by && roles.Any(other => other.Name == by && other.Counts) ? by : null;
        return Block(
            $"""
            IF NOT EXISTS (
                SELECT FROM pg_catalog.pg_auth_members m
                WHERE m.member = {Oid(role.Name)} AND m.roleid = {Oid(held.Role)}
                  AND m.admin_option = {Word(held.Admin)}{options}{(
                grantor is null ? "" : $" AND m.grantor = {Oid(grantor)}"
            )}) THEN
                IF EXISTS (
                  SELECT FROM pg_catalog.pg_roles r
                  WHERE r.rolname IN ({Literal(role.Name)}, {Literal(held.Role)}) AND (r.rolname = {Literal(
                role.Name
            )} OR r.rolname !~ '^pg_')
                    AND pg_catalog.shobj_description(r.oid, 'pg_authid') IS DISTINCT FROM {Literal(mark)}) THEN
                  RAISE EXCEPTION USING
                    MESSAGE = {Literal($"The role {role.Name} is not a member of {held.Role} as it was recorded.")},
                    HINT = 'One of them was there before. Use a server that has no role of that name: it was not changed.';
                END IF;
                GRANT {SqlText.QuoteName(held.Role)} TO {SqlText.QuoteName(role.Name)}{With(held)}{(
                grantor is null ? "" : $" GRANTED BY {SqlText.QuoteName(grantor)}"
            )};
              END IF;
            """
        );
    }

    private string With(RoleMembershipDefinition held) =>
        major >= 16 ? $" WITH ADMIN {Word(held.Admin)}, INHERIT {Word(held.Inherit)}, SET {Word(held.Set)}"
        : held.Admin ? " WITH ADMIN OPTION"
        : "";

    private string Attributes => VersionedSql.Read("Catalog/Fragments/role_attributes.sql", major).Trim();

    private static string Oid(string role) =>
        $"(SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = {Literal(role)})";

    private static string Word(bool? value) => (value ?? false) ? "true" : "false";

    private static string Literal(string text) => SqlText.QuoteLiteral(text);

    private static string Block(string body) =>
        "DO " + SqlText.DollarQuote($"\nBEGIN\n  {body}\nEND\n".ReplaceLineEndings("\n"));
}
