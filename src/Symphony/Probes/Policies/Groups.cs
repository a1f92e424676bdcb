using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>
/// Roles that conditions name, and of which the role of a probe may be made a member for a moment: those that give it
/// no other policy of the table, and no way around any.
/// </summary>
internal static class Groups
{
    /// <summary>Settings that are tried together with a membership.</summary>
    private const int MostSettings = 12;

    /// <summary>The same sessions, and then some of them as a member of a group.</summary>
    public static async Task<IReadOnlyList<SessionSettings>> WithAsync(
        IReadOnlyList<SessionSettings> sessions,
        RolledBackSession session,
        Actor actor,
        ObjectName table,
        IEnumerable<string> texts,
        CancellationToken cancel
    )
    {
        var (rows, _) = await session.PeekAsync(
            [],
            """
            SELECT r.rolname::pg_catalog.text
            FROM pg_catalog.pg_roles r
            JOIN pg_catalog.pg_class c ON NOT pg_catalog.pg_has_role(r.oid, c.relowner, 'MEMBER')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text
              AND r.rolname = ANY ($3::pg_catalog.text[]) AND NOT r.rolsuper AND NOT r.rolbypassrls
              AND NOT pg_catalog.pg_has_role($4::pg_catalog.name, r.oid, 'MEMBER')
              AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_policy p, pg_catalog.unnest(p.polroles) AS for_whom (role)
                WHERE p.polrelid = c.oid AND for_whom.role <> 0 AND pg_catalog.pg_has_role(r.oid, for_whom.role, 'MEMBER'))
            ORDER BY r.rolname COLLATE "C"
            """,
            [
                table.Schema,
                table.Name,
                SqlText.ArrayLiteral(texts.SelectMany(PolicyWords.Literals).Distinct()),
                actor.Role,
            ],
            cancel
        );
        return
        [
            .. sessions,
            .. from row in rows
            from settings in sessions.Take(MostSettings)
            select settings with
            {
                Grant = $"GRANT {SqlText.QuoteName(row[0]!)} TO {SqlText.QuoteName(actor.Role)}",
            },
        ];
    }
}
