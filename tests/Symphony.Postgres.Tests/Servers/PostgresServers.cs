using System.Collections.Concurrent;
using System.Globalization;
using Symphony.Servers;

[assembly: AssemblyFixture(typeof(Symphony.Postgres.Tests.Servers.PostgresServers))]

namespace Symphony.Postgres.Tests.Servers;

/// <summary>
/// One server of each major for the whole run, started at first need and gone at its end. A major that cannot be had
/// fails the tests that ask for it.
/// </summary>
public sealed class PostgresServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Lazy<Task<EphemeralServer>>> servers = new();
    private readonly ConcurrentDictionary<int, SharedDatabase> shared = new();
    private int databases;

    /// <summary>Every supported major; SYMPHONY_TEST_MAJORS="18,15" narrows them while developing.</summary>
    public static TheoryData<int> Majors { get; } =
    [
        .. (
            Environment.GetEnvironmentVariable("SYMPHONY_TEST_MAJORS") is { Length: > 0 } chosen
                ? chosen.Split(',', StringSplitOptions.TrimEntries).Select(ServerOptions.ParseMajor)
                : ServerOptions.SupportedMajors
        ),
    ];

    public Task<EphemeralServer> ServerAsync(int major) =>
        servers
            .GetOrAdd(
                major,
                asked => new Lazy<Task<EphemeralServer>>(() => EphemeralServer.StartAsync(new ServerOptions(asked)))
            )
            .Value;

    /// <summary>A new database, empty or a copy of another of the same server, dropped when it is disposed.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(int major = ServerOptions.DefaultMajor, string? template = null)
    {
        var server = await ServerAsync(major);
        var name = "test_" + Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture);
        return new TestDatabase(server, name, await server.CreateDatabaseAsync(name, template));
    }

    /// <summary>The one database of a server for tests that roll back all they do.</summary>
    public SharedDatabase SharedDatabase(int major) =>
        shared.GetOrAdd(major, asked => new SharedDatabase(() => CreateDatabaseAsync(asked)));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in shared.Values)
        {
            await database.DisposeAsync();
        }

        foreach (
            var started in servers.Values.Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully)
        )
        {
            await (await started.Value).DisposeAsync();
        }
    }
}
