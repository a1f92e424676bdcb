using Npgsql;

namespace Symphony.Migrations;

/// <summary>One migration being applied to a database whose migration lock is held.</summary>
internal sealed class MigrationExecution(
    MigrationSession session,
    string connectionString,
    MigrationScript script,
    IReadOnlyList<MigrationScript> appliedBefore,
    LockPatience patience
)
{
    /// <summary>A transaction that did not get its locks is undone whole, so that it can be tried again whole.</summary>
    public Task RunAsync(CancellationToken cancel) =>
        script.InTransaction
            ? patience.TryAsync(script, () => RunWholeAsync(cancel), cancel)
            : RunOneByOneAsync(cancel);

    private async Task RunWholeAsync(CancellationToken cancel)
    {
        await using var transaction = await session.BeginAsync(cancel);
        await MigrationLock.RequireAsync(session, cancel);
        // Before the file's own: what it sets itself counts.
        await session.ExecuteAsync($"SET LOCAL lock_timeout = {patience.TimeoutMs}", cancel);
        foreach (var statement in script.Statements)
        {
            await RunAsync(statement, cancel);
        }

        // The ledger is written as who we are, not as whom the migration may have become.
        await session.ResetAsync(cancel);
        await Ledger.RecordAsync(session, script.File, cancel);
        await CommitAsync(transaction);
    }

    private async Task RunOneByOneAsync(CancellationToken cancel)
    {
        await MigrationLock.RequireAsync(session, cancel);
        var invalidBefore = (await InvalidIndex.ReadAsync(session, cancel)).Select(index => index.Oid).ToHashSet();
        try
        {
            foreach (var statement in script.Statements)
            {
                await RunAsync(statement, cancel);
            }
        }
        catch (Exception failure) when (failure is SymphonyException or OperationCanceledException)
        {
            if (await LeftBehindAsync(invalidBefore) is { Count: > 0 } left)
            {
                throw failure is SymphonyException told
                    ? MigrationFailure.With(left, told)
                    : MigrationFailure.Of(script, left, appliedBefore, (OperationCanceledException)failure);
            }

            throw;
        }

        // IF NOT EXISTS is content with an INVALID index of an earlier attempt.
        if (await LeftBehindAsync(invalidBefore) is { Count: > 0 } invalid)
        {
            throw MigrationFailure.Of(script, invalid, appliedBefore, interruption: null);
        }

        await session.ResetAsync(cancel);
        await Ledger.RecordAsync(session, script.File, cancel);
    }

    private async Task RunAsync(SqlStatement statement, CancellationToken cancel)
    {
        try
        {
            await session.ExecuteAsync(statement, cancel);
        }
        catch (NpgsqlException failure)
        {
            throw MigrationFailure.Of(script, statement, appliedBefore, failure);
        }
    }

    /// <summary>Deferred constraints speak here. Not cancelled: nobody would know whether it was committed.</summary>
    private async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            throw MigrationFailure.Of(script, statement: null, appliedBefore, failure);
        }
    }

    /// <summary>Asked over a connection of its own, because the failure may have been that of the session's.</summary>
    private async Task<IReadOnlyList<InvalidIndex>> LeftBehindAsync(HashSet<uint> before)
    {
        try
        {
            await using var other = await MigrationSession.OpenAsync(connectionString, CancellationToken.None);
            var now = await InvalidIndex.ReadAsync(other, CancellationToken.None);
            return [.. now.Where(index => !before.Contains(index.Oid) || index.IsNamedIn(script))];
        }
        catch (NpgsqlException)
        {
            // The server is gone; the failure that led here says so.
            return [];
        }
    }
}
