using System.Globalization;
using Npgsql;

namespace Symphony.Migrations;

/// <summary>
/// How long a migration in a transaction waits for a lock, and how often it tries again: everybody who comes after a
/// waiting ALTER TABLE waits behind it, so it gives way and comes back. Files without transaction wait as they say:
/// a CONCURRENTLY that gives up leaves an INVALID index.
/// </summary>
public sealed record LockLimits(TimeSpan Timeout, int Attempts)
{
    public static LockLimits Default { get; } = new(TimeSpan.FromSeconds(5), 6);
}

/// <summary>Tries again, later each time, as long as it is locks that stand in the way.</summary>
internal sealed class LockPatience(LockLimits limits, TimeProvider clock, IProgress<MigrationProgress>? progress)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>As <c>lock_timeout</c> takes it; 0 waits for ever.</summary>
    public string TimeoutMs => ((long)limits.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    public async Task TryAsync(MigrationScript script, Func<Task> run, CancellationToken cancel)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await run();
                return;
            }
            catch (UnobservedException failure) when (IsAboutLocks(failure) && attempt < limits.Attempts)
            {
                progress?.Report(new MigrationProgress.Retrying(script, failure.Found, attempt, pause));
            }

            await Task.Delay(pause, clock, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static bool IsAboutLocks(UnobservedException failure) =>
        failure.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;
}
