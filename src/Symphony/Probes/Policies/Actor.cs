using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>Whom a probe becomes.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Who">As people read it.</param>
internal sealed record Actor(string Role, string Who)
{
    /// <summary>A role of the moment, with nothing but what everyone has.</summary>
    public const string Anyone = "symphony_anyone";

    private static readonly string Quoted = SqlText.QuoteName(Anyone);

    /// <summary>Until the attempt ends, or <c>RESET ROLE</c>.</summary>
    public string Become => $"SET LOCAL ROLE {SqlText.QuoteName(Role)}";

    public override string ToString() => Who;

    /// <summary>Makes the role of the moment, so that the session may become it. It goes with the caller's attempt.</summary>
    public static async Task<Refusal?> MakeAnyoneAsync(RolledBackSession session, CancellationToken cancel)
    {
        var create = $"CREATE ROLE {Quoted}";
        var refusal = await KeepAsync(session, [create], cancel);
        return refusal is not null || await CannotBecomeAsync(session, Anyone, cancel) is null
            ? refusal
            // Who makes a role may give it to itself, and has to where it is no superuser.
            : await KeepAsync(session, [$"GRANT {Quoted} TO CURRENT_USER"], cancel)
                ?? await CannotBecomeAsync(session, Anyone, cancel);
    }

    /// <summary>
    /// The role of that name; for null one that policies for everyone hold back: a role of the moment, or where none
    /// may be made, an existing one without rights of its own over the table.
    /// </summary>
    public static async Task<(Actor? Actor, Refusal? Refusal)> ChooseAsync(
        RolledBackSession session,
        string? role,
        ObjectName table,
        CancellationToken cancel
    )
    {
        if (role is not null)
        {
            var refused = await CannotBecomeAsync(session, role, cancel);
            return refused is null ? (new Actor(role, role), null) : (null, refused);
        }

        var refusal = await MakeAnyoneAsync(session, cancel);
        if (refusal is null)
        {
            return (new Actor(Anyone, "a role without privileges of its own"), null);
        }

        var (rows, _) = await session.PeekAsync(
            [],
            """
            SELECT r.rolname::pg_catalog.text
            FROM pg_catalog.pg_roles r
            JOIN pg_catalog.pg_class c ON NOT pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text
              AND NOT r.rolsuper AND NOT r.rolbypassrls AND pg_catalog.pg_has_role(r.oid, 'MEMBER')
            ORDER BY r.rolname COLLATE "C"
            """,
            [table.Schema, table.Name],
            cancel
        );
        foreach (var name in rows.Select(row => row[0]!))
        {
            if (await CannotBecomeAsync(session, name, cancel) is null)
            {
                return (new Actor(name, name), null);
            }
        }

        return (null, refusal);
    }

    private static Task<Refusal?> CannotBecomeAsync(RolledBackSession session, string role, CancellationToken cancel) =>
        session.UndoAsync([new Actor(role, role).Become], refusal => Task.FromResult(refusal), cancel);

    private static async Task<Refusal?> KeepAsync(
        RolledBackSession session,
        IReadOnlyList<string> statements,
        CancellationToken cancel
    ) => (await session.AttemptAsync(async () => (0, await session.TryAsync(statements, cancel)), cancel)).Refusal;
}
