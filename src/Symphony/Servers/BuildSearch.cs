namespace Symphony.Servers;

/// <summary>
/// Looks for a PostgreSQL to start, in a fixed order: SYMPHONY_PG_BIN, the pinned build, the machine. What each way
/// answered is kept, for the message when none had one.
/// </summary>
internal sealed class BuildSearch(
    ServerOptions options,
    ServerUser user,
    CacheFolder cache,
    IProgress<string>? progress
)
{
    private readonly List<string> answers = [];
    private string embeddedAnswer = "";

    /// <summary>One answer a way that did not help, in the order they were asked.</summary>
    public IReadOnlyList<string> Answers => answers;

    public async Task<PostgresBuild?> FindAsync(CancellationToken cancel) =>
        await GivenAsync(cancel) ?? await EmbeddedAsync(cancel) ?? await OnTheMachineAsync(cancel);

    private async Task<PostgresBuild?> GivenAsync(CancellationToken cancel)
    {
        if (options.Environment("SYMPHONY_PG_BIN") is not { Length: > 0 } folder)
        {
            answers.Add("SYMPHONY_PG_BIN is not set");
            return null;
        }

        var (build, reason) = await PostgresBuild.InspectAsync(folder, $"SYMPHONY_PG_BIN {folder}", user, cancel);
        if (build is null || !ServerOptions.SupportedMajors.Contains(build.Major))
        {
            throw new InputException(
                "SYMPHONY_PG_BIN cannot be used",
                "a folder with the initdb and postgres of PostgreSQL "
                    + string.Join(", ", ServerOptions.SupportedMajors),
                build is null ? reason : $"PostgreSQL {build.Version} in {folder}",
                "correct SYMPHONY_PG_BIN, or unset it to let symphony look for a PostgreSQL itself"
            );
        }

        return Wanted(build, $"SYMPHONY_PG_BIN is PostgreSQL {build.Version}");
    }

    private async Task<PostgresBuild?> EmbeddedAsync(CancellationToken cancel)
    {
        var embedded = new EmbeddedBuild(options.Major ?? ServerOptions.DefaultMajor, cache, options.Environment);
        var reason = await embedded.InstallAsync(progress, cancel);
        if (reason is null)
        {
            (var build, reason) = await PostgresBuild.InspectAsync(embedded.BinFolder, embedded.Origin, user, cancel);
            if (build is not null)
            {
                return build;
            }
        }

        embeddedAnswer = $"the pinned build cannot be had: {reason}";
        answers.Add(embeddedAnswer);
        return null;
    }

    private async Task<PostgresBuild?> OnTheMachineAsync(CancellationToken cancel)
    {
        var found = new List<PostgresBuild>();
        foreach (var folder in MachineFolders(options.Environment("PATH") ?? ""))
        {
            var (build, _) = await PostgresBuild.InspectAsync(folder, folder, user, cancel);
            if (build is not null)
            {
                found.Add(build);
            }
        }

        answers.Add(
            found.Count == 0
                ? "the machine: no initdb and postgres in PATH or the usual folders"
                : "the machine: PostgreSQL "
                    + string.Join(", ", found.Select(build => $"{build.Version} in {build.BinFolder}"))
        );
        var newest = found
            .Where(build =>
                ServerOptions.SupportedMajors.Contains(build.Major) && build.Major == (options.Major ?? build.Major)
            )
            .MaxBy(build => build.Major);
        if (newest is not null)
        {
            // Not the PostgreSQL that is pinned: whoever compares two machines' results must be able to see that.
            progress?.Report($"using PostgreSQL {newest.Version} in {newest.BinFolder}, because {embeddedAnswer}");
        }

        return newest;
    }

    private PostgresBuild? Wanted(PostgresBuild build, string otherwise)
    {
        if (options.Major is null || build.Major == options.Major)
        {
            return build;
        }

        answers.Add(otherwise);
        return null;
    }

    /// <summary>PATH, and where Debian, Red Hat and Homebrew put each major out of the way of the others.</summary>
    private static IEnumerable<string> MachineFolders(string path) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Children("/usr/lib/postgresql", "*"))
            .Concat(Children("/usr", "pgsql-*"))
            .Concat(Children("/opt/homebrew/opt", "postgresql@*"))
            .Concat(Children("/usr/local/opt", "postgresql@*"))
            .Distinct(StringComparer.Ordinal)
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")));

    private static IEnumerable<string> Children(string parent, string pattern) =>
        Directory.Exists(parent)
            ? Directory
                .EnumerateDirectories(parent, pattern)
                .Order(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
}
