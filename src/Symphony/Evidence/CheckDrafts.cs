using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>
/// Documents of checks, written while the rest of the run is still under way. A document is found by its check itself,
/// not by one that is equal: a check that became another since is written anew.
/// </summary>
internal sealed class CheckDrafts : IDisposable
{
    /// <summary>Bytes that are kept in one piece, small enough for the collector to give back piece by piece.</summary>
    private const int Block = 64 * 1024;

    private readonly Dictionary<CheckResult, Place> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<byte[]> _full = [];
    private readonly CanonicalWriter _json = new();

    /// <summary>Not for several threads at once.</summary>
    public void Add(CheckResult check)
    {
        if (_json.Output.Length >= Block)
        {
            _full.Add(_json.Output.Written.ToArray());
            _json.Output.Clear();
        }

        var start = _json.Output.Length;
        CheckWriter.Write(_json, check);
        _places[check] = new Place(_full.Count, start, _json.Output.Length - start);
    }

    /// <summary>The check's document; empty when it has to be written.</summary>
    internal ReadOnlySpan<byte> Find(CheckResult check) =>
        _places.TryGetValue(check, out var place)
            ? (place.Block < _full.Count ? _full[place.Block] : _json.Output.Written).Slice(place.Start, place.Length)
            : [];

    public void Dispose() => _json.Dispose();

    /// <summary>A class, for a dictionary of structs would wait for the just-in-time compiler.</summary>
    private sealed record Place(int Block, int Start, int Length);
}
