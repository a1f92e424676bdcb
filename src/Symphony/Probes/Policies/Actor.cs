using System.Security.Cryptography;
using Npgsql;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>Whom a probe becomes.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Who">As people read it.</param>
internal sealed record Actor(string Role, string Who)
{
    private const string Anyone = "symphony_anyone";

    /// <summary>Until the attempt ends, or <c>RESET ROLE</c>.</summary>
    public string Become => $"SET LOCAL ROLE {SqlText.QuoteName(Role)}";

    public override string ToString() => Who;

    /// <summary>
    /// Makes a role of the moment, with nothing but what everyone has, that the session may become. It goes with the
    /// caller's attempt. Another session of the same server may be making one, too: then this one has a name of its own.
    /// </summary>
    public static async Task<(Actor? Actor, Refusal? Refusal)> MakeAnyoneAsync(
        RolledBackSession session,
        CancellationToken cancel
    )
    {
        var actor = new Actor(Anyone, "a role without privileges of its own");
        var refusal = await CreateAsync(session, actor.Role, cancel);
        if (refusal is { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            actor = actor with { Role = $"{Anyone}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}" };
            refusal = await CreateAsync(session, actor.Role, cancel);
        }

        return refusal is null ? (actor, null) : (null, refusal);
    }

    private static async Task<Refusal?> CreateAsync(RolledBackSession session, string role, CancellationToken cancel)
    {
        var quoted = SqlText.QuoteName(role);
        var refusal = await session.KeepAtOnceAsync([$"CREATE ROLE {quoted}"], cancel);
        return refusal is not null || await CannotBecomeAsync(session, role, cancel) is null
            ? refusal
            // Who makes a role may give it to itself, and has to where it is no superuser.
            : await session.KeepAtOnceAsync([$"GRANT {quoted} TO CURRENT_USER"], cancel)
                ?? await CannotBecomeAsync(session, role, cancel);
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

        var (anyone, refusal) = await MakeAnyoneAsync(session, cancel);
        if (anyone is not null)
        {
            return (anyone, null);
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
}
