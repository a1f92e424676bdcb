using System.Diagnostics;
using Npgsql;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A lock as a migration holds it, until it is disposed.</summary>
internal sealed class HeldLock : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestDatabase _database;
    private readonly NpgsqlConnection _holder;

    private HeldLock(TestDatabase database, NpgsqlConnection holder) => (_database, _holder) = (database, holder);

    /// <param name="mode">ACCESS EXCLUSIVE excludes readers too.</param>
    public static async Task<HeldLock> OnAsync(TestDatabase database, string relation, string mode = "ACCESS EXCLUSIVE")
    {
        var holder = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {relation} IN {mode} MODE", holder);
        await command.ExecuteNonQueryAsync();
        return new HeldLock(database, holder);
    }

    /// <summary>Waits until Symphony waits for this lock, and returns its server process.</summary>
    public async Task<int> WaiterAsync()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var pid = await _database.ScalarAsync<int?>(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'symphony' AND wait_event_type = 'Lock' AND datname = $1",
                _database.Name
            );
            if (pid is { } found)
            {
                return found;
            }

            Assert.True(waiting.Elapsed < Patience, "symphony does not wait for the lock");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await _holder.DisposeAsync();
}
