using System.Diagnostics.CodeAnalysis;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// A key with its own place, and what stands under it. A class, because lists of our own structs have no precompiled
/// code, and compiling it costs more than reading most manifests.
/// </summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Entries in the order of the file. No key stands twice.</summary>
public sealed class YamlMapping : YamlNode
{
    /// <summary>Up to here, looking through the entries is quicker than a dictionary of them.</summary>
    private const int SmallCount = 12;

    private readonly Dictionary<string, YamlEntry>? _index;

    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public YamlMapping(IReadOnlyList<YamlEntry> entries, bool isFlow, YamlSpan span)
        : base(span)
    {
        (Entries, IsFlow) = (entries, isFlow);
        _index = entries.Count > SmallCount ? entries.ToDictionary(entry => entry.Key.Text) : null;
        (Height, Weight) = (1, 1);
        foreach (var (key, value) in entries)
        {
            Height = Math.Max(Height, value.Height + 1);
            Weight += key.Weight + value.Weight;
        }
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>Written between { and }, where a comma ends a value.</summary>
    public bool IsFlow { get; }

    internal override int Height { get; }

    internal override int Weight { get; }

    public YamlNode? this[string key] => TryGet(key, out var entry) ? entry.Value : null;

    public bool TryGet(string key, [NotNullWhen(true)] out YamlEntry? entry)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out entry);
        }

        foreach (var candidate in Entries)
        {
            if (candidate.Key.Text == key)
            {
                entry = candidate;
                return true;
            }
        }

        entry = null;
        return false;
    }

    /// <summary>The same mapping without some of its keys, for a reader who has dealt with those.</summary>
    public YamlMapping Without(params ReadOnlySpan<string> keys)
    {
        var left = new List<YamlEntry>(Entries.Count);
        foreach (var entry in Entries)
        {
            if (!keys.Contains(entry.Key.Text))
            {
                left.Add(entry);
            }
        }

        return new YamlMapping(left, IsFlow, Span);
    }

    /// <summary>The same mapping with entries that stand elsewhere.</summary>
    /// <exception cref="ArgumentException">A key stands here already.</exception>
    public YamlMapping With(IEnumerable<YamlEntry> more) => new([.. Entries, .. more], IsFlow, Span);

    public override string Describe() => Entries.Count == 0 ? "an empty mapping" : "a mapping";
}
