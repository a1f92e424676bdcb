using System.Security.Cryptography;
using System.Text;

namespace Symphony.Servers;

/// <summary>
/// An initialised data folder, made once for each build and copied for each server: initdb takes a second or more,
/// a copy a tenth of one.
/// </summary>
internal static class DataTemplate
{
    // The locale is the one every machine has. Small WAL files: a server that lives for seconds does not fill a large one.
    // Over TCP only with the password each server makes for itself; the socket lies in a folder nobody else may enter.
    private const string Initialise = """
        umask 077
        initdb=$1 folder=$2
        rm -rf "$folder.new"
        "$initdb" -D "$folder.new" -U symphony --encoding=UTF8 --locale=C --auth=trust --wal-segsize=1 --no-sync >/dev/null &&
        printf 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n' >"$folder.new/pg_hba.conf" &&
        mv "$folder.new" "$folder" ||
        { rm -rf "$folder.new"; exit 1; }
        """;

    /// <exception cref="UnobservedException">initdb failed.</exception>
    public static async Task<string> GetAsync(
        PostgresBuild build,
        ServerUser user,
        CacheFolder cache,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        // A data folder belongs to the user that runs it: PostgreSQL accepts no other.
        var parent = Path.Combine(cache.Root, user.Name is null ? "data" : $"data-{user.Name}");
        var folder = Path.Combine(parent, Key(build));
        if (Directory.Exists(folder))
        {
            return folder;
        }

        using var held = await cache.LockAsync("data-" + Key(build), cancel);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        progress?.Report($"initialising a data folder for PostgreSQL {build.Version}, kept in {folder}");
        await user.CreateFolderAsync(parent, cancel);
        var made = await Tool.RunAsync(user.Command("/bin/sh", "-c", Initialise, "sh", build.Initdb, folder), cancel);
        return made.Succeeded
            ? folder
            : throw new UnobservedException(
                $"PostgreSQL {build.Version} ({build.Origin}) could not initialise a data folder",
                $"initdb to make {folder}",
                made.Reason,
                "set SYMPHONY_CACHE to a folder every user may enter, or SYMPHONY_PG_BIN to another PostgreSQL"
            );
    }

    private static string Key(PostgresBuild build)
    {
        var identity = string.Join('\n', build.Version, build.BinFolder, Initialise);
        return $"{build.Major}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12]}";
    }
}
