using YamlDotNet.Core;

namespace Symphony.Manifests.Yaml;

/// <summary>The anchors of a file as far as it has been read, and how much its aliases have stood for.</summary>
internal sealed class YamlAnchors
{
    /// <summary>Null under a name whose value is still being read: an alias of it would contain itself.</summary>
    private readonly Dictionary<string, YamlNode?> _nodes = [];

    private long _expanded;

    public void Open(AnchorName name)
    {
        if (!name.IsEmpty)
        {
            _nodes[name.Value] = null;
        }
    }

    /// <summary>A name may be given again; aliases stand for the last before them.</summary>
    public YamlNode Define(AnchorName name, YamlNode node)
    {
        if (!name.IsEmpty)
        {
            _nodes[name.Value] = node;
        }

        return node;
    }

    public YamlNode? Find(string name) => _nodes.GetValueOrDefault(name);

    public bool IsOpen(string name) => _nodes.TryGetValue(name, out var node) && node is null;

    /// <summary>False when the aliases of the file now stand for more than <see cref="YamlLimits.AliasExpansion"/>.</summary>
    public bool TryExpand(YamlNode node)
    {
        _expanded += node.Weight;
        return _expanded <= YamlLimits.AliasExpansion;
    }
}
