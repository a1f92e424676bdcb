using Npgsql;

namespace Symphony.Migrations;

/// <summary>
/// Keeps runs against one database apart. It is asked for again and again, never waited for: a session that waits
/// inside <c>pg_advisory_lock</c> holds a snapshot, CREATE INDEX CONCURRENTLY of the session that has the lock waits
/// for that snapshot to go, and neither ever ends. The lock goes with the session, also when the process is killed.
/// </summary>
internal static class MigrationLock
{
    /// <summary>"SYMPHONY" in ASCII: one key for every version of the runner.</summary>
    private const long Key = 0x53594D50484F4E59;

    private const string IsOurs = """
        held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
          AND held.database = (SELECT base.oid FROM pg_catalog.pg_database AS base
                                WHERE base.datname = pg_catalog.current_database())
          AND (held.classid::bigint << 32) | held.objid::bigint = $1
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="UnobservedException">Another run still has it after <paramref name="patience"/>.</exception>
    public static async Task TakeAsync(
        MigrationSession session,
        TimeSpan patience,
        TimeProvider clock,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancel
    )
    {
        var start = clock.GetTimestamp();
        for (var attempt = 0; !await TryAsync(session, cancel); attempt++)
        {
            if (clock.GetElapsedTime(start) >= patience)
            {
                throw new UnobservedException(
                    "another migration run does not end",
                    $"the migration lock within {patience}",
                    $"it is held by {await HolderAsync(session, cancel)}",
                    "wait for that run, or look at it in pg_stat_activity, and run symphony migrate again"
                );
            }

            // A run that has just ended may hold it for a moment longer.
            if (attempt == 1)
            {
                progress?.Report(new MigrationProgress.Waiting(await HolderAsync(session, cancel)));
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>
    /// The server session that has the lock is the one that is asked. Behind a pooler that gives every transaction
    /// another server session it is not: two runs would not keep apart, and settings would meet other people's work.
    /// </summary>
    /// <exception cref="UnobservedException">The session does not have it, or not any more.</exception>
    public static async Task RequireAsync(MigrationSession session, CancellationToken cancel)
    {
        await using var command = session.Command(
            $"SELECT EXISTS (SELECT FROM pg_catalog.pg_locks AS held WHERE {IsOurs} AND held.pid = pg_catalog.pg_backend_pid())",
            Key
        );
        if (!(bool)(await command.ExecuteScalarAsync(cancel))!)
        {
            throw new UnobservedException(
                "the migration lock is gone",
                "one server session from the first migration to the last, which holds the lock all the while",
                "a session without it: a pooler gives every transaction another one, or a migration has given the lock up",
                "connect to PostgreSQL itself, or through a pooler in session mode, and run symphony migrate again"
            );
        }
    }

    private static async Task<bool> TryAsync(MigrationSession session, CancellationToken cancel)
    {
        await using var command = session.Command("SELECT pg_catalog.pg_try_advisory_lock($1)", Key);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<string> HolderAsync(MigrationSession session, CancellationToken cancel)
    {
        await using NpgsqlCommand command = session.Command(
            $"""
            SELECT pg_catalog.format('pid %s (%s, %s)', held.pid,
                     coalesce(nullif(activity.application_name, ''), 'unnamed'),
                     coalesce(activity.usename::text, 'role unknown'))
              FROM pg_catalog.pg_locks AS held
              LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = held.pid
             WHERE {IsOurs}
            """,
            Key
        );
        return await command.ExecuteScalarAsync(cancel) as string ?? "a session that has just ended";
    }
}
