using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// Reads a manifest's invariants on a thread beside the one that parses the file, and lets go of their nodes: of a file
/// of ten thousand, parsing is most of the time and the nodes are most of the memory. Only for what is right: where
/// anything is not, the file is read again as a whole, and that reading's problems are told.
/// </summary>
/// <param name="read">Reads invariants by what stands at the head; null where the head is not right.</param>
internal sealed class InvariantsAhead(Func<YamlMapping, Func<YamlNode, Invariant?>?> read)
{
    /// <summary>Invariants that are handed over together.</summary>
    private const int Share = 256;

    private readonly List<Invariant> _invariants = [];
    private Func<YamlNode, Invariant?>? _reader;
    private List<YamlNode> _share = [];
    private Task _work = Task.CompletedTask;

    public YamlItems Items => new("invariants", Begin, Take);

    /// <summary>What was read, in order. Nothing is being read any more then.</summary>
    public IReadOnlyList<Invariant> Finish()
    {
        if (_share.Count > 0)
        {
            HandOver();
        }

        _work.GetAwaiter().GetResult();
        return _invariants;
    }

    /// <summary>A second list of that name is a problem, and the first one is perhaps still being read.</summary>
    private bool Begin(YamlMapping before) => _reader is null && (_reader = read(before)) is not null;

    private void Take(YamlNode node)
    {
        _share.Add(node);
        if (_share.Count == Share)
        {
            HandOver();
        }
    }

    private void HandOver()
    {
        var share = _share;
        _share = [];
        _work = _work.ContinueWith(
            before =>
            {
                before.GetAwaiter().GetResult();
                _invariants.AddRange(share.Select(_reader!).OfType<Invariant>());
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }
}
