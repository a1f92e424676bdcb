namespace Symphony.Evidence;

/// <summary>A bundle's files while they are written: the checks first, and the rest once it is known.</summary>
internal sealed class StagedBundle(IReadOnlyList<StagedFile> files) : IDisposable
{
    private readonly CanonicalWriter _json = new();
    private readonly EvidenceSink _sink = new([.. files.Select(file => file.Stream)]);

    public void WriteChecks(BundleDraft draft, CheckDrafts? drafts) =>
        BundleWriter.WriteChecks(_json, draft, drafts, _sink);

    /// <summary>What was written is on the disk then, and the little that follows will be there sooner.</summary>
    public void Flush()
    {
        foreach (var file in files)
        {
            file.Flush();
        }
    }

    /// <returns>Lower-case hex SHA-256 of the bundle.</returns>
    public string Complete(Bundle head)
    {
        BundleWriter.WriteHead(_json, head, _sink);
        foreach (var file in files)
        {
            file.Complete();
        }

        return _sink.Digest();
    }

    public void Dispose()
    {
        _json.Dispose();
        _sink.Dispose();
    }
}
