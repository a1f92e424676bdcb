namespace Symphony.Servers;

/// <summary>A way to run a server: a build on this machine, or a container engine.</summary>
internal abstract class ServerSource
{
    /// <summary>Settings of a server whose data nobody needs after a crash, the same wherever it runs.</summary>
    protected static readonly IReadOnlyList<string> Settings =
    [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "shared_buffers=32MB",
        "max_wal_size=256MB",
        "wal_init_zero=off",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
    ];

    public abstract int Major { get; }

    public abstract string Origin { get; }

    /// <summary>How long a start may take before it is given up.</summary>
    public abstract TimeSpan Patience { get; }

    /// <summary>Makes the place's folder and starts the server in it.</summary>
    public abstract Task<ServerProcess> StartAsync(ServerPlace place, CancellationToken cancel);

    /// <summary>Whether the server now takes connections over TCP with the place's password.</summary>
    public abstract Task<bool> IsReadyAsync(ServerPlace place, CancellationToken cancel);

    /// <summary>For people whose server is kept: commands that reach and stop it, without its password.</summary>
    public abstract (string Reach, string Stop) Commands(ServerPlace place);

    protected static IEnumerable<string> SettingArguments(params IEnumerable<string> more) =>
        Settings.Concat(more).SelectMany(setting => new[] { "-c", setting });
}
