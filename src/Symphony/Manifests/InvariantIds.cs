using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>The ids of all manifests of a run: each may be there once, also where its invariant has another problem.</summary>
internal sealed class InvariantIds(ProblemList problems)
{
    private readonly Dictionary<string, (string File, int Line)> _first = new(StringComparer.Ordinal);

    /// <summary>All of another list, or none when one of them is there already.</summary>
    public bool TryTake(InvariantIds others)
    {
        if (others._first.Keys.Any(_first.ContainsKey))
        {
            return false;
        }

        foreach (var (id, place) in others._first)
        {
            _first.Add(id, place);
        }

        return true;
    }

    public void Add(YamlScalar id)
    {
        if (!_first.TryAdd(id.Text, (id.Span.File, id.Line)))
        {
            var (file, line) = _first[id.Text];
            problems.Add(
                id,
                "an id of its own, unique over all manifests",
                $"{Shown.Quote(id.Text)}, the id of {file}:{line}"
            );
        }
    }
}
