namespace Symphony.Evidence;

/// <summary>
/// A run's files under temporary names. Everything is on the disk before the first file appears, so a disk that fills
/// up on the way leaves all as it was.
/// </summary>
internal sealed class StagedRun(EvidenceStore store, string runId) : IDisposable
{
    private readonly CanonicalWriter _json = new();
    private readonly List<StagedFile> _files = [];
    private readonly MadeFolders _made = new();
    private StagedFile? _document;
    private bool _published;

    public CheckDrafts? Drafts { get; init; }

    public BundleReference Add(BundleDraft draft)
    {
        var path = EvidenceStore.BundlePath(runId, draft.Key);
        IReadOnlyList<string> places = draft.Head.LeftOut.Count == 0 ? [path, draft.Key.ToPath()] : [path];
        var digest = Stage(places, sink => BundleWriter.Write(_json, draft, Drafts, sink));
        return new BundleReference(path, digest, draft.Key.TaskId, draft.Key.FailureSignature, draft.Head.Verdict);
    }

    /// <returns>Lower-case hex SHA-256 of the document.</returns>
    public string Add(RunDocument run)
    {
        var digest = Stage([EvidenceStore.RunPath(runId)], sink => RunWriter.Write(_json, run, sink));
        _document = _files[^1];
        return digest;
    }

    /// <returns>Lower-case hex SHA-256 of the statement.</returns>
    public string AddStatement(byte[] envelope) =>
        Stage(
            [EvidenceStore.StatementPath(runId)],
            sink =>
            {
                _json.Output.Write(envelope);
                sink.Take(_json.Output);
            }
        );

    /// <summary>The other files appear, are made to last, and only then does run.json.</summary>
    public void Publish()
    {
        _published = true;
        Publish([.. _files.Where(file => file != _document)]);
        Publish([_document!]);
    }

    public void Dispose()
    {
        _json.Dispose();
        foreach (var file in _files)
        {
            file.Dispose();
        }

        if (!_published)
        {
            // A run that wrote nothing leaves no folder.
            _made.RemoveEmpty();
        }
    }

    private void Publish(IReadOnlyList<StagedFile> files)
    {
        foreach (var file in files)
        {
            file.Publish();
        }

        // A new name is on the disk once its folder is.
        foreach (var folder in files.SelectMany(file => FoldersTo(file.Folder)).Distinct())
        {
            DirectoryFlush.Flush(folder);
        }
    }

    private string Stage(IReadOnlyList<string> places, Action<EvidenceSink> write)
    {
        var files = new List<StagedFile>();
        foreach (var place in places)
        {
            var path = store.PathToWrite(place);
            _made.Expect(Path.GetDirectoryName(path)!);
            files.Add(new StagedFile(path));
            _files.Add(files[^1]);
        }

        using var sink = new EvidenceSink([.. files.Select(file => file.Stream)]);
        write(sink);
        files.ForEach(file => file.Complete());
        return sink.Digest();
    }

    /// <summary>The folder and those around it, up to the store's own.</summary>
    private IEnumerable<string> FoldersTo(string folder)
    {
        for (var at = folder; at.Length > store.Root.Length; at = Path.GetDirectoryName(at)!)
        {
            yield return at;
        }

        yield return store.Root;
    }
}
