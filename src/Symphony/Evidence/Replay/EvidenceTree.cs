namespace Symphony.Evidence.Replay;

/// <summary>What files a folder of evidence has. Links are findings and are not followed.</summary>
internal sealed class EvidenceTree
{
    /// <summary>runs/RUN/TASK/SIGNATURE.json, and a little more: nothing of ours is deeper.</summary>
    private const int Deepest = 6;

    private const string Runs = "runs/";

    private readonly List<string> _files = [];
    private readonly SortedSet<string> _runs = new(StringComparer.Ordinal);

    private EvidenceTree() { }

    /// <summary>All files below the folder, with forward slashes, in their order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The folders below <c>runs</c>.</summary>
    public IReadOnlyCollection<string> RunIds => _runs;

    /// <summary>The folder is a run's own.</summary>
    public bool IsOneRun => _files.Contains("run.json", StringComparer.Ordinal);

    /// <summary>The files of a run, below its folder.</summary>
    public IReadOnlyList<string> FilesOfRun(string id) =>
        [
            .. _files
                .Where(file => file.StartsWith($"{Runs}{id}/", StringComparison.Ordinal))
                .Select(file => file[(Runs.Length + id.Length + 1)..]),
        ];

    /// <summary>The key that <c>TASK/SIGNATURE.json</c> is filed under; null for any other path.</summary>
    public static EvidenceKey? KeyOf(string file) =>
        file.Split('/') is [var task, var name]
        && name.EndsWith(".json", StringComparison.Ordinal)
        && RunExamination.KeyPath(task, name[..^".json".Length]) is not null
            ? new EvidenceKey(task, name[..^".json".Length])
            : null;

    /// <exception cref="InputException">The folder is not there, or cannot be listed.</exception>
    public static EvidenceTree Read(string root, Examination examination) => Read(root, examination, Deepest);

    /// <summary>Without what is in its folders.</summary>
    /// <inheritdoc cref="Read(string, Examination)"/>
    public static EvidenceTree ReadTop(string root, Examination examination) => Read(root, examination, 0);

    private static EvidenceTree Read(string root, Examination examination, int deepest)
    {
        var tree = new EvidenceTree();
        try
        {
            tree.Add(new DirectoryInfo(root), "", deepest, examination);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "the evidence cannot be read",
                $"a folder whose files can be listed: {root}",
                failure.Message,
                "name the evidence folder, a run's folder below it, or one bundle",
                failure
            );
        }

        tree._files.Sort(StringComparer.Ordinal);
        return tree;
    }

    private void Add(DirectoryInfo folder, string path, int deeper, Examination examination)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var name = path + entry.Name;
            if (IsLink(entry) is not { } isLink)
            {
                continue;
            }

            if (isLink)
            {
                examination.Find(name, "", "a file or folder of its own", "a symbolic link, which is not followed");
            }
            else if (entry is not DirectoryInfo below)
            {
                _files.Add(name);
            }
            else if (deeper > 0)
            {
                if (path == Runs)
                {
                    _runs.Add(entry.Name);
                }

                AddBelow(below, name + "/", deeper - 1, examination);
            }
            else if (path.Length > 0)
            {
                examination.Find(name, "", "no folders this deep", "one more");
            }
        }
    }

    private void AddBelow(DirectoryInfo folder, string path, int deeper, Examination examination)
    {
        try
        {
            Add(folder, path, deeper, examination);
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(folder.FullName))
        {
            // A run that came to nothing has removed its empty folder.
        }
    }

    /// <summary>Null for a temporary file that is no longer there: a run has renamed or removed it meanwhile.</summary>
    private static bool? IsLink(FileSystemInfo entry)
    {
        try
        {
            return entry.LinkTarget is not null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
