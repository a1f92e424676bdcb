namespace Symphony.Evidence.Replay;

/// <summary>Finds the runs of an evidence folder, and the one that wrote a bundle.</summary>
internal static class RunSearch
{
    /// <summary>In the order of their beginning, which is that of their names. One that cannot be read is passed over.</summary>
    /// <param name="root">The evidence folder.</param>
    public static IReadOnlyList<RunDocument> In(string root)
    {
        var folder = new DirectoryInfo(Path.Combine(root, "runs"));
        if (!folder.Exists)
        {
            return [];
        }

        return
        [
            .. folder
                .EnumerateDirectories()
                .Select(run => run.Name)
                .Where(RunId.IsOne)
                .Order(StringComparer.Ordinal)
                .Select(id => Read(root, EvidenceStore.RunPath(id)))
                .OfType<RunDocument>()
                .Where(run => RunId.IsOne(run.RunId)),
        ];
    }

    /// <param name="path">The bundle's file: a run's own, or the newest of its key.</param>
    /// <param name="sha256">The digest of its bytes.</param>
    /// <returns>The run and its folder; null where it is not beside the bundle.</returns>
    public static (RunDocument Run, string Folder)? OfBundle(string path, string sha256)
    {
        // TASK/SIGNATURE.json, in a run's folder or in the evidence folder.
        if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path))) is not { } folder)
        {
            return null;
        }

        if (File.Exists(Path.Combine(folder, "run.json")))
        {
            return Read(folder, "run.json") is { } own ? (own, folder) : null;
        }

        return In(folder).LastOrDefault(run => run.Bundles.Any(bundle => bundle.Sha256 == sha256)) is { } newest
            ? (newest, Path.Combine(folder, EvidenceStore.RunFolder(newest.RunId)))
            : null;
    }

    private static RunDocument? Read(string folder, string name) =>
        File.Exists(Path.Combine(folder, name))
            ? new DocumentReader(folder, new Examination())
                .Read(name, EvidenceJson.Default.RunDocument, run => run.Schema, RunDocument.Identifier)
                ?.Value
            : null;
}
