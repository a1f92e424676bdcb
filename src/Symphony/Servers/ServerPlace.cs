using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Symphony.Servers;

/// <summary>Where one server lives: its private folder (also its socket's), its port, and the password made for it.</summary>
internal sealed record ServerPlace(string Folder, int Port, string Password)
{
    private const string Memory = "/dev/shm";
    private const long PlentyOfMemory = 2L << 30;

    public string Name => Path.GetFileName(Folder);

    public string Host { get; } = "127.0.0.1";

    /// <summary>The superuser of every ephemeral server.</summary>
    public string User { get; } = "symphony";

    /// <remarks>The port is free now; another process may still take it before the server does.</remarks>
    public static ServerPlace New(Func<string, string?> environment)
    {
        var folder = Path.Combine(
            Parent(environment),
            "symphony-" + RandomNumberGenerator.GetHexString(8, lowercase: true)
        );
        return new ServerPlace(folder, FreePort(), RandomNumberGenerator.GetHexString(32, lowercase: true));
    }

    /// <summary>Over TCP, for Npgsql.</summary>
    public string ConnectionStringTo(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>
    /// TMPDIR, or else memory where there is plenty: a server and each of its databases are a thousand small files, which
    /// a disk can take a second to make. Root's TMPDIR does not count: the user its servers run as may not enter it.
    /// </summary>
    private static string Parent(Func<string, string?> environment)
    {
        if (!Environment.IsPrivilegedProcess && environment("TMPDIR") is { Length: > 0 } given)
        {
            return given;
        }

        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= PlentyOfMemory ? Memory : "/tmp";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
