namespace Symphony.Evidence;

/// <summary>
/// The evidence folder: <c>TASK/SIGNATURE.json</c> is a key's newest bundle; <c>runs/RUN_ID/</c> holds each run's own
/// bundles and, written last, its run.json. A run's folder without run.json is of a run that was killed, or is still
/// under way.
/// </summary>
public sealed class EvidenceStore
{
    private EvidenceStore(string root) => Root = root;

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>
    /// Tries the folder, before anything is verified that could not be recorded, and leaves nothing: a run that is
    /// interrupted has written nothing.
    /// </summary>
    /// <exception cref="InputException">It cannot be a folder, or may not be written.</exception>
    public static EvidenceStore Open(string folder)
    {
        var store = new EvidenceStore(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var made = new MadeFolders();
        try
        {
            var path = store.PathToWrite("runs/trial");
            made.Expect(Path.GetDirectoryName(path)!);
            if (FileOnTheWay(path) is { } file)
            {
                throw new IOException($"{file} is a file");
            }

            using (new StagedFile(path))
            {
                return store;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw store.Refused(failure);
        }
        finally
        {
            made.RemoveEmpty();
        }
    }

    /// <summary>The framework would tell of a folder that is not there.</summary>
    private static string? FileOnTheWay(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && !File.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    /// <summary>The full path of a path that a document gives.</summary>
    public string FullPath(string relative) => Path.GetFullPath(relative, Root);

    /// <summary>
    /// The same, to be written. The evidence folder may be a link, for its owner chose it; a link inside it would lead
    /// what is written to where somebody else wants it.
    /// </summary>
    /// <exception cref="InputException">A folder on the way is a link.</exception>
    internal string PathToWrite(string relative)
    {
        var path = FullPath(relative);
        for (
            var folder = Path.GetDirectoryName(path)!;
            folder.Length > Root.Length;
            folder = Path.GetDirectoryName(folder)!
        )
        {
            if (new DirectoryInfo(folder).LinkTarget is { } target)
            {
                throw Refused(new IOException($"{folder} is a symbolic link to {target}"));
            }
        }

        return path;
    }

    /// <summary>Everything of one run stands here, reports and signatures too.</summary>
    public static string RunFolder(string runId) => $"runs/{runId}";

    public static string RunPath(string runId) => $"{RunFolder(runId)}/run.json";

    /// <summary>The run's signature, where it was signed.</summary>
    public static string StatementPath(string runId) => $"{RunFolder(runId)}/{Signing.DsseEnvelope.FileName}";

    public static string BundlePath(string runId, EvidenceKey key) => $"{RunFolder(runId)}/{key.ToPath()}";

    /// <summary>A failure of the file system in words: what is not allowed is the caller's, what a disk does is not.</summary>
    internal SymphonyException Describe(Exception failure) =>
        failure is UnauthorizedAccessException
            ? Refused(failure)
            : new UnobservedException(
                "the evidence was not written, so the run proves nothing",
                $"room on a working disk for {Root}",
                failure.Message,
                "free space or repair the disk, or choose another folder with --evidence, then run again",
                failure
            );

    private InputException Refused(Exception failure) =>
        new(
            "evidence cannot be written",
            $"a folder that this user may write: {Root}",
            failure.Message,
            "correct --evidence, or the folder's owner and permissions",
            failure
        );
}
