namespace Symphony.Manifests.Yaml;

/// <summary>The entries of a mapping while it is being read. Of a key that stands twice, the first is kept.</summary>
internal sealed class YamlEntries(ProblemList problems)
{
    /// <summary>Up to here, comparing with every key is quicker than hashing them.</summary>
    private const int SmallCount = 12;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, YamlScalar>? _keys;

    public void Add(YamlScalar key, YamlNode value)
    {
        if (FirstLike(key) is { } first)
        {
            problems.Add(
                key,
                "each key once",
                $"a second {Shown.Quote(key.Text)}",
                $"the first is on line {first.Line}, column {first.Column}"
            );
            return;
        }

        _entries.Add(new YamlEntry(key, value));
        if (_keys is null && _entries.Count > SmallCount)
        {
            _keys = _entries.ToDictionary(entry => entry.Key.Text, entry => entry.Key);
        }

        _keys?.TryAdd(key.Text, key);
    }

    public IReadOnlyList<YamlEntry> ToList() => _entries;

    private YamlScalar? FirstLike(YamlScalar key)
    {
        if (_keys is not null)
        {
            return _keys.GetValueOrDefault(key.Text);
        }

        foreach (var entry in _entries)
        {
            if (entry.Key.Text == key.Text)
            {
                return entry.Key;
            }
        }

        return null;
    }
}
