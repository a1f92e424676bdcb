namespace Symphony.Servers;

/// <summary>A pinned build that is installed: what it is and where.</summary>
public sealed record PinnedBuild(string Origin, string BinFolder);

/// <summary>The builds symphony pins, installed ahead of need.</summary>
public static class PinnedBuilds
{
    /// <exception cref="UnobservedException">It cannot be installed: no npm, no network, or no build for this platform.</exception>
    public static async Task<PinnedBuild> InstallAsync(
        int major,
        Func<string, string?> environment,
        IProgress<string>? progress = null,
        CancellationToken cancel = default
    )
    {
        var build = new EmbeddedBuild(major, CacheFolder.Open(environment), environment);
        return await build.InstallAsync(progress, cancel) is { } reason
            ? throw new UnobservedException(
                $"PostgreSQL {major} cannot be installed",
                $"the pinned build from npm ({build.Package} {build.Version})",
                reason,
                "install Node.js and give npm a registry, or set SYMPHONY_PG_BIN to a PostgreSQL that is already here"
            )
            : new PinnedBuild(build.Origin, build.BinFolder);
    }
}
