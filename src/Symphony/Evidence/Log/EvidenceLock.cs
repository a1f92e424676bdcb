namespace Symphony.Evidence.Log;

/// <summary>
/// Who may publish in an evidence folder: one process at a time, so that the order of the log is the order in which
/// bundles became the newest of their key. The operating system frees it when its holder ends, however it ends.
/// </summary>
internal sealed class EvidenceLock : IDisposable
{
    public const string FileName = ".lock";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly FileStream _file;

    private EvidenceLock(FileStream file) => _file = file;

    /// <param name="root">The evidence folder.</param>
    /// <param name="patience">Publishing takes milliseconds: who waits longer waits for something that hangs.</param>
    /// <param name="clock">Measures the patience.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="UnobservedException">Another process held it for too long.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static async Task<EvidenceLock> TakeAsync(
        string root,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var path = Path.Combine(root, FileName);
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new EvidenceLock(Open(path));
            }
            catch (IOException held) when (File.Exists(path))
            {
                if (clock.GetElapsedTime(began) > patience)
                {
                    throw new UnobservedException(
                        "the evidence was not written, so the run proves nothing",
                        $"the lock of the evidence folder: {path}",
                        held.Message,
                        "end the process that holds it, then run again",
                        held
                    );
                }
            }

            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>
    /// The folder while nobody publishes in it, for as long as its readers take to read the files that a later run
    /// replaces. Where another holds it for too long, or there is no lock to take, it is read as it is.
    /// </summary>
    public static IDisposable? TakeToRead(string root) =>
        AdvisoryLock.Take(
            Path.Combine(root, FileName),
            toWrite: false,
            TimeSpan.FromSeconds(30),
            TimeProvider.System,
            CancellationToken.None
        );

    public void Dispose() => _file.Dispose();

    /// <summary>FileShare.None is flock(2) on Unix. To open a pipe only for writing would wait for its reader.</summary>
    private static FileStream Open(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw NoFile(path, "a symbolic link");
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw NoFile(path, "a pipe or a device");
    }

    private static InputException NoFile(string path, string found) =>
        new(
            "the lock of the evidence folder cannot be used",
            $"a file of its own, or none: {path}",
            found,
            "look at who put it there; remove it, or choose another folder with --evidence"
        );
}
