using System.Diagnostics;
using Npgsql;

namespace Symphony.Servers;

/// <summary>
/// A PostgreSQL server that exists for one purpose and is gone afterwards, data and all: when disposed, and also when
/// this process ends in any other way, SIGKILL included.
/// </summary>
public sealed class EphemeralServer : IAsyncDisposable
{
    private const int PortAttempts = 5;

    // PostgreSQL's words for it, and the container engines'.
    private static readonly string[] PortTaken = ["in use", "already allocated"];

    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Making or dropping a database waits for a checkpoint, and for every session of the server to take notice: where
    /// many tests keep a small machine busy, that is longer than any query takes.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ServerSource source;
    private readonly ServerProcess process;
    private readonly ServerPlace place;
    private readonly ServerOptions options;
    private readonly IProgress<string>? progress;

    private EphemeralServer(
        ServerSource source,
        ServerProcess process,
        ServerPlace place,
        ServerOptions options,
        IProgress<string>? progress
    ) =>
        (this.source, this.process, this.place, this.options, this.progress) = (
            source,
            process,
            place,
            options,
            progress
        );

    public int Major => source.Major;

    /// <summary>Which PostgreSQL this is, for people: "embedded 18.4.0-beta.17", "/usr/lib/postgresql/15/bin".</summary>
    public string Origin => source.Origin;

    public string Host => place.Host;

    public int Port => place.Port;

    /// <summary>The server's superuser.</summary>
    public string User => place.User;

    /// <summary>Of the database "postgres", for Npgsql. Holds a password, which dies with the server.</summary>
    public string ConnectionString => ConnectionStringTo("postgres");

    /// <summary>The same as a postgres:// address.</summary>
    public string DatabaseUrl => $"postgres://{User}:{place.Password}@{Host}:{Port}/postgres";

    /// <summary>What a program needs to find this server: DATABASE_URL, and libpq's own variables.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DATABASE_URL"] = DatabaseUrl,
            ["PGHOST"] = Host,
            ["PGPORT"] = $"{Port}",
            ["PGUSER"] = User,
            ["PGPASSWORD"] = place.Password,
            ["PGDATABASE"] = "postgres",
        };

    /// <summary>The server's private folder: data, log and socket.</summary>
    internal string Folder => place.Folder;

    /// <exception cref="InputException">SYMPHONY_PG_BIN is no PostgreSQL.</exception>
    /// <exception cref="UnobservedException">No PostgreSQL was found, or it did not start.</exception>
    public static async Task<EphemeralServer> StartAsync(
        ServerOptions options,
        IProgress<string>? progress = null,
        CancellationToken cancel = default
    )
    {
        var way = await ServerSearch.FindAsync(options, progress, cancel);
        for (var attempt = 1; ; attempt++)
        {
            var home = ServerPlace.New(options.Environment);
            var (started, failure) = await TryStartAsync(way, home, cancel);
            if (started is not null)
            {
                return new EphemeralServer(way, started, home, options, progress);
            }

            if (attempt == PortAttempts || !PortTaken.Any(failure.Contains))
            {
                throw new UnobservedException(
                    $"PostgreSQL {way.Major} ({way.Origin}) did not start",
                    $"a server that takes connections within {way.Patience.TotalSeconds:0} seconds",
                    failure.ReplaceLineEndings("; "),
                    "set SYMPHONY_PG_BIN to another PostgreSQL, or give a database with --database-url"
                );
            }
        }
    }

    /// <summary>The connection string of another database of this server.</summary>
    public string ConnectionStringTo(string database) => place.ConnectionStringTo(database);

    /// <summary>Makes a database, a copy of <paramref name="template"/> when given, and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(
        string name,
        string? template = null,
        CancellationToken cancel = default
    )
    {
        // Copying files asks for a checkpoint first, which costs nothing without fsync; 14 knows no other way.
        var strategy = Major >= 15 ? " STRATEGY file_copy" : "";
        await ExecuteAsync(
            $"CREATE DATABASE {Quote(name)} TEMPLATE {Quote(template ?? "template1")}{strategy}",
            cancel
        );
        return ConnectionStringTo(name);
    }

    /// <summary>Drops a database and whatever is connected to it.</summary>
    public async Task DropDatabaseAsync(string name, CancellationToken cancel = default) =>
        await ExecuteAsync($"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", cancel);

    public async ValueTask DisposeAsync()
    {
        if (options.Keep)
        {
            var (reach, stop) = source.Commands(place);
            progress?.Report($"PostgreSQL {Major} is kept, as KEEP_DB asks\n  reach it  {reach}\n  stop it   {stop}");
            await process.KeepAsync();
        }

        await process.DisposeAsync();
    }

    /// <summary>The server when it takes connections, or why it does not. Then, and when interrupted, nothing is left of it.</summary>
    private static async Task<(ServerProcess? Started, string Failure)> TryStartAsync(
        ServerSource way,
        ServerPlace home,
        CancellationToken cancel
    )
    {
        var server = await way.StartAsync(home, cancel);
        var ready = false;
        try
        {
            var waiting = Stopwatch.StartNew();
            while (!(ready = await way.IsReadyAsync(home, cancel)))
            {
                if (server.HasExited)
                {
                    return (null, await server.LogAsync());
                }

                if (waiting.Elapsed > way.Patience)
                {
                    return (null, "it runs, but takes no connections");
                }

                await Task.Delay(ReadyPoll, cancel);
            }

            return (server, "");
        }
        finally
        {
            if (!ready)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var connection = await PromptOpening.OpenAsync(ConnectionString, cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
