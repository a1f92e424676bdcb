using Npgsql;

namespace Symphony.Migrations;

/// <summary>
/// Applies forward-only migrations and keeps the ledger. A migration and its ledger entry are one transaction, unless
/// it is marked <c>-- symphony:no_tx</c>; a run that is killed at any moment is continued by the next.
/// </summary>
public sealed class MigrationRunner(
    string connectionString,
    TimeProvider? clock = null,
    IProgress<MigrationProgress>? progress = null
)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>How long to wait for another run to end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The table in which a database keeps what was applied to it.</summary>
    public const string LedgerTable = Ledger.Table;

    /// <summary>How long and how often a migration in a transaction asks for its locks.</summary>
    public LockLimits Locks { get; init; } = LockLimits.Default;

    /// <summary>The last version to be applied, or its number; null for all.</summary>
    public string? To { get; init; }

    /// <summary>What <see cref="ApplyAsync"/> would do now. Takes no lock and writes nothing.</summary>
    /// <exception cref="InputException">The folder cannot be used, or does not agree with the ledger.</exception>
    /// <exception cref="UnobservedException">The database cannot be reached or read.</exception>
    public async Task<MigrationPlan> PlanAsync(string directory, CancellationToken cancel)
    {
        var files = MigrationDirectory.Read(directory);
        return await ObserveAsync(async () =>
        {
            await using var session = await MigrationSession.OpenAsync(connectionString, cancel);
            return MigrationPlan.Of(directory, files, await Ledger.ReadAsync(session, cancel)).UpTo(To, files);
        });
    }

    /// <summary>The versions that the ledger has. Takes no lock and writes nothing.</summary>
    /// <exception cref="UnobservedException">The database cannot be reached or read.</exception>
    public async Task<IReadOnlySet<string>> AppliedAsync(CancellationToken cancel) =>
        (await ReadLedgerAsync(cancel)).Select(entry => entry.Version).ToHashSet(StringComparer.Ordinal);

    /// <summary>What the ledger has; nothing where there is none. Takes no lock and writes nothing.</summary>
    /// <exception cref="UnobservedException">The database cannot be reached or read.</exception>
    public Task<IReadOnlyList<AppliedMigration>> ReadLedgerAsync(CancellationToken cancel) =>
        ObserveAsync(async () =>
        {
            await using var session = await MigrationSession.OpenAsync(connectionString, cancel);
            return await Ledger.ReadAsync(session, cancel);
        });

    /// <summary>Applies what is pending, in order, and returns it. All of it is read before any of it is run.</summary>
    /// <exception cref="InputException">As for <see cref="PlanAsync"/>, or a file's statement was refused.</exception>
    /// <exception cref="UnobservedException">
    /// As for <see cref="PlanAsync"/>, or the database was in no state to run a statement: a lock, a lost connection, a
    /// missing privilege. Migrations applied before stay applied.
    /// </exception>
    public async Task<IReadOnlyList<MigrationScript>> ApplyAsync(string directory, CancellationToken cancel)
    {
        var files = MigrationDirectory.Read(directory);
        return await ObserveAsync(async () =>
        {
            await using var session = await MigrationSession.OpenAsync(connectionString, cancel);
            await MigrationLock.TakeAsync(session, Patience, _clock, progress, cancel);
            var plan = MigrationPlan.Of(directory, files, await Ledger.ReadAsync(session, cancel)).UpTo(To, files);
            if (plan.Pending.Count > 0)
            {
                await Ledger.CreateAsync(session, cancel);
                await ApplyAllAsync(session, plan.Pending, cancel);
            }

            return plan.Pending;
        });
    }

    private async Task ApplyAllAsync(
        MigrationSession session,
        IReadOnlyList<MigrationScript> pending,
        CancellationToken cancel
    )
    {
        for (var i = 0; i < pending.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var start = _clock.GetTimestamp();
            progress?.Report(new MigrationProgress.Applying(pending[i]));
            var execution = new MigrationExecution(
                session,
                connectionString,
                pending[i],
                [.. pending.Take(i)],
                new LockPatience(Locks, _clock, progress)
            );
            await execution.RunAsync(cancel);
            progress?.Report(new MigrationProgress.Applied(pending[i], _clock.GetElapsedTime(start)));
        }
    }

    /// <summary>What goes wrong outside a migration's own statements is the database's, not the files'.</summary>
    private static async Task<T> ObserveAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (NpgsqlException failure)
        {
            throw new UnobservedException(
                "the database cannot be migrated",
                $"a connection, and a role that may read and write {Ledger.Table}",
                ServerWords.Of(failure),
                "check the database URL, the server and the role's privileges, and run symphony migrate again",
                failure
            )
            {
                SqlState = failure.SqlState,
            };
        }
    }
}
