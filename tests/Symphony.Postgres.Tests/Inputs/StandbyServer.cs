using System.Diagnostics;
using Npgsql;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>
/// A hot standby made of a base backup of a running server: the data folder copied between pg_backup_start and
/// pg_backup_stop (PostgreSQL manual, "Making a Base Backup Using the Low Level API"), with all its WAL and
/// standby.signal, so that it recovers, waits for more, and answers readers.
/// </summary>
internal sealed class StandbyServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly EphemeralServer _primary;
    private readonly TestDatabase _original;

    private StandbyServer(
        Process process,
        string folder,
        string connectionString,
        EphemeralServer primary,
        TestDatabase original
    ) =>
        (_process, _folder, ConnectionString, _primary, _original) = (
            process,
            folder,
            connectionString,
            primary,
            original
        );

    public string ConnectionString { get; }

    /// <summary>
    /// A standby that has everything <paramref name="database"/>'s server has committed. Nobody else may use that server
    /// meanwhile: a standby answers once it knows of every transaction that ran when the backup began.
    /// </summary>
    public static async Task<StandbyServer> OfAsync(EphemeralServer primary, TestDatabase database)
    {
        var user = ServerUser.Choose(Environment.GetEnvironmentVariable);
        var folder = primary.Folder + "-standby";
        await user.CreateFolderAsync(folder, TestContext.Current.CancellationToken);
        await BackUpAsync(primary, database, user, folder);
        var data = await database.ScalarAsync<string>("SELECT current_setting('data_directory')");
        // The primary's own command line, for a standby's limits may not be lower; what stands last counts.
        var options = await File.ReadAllTextAsync(
            Path.Combine(data!, "postmaster.opts"),
            TestContext.Current.CancellationToken
        );
        var words = options
            .Trim()
            .Replace(primary.Folder, folder, StringComparison.Ordinal)
            .Replace("\"", "", StringComparison.Ordinal)
            .Split(' ');
        var process = Tool.Start(
            user.Command([
                .. words,
                .. (string[])
                    ["-c", "hot_standby=on", "-c", "listen_addresses=", "-c", "wal_retrieve_retry_interval=50"],
            ])
        );
        _ = process.StandardError.ReadToEndAsync();
        var standby = new StandbyServer(
            process,
            folder,
            new NpgsqlConnectionStringBuilder
            {
                Host = folder,
                Port = primary.Port,
                Username = primary.User,
                Database = database.Name,
                Pooling = false,
            }.ConnectionString,
            primary,
            database
        );
        try
        {
            await standby.IsReadyAsync();
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives it what its primary has committed since, and waits until it has that.</summary>
    public async Task CatchUpAsync()
    {
        await using var primary = await _original.OpenAsync();
        var position = await ScalarAsync(primary, "SELECT pg_switch_wal()");
        var source = await ScalarAsync(primary, "SELECT current_setting('data_directory')");
        // Whole files only: it reads them as soon as they are there.
        await RunAsync(
            ServerUser.Choose(Environment.GetEnvironmentVariable),
            $"cd {source}/pg_wal; for f in 0*; do cp $f {_folder}/data/copy && mv {_folder}/data/copy {_folder}/data/pg_wal/$f; done"
        );
        await using var standby = new NpgsqlConnection(ConnectionString);
        await standby.OpenAsync(TestContext.Current.CancellationToken);
        var waiting = Stopwatch.StartNew();
        while (await ScalarAsync(standby, $"SELECT pg_last_wal_replay_lsn() >= '{position}'") != "True")
        {
            Assert.True(waiting.Elapsed < Patience, $"the standby does not reach {position}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync(["kill", "-QUIT", $"{_process.Id}"], CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task BackUpAsync(
        EphemeralServer primary,
        TestDatabase database,
        ServerUser user,
        string folder
    )
    {
        await using var connection = await database.OpenAsync();
        var source = await ScalarAsync(connection, "SELECT current_setting('data_directory')");
        // 15 renamed the functions and dropped the exclusive way.
        await ScalarAsync(
            connection,
            primary.Major >= 15
                ? "SELECT pg_backup_start('test', true)::text"
                : "SELECT pg_start_backup('test', true, false)::text"
        );
        var copy =
            $"cp -R {source} {folder}/data; rm -f {folder}/data/postmaster.pid {folder}/data/postmaster.opts; touch {folder}/data/standby.signal";
        await RunAsync(user, copy);
        var label = await ScalarAsync(
            connection,
            primary.Major >= 15
                ? "SELECT labelfile FROM pg_backup_stop(false)"
                : "SELECT labelfile FROM pg_stop_backup(false, false)"
        );
        await RunAsync(
            user,
            $"printf '%s' '{label}' > {folder}/data/backup_label; cp {source}/pg_wal/0* {folder}/data/pg_wal/"
        );
    }

    private static async Task RunAsync(ServerUser user, string script)
    {
        // Files of the running primary come and go while they are copied; the recovery decides whether the copy is good.
        var result = await Tool.RunAsync(user.Command("/bin/sh", "-c", script), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode is 0 or 1, result.Reason);
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }

    private async Task IsReadyAsync()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (NpgsqlException) when (waiting.Elapsed < Patience && !_process.HasExited)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }
}
