using Npgsql;

namespace Symphony.Servers;

/// <summary>Runs a build found on this machine.</summary>
internal sealed class LocalSource(
    PostgresBuild build,
    string template,
    ServerUser user,
    Func<string, string?> environment
) : ServerSource
{
    // PostgreSQL's own sign to pg_ctl: this line of postmaster.pid (LOCK_FILE_LINE_PM_STATUS in pidfile.h) says "ready".
    private const int StatusLine = 8;

    public override int Major => build.Major;

    public override string Origin => build.Origin;

    public override TimeSpan Patience => TimeSpan.FromMinutes(1);

    public override async Task<ServerProcess> StartAsync(ServerPlace place, CancellationToken cancel)
    {
        await user.CreateFolderAsync(place.Folder, cancel);
        var settings = SettingArguments(
            $"port={place.Port}",
            "listen_addresses=127.0.0.1",
            $"unix_socket_directories={place.Folder}",
            "unix_socket_permissions=0700"
        );
        return ServerProcess.Start(
            place.Folder,
            template,
            user,
            [build.Postgres, "-D", DataFolder(place), .. settings],
            environment
        );
    }

    public override async Task<bool> IsReadyAsync(ServerPlace place, CancellationToken cancel)
    {
        if (ReadPidFile(place) is not { Length: >= StatusLine } lines || lines[StatusLine - 1].Trim() != "ready")
        {
            return false;
        }

        // The copied folder knows no password: TCP is closed to everybody until this one is set.
        var socket = new NpgsqlConnectionStringBuilder
        {
            Host = place.Folder,
            Port = place.Port,
            Username = place.User,
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = await PromptOpening.OpenAsync(socket.ConnectionString, cancel);
        await using var command = new NpgsqlCommand($"ALTER ROLE {place.User} PASSWORD '{place.Password}'", connection);
        await command.ExecuteNonQueryAsync(cancel);
        return true;
    }

    public override (string Reach, string Stop) Commands(ServerPlace place) =>
        ($"psql -h {place.Folder} -p {place.Port} -U {place.User} postgres", $"kill -INT {ReadPidFile(place)?[0]}");

    private static string DataFolder(ServerPlace place) => Path.Combine(place.Folder, "data");

    private static string[]? ReadPidFile(ServerPlace place)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(DataFolder(place), "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
