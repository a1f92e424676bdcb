using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Symphony.Servers;

/// <summary>Where one server lives: its private folder (also its socket's), its port, and the password made for it.</summary>
internal sealed record ServerPlace(string Folder, int Port, string Password)
{
    /// <summary>The superuser of every ephemeral server.</summary>
    public const string Superuser = "symphony";

    public string Name => Path.GetFileName(Folder);

    public string Host { get; } = "127.0.0.1";

    public string User { get; } = Superuser;

    /// <remarks>
    /// Root's servers run as another user, who may not be allowed into root's own TMPDIR. The port is free now; another
    /// process may still take it before the server does.
    /// </remarks>
    public static ServerPlace New()
    {
        var parent = Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath();
        var folder = Path.Combine(parent, "symphony-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
