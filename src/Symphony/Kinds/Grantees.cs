using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>
/// How claims and facts name those to whom something is granted: a role by its name, everyone as PUBLIC. A role that
/// is itself called PUBLIC, which PostgreSQL allows, stands in double quotes.
/// </summary>
internal static class Grantees
{
    public const string Public = "PUBLIC";

    private const string RoleCalledPublic = "\"PUBLIC\"";

    public static string ToSql(string grantee) =>
        grantee switch
        {
            Public => Public,
            RoleCalledPublic => RoleCalledPublic,
            _ => SqlText.QuoteName(grantee),
        };

    /// <summary>As facts name it: no role can be called <c>public</c>, so that it means everyone, too.</summary>
    public static string Normalise(string grantee) => grantee == "public" ? Public : grantee;

    /// <summary>The role's name in the catalog; null for everyone.</summary>
    public static string? RoleOf(string grantee) =>
        grantee switch
        {
            Public => null,
            RoleCalledPublic => Public,
            _ => grantee,
        };

    /// <summary>The roles among them, as the catalog names them.</summary>
    public static IReadOnlyList<string> RolesOf(IEnumerable<string> grantees) =>
        [.. grantees.Select(RoleOf).OfType<string>()];

    public static string ToSql(IEnumerable<string> grantees) => string.Join(", ", grantees.Select(ToSql));
}
