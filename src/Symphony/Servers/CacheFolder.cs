namespace Symphony.Servers;

/// <summary>
/// Where installed builds and initialised data folders are kept between runs: SYMPHONY_CACHE, or XDG_CACHE_HOME/symphony,
/// or ~/.cache/symphony. Root's is /var/cache/symphony: the user that runs the server cannot read root's home.
/// </summary>
internal sealed class CacheFolder
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private CacheFolder(string path) => Root = path;

    public string Root { get; }

    /// <exception cref="UnobservedException">The folder cannot be made.</exception>
    public static CacheFolder Open(Func<string, string?> environment)
    {
        var path = Choose(environment);
        try
        {
            Directory.CreateDirectory(path);
            return new CacheFolder(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(failure);
        }
    }

    /// <summary>Waits until no other process holds this name, and holds it until disposed (or until the process ends).</summary>
    public async Task<IDisposable> LockAsync(string name, CancellationToken cancel)
    {
        var path = Path.Combine(Root, name + ".lock");
        while (true)
        {
            try
            {
                // The file stays: deleting it would let a third process lock a new file of the same name.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(LockPoll, cancel);
            }
            catch (UnauthorizedAccessException failure)
            {
                throw Unwritable(failure);
            }
        }
    }

    private static UnobservedException Unwritable(Exception failure) =>
        new(
            "there is no folder to keep PostgreSQL builds in",
            "a folder that can be written",
            failure.Message,
            "set SYMPHONY_CACHE to one",
            failure
        );

    private static string Choose(Func<string, string?> environment)
    {
        if (environment("SYMPHONY_CACHE") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        if (Environment.IsPrivilegedProcess)
        {
            return "/var/cache/symphony";
        }

        // Not verified: of a home that is not there the framework says nothing, and the working directory would be one.
        return environment("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? Path.Combine(xdg, "symphony")
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.UserProfile,
                    Environment.SpecialFolderOption.DoNotVerify
                ),
                ".cache",
                "symphony"
            );
    }
}
