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
    /// <returns>Null where the run is not beside it.</returns>
    public static RunDocument? OfBundle(string path, string sha256)
    {
        // TASK/SIGNATURE.json, in a run's folder or in the evidence folder.
        if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path))) is not { } folder)
        {
            return null;
        }

        return File.Exists(Path.Combine(folder, "run.json"))
            ? Read(folder, "run.json")
            : In(folder).LastOrDefault(run => run.Bundles.Any(bundle => bundle.Sha256 == sha256));
    }

    private static RunDocument? Read(string folder, string name) =>
        File.Exists(Path.Combine(folder, name))
            ? new DocumentReader(folder, new Examination())
                .Read(name, EvidenceJson.Default.RunDocument, run => run.Schema, RunDocument.Identifier)
                ?.Value
            : null;
}
