namespace Symphony.Evidence;

/// <summary>
/// A run's files under temporary names. Everything is on the disk before the first file appears, so a disk that fills
/// up on the way leaves all as it was.
/// </summary>
internal sealed class StagedRun(EvidenceStore store, string runId) : IDisposable
{
    private readonly CanonicalWriter _json = new();
    private readonly List<StagedFile> _files = [];
    private readonly Dictionary<EvidenceKey, StagedBundle> _begun = [];
    private readonly MadeFolders _made = new();
    private StagedFile? _document;
    private bool _published;

    public CheckDrafts? Drafts { get; init; }

    /// <summary>Writes the bundle's checks; what stands behind them may become another until it is added.</summary>
    public void Begin(BundleDraft draft) => Start(draft).Flush();

    public BundleReference Add(BundleDraft draft)
    {
        using var bundle = _begun.GetValueOrDefault(draft.Key) ?? Start(draft);
        _begun.Remove(draft.Key);
        var digest = bundle.Complete(draft.Head);
        return new BundleReference(
            EvidenceStore.BundlePath(runId, draft.Key),
            digest,
            draft.Key.TaskId,
            draft.Key.FailureSignature,
            draft.Head.Verdict
        );
    }

    /// <returns>Lower-case hex SHA-256 of the document.</returns>
    public string Add(RunDocument run)
    {
        var digest = Stage(EvidenceStore.RunPath(runId), sink => RunWriter.Write(_json, run, sink));
        _document = _files[^1];
        return digest;
    }

    /// <returns>Lower-case hex SHA-256 of the statement.</returns>
    public string AddStatement(byte[] envelope) =>
        Stage(
            EvidenceStore.StatementPath(runId),
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
        foreach (var bundle in _begun.Values)
        {
            bundle.Dispose();
        }

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

    private string Stage(string place, Action<EvidenceSink> write)
    {
        var file = Open(place);
        using var sink = new EvidenceSink([file.Stream]);
        write(sink);
        file.Complete();
        return sink.Digest();
    }

    private StagedBundle Start(BundleDraft draft)
    {
        var bundle = Open(draft);
        _begun.Add(draft.Key, bundle);
        bundle.WriteChecks(draft, Drafts);
        return bundle;
    }

    /// <summary>Half a verdict does not replace a whole one: it is in the run's folder only.</summary>
    private StagedBundle Open(BundleDraft draft)
    {
        var path = EvidenceStore.BundlePath(runId, draft.Key);
        IReadOnlyList<string> places = draft.Head.LeftOut.Count == 0 ? [path, draft.Key.ToPath()] : [path];
        return new StagedBundle([.. places.Select(Open)]);
    }

    private StagedFile Open(string place)
    {
        var path = store.PathToWrite(place);
        _made.Expect(Path.GetDirectoryName(path)!);
        var file = new StagedFile(path);
        _files.Add(file);
        return file;
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
