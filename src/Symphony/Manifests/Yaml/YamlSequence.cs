namespace Symphony.Manifests.Yaml;

public sealed class YamlSequence : YamlNode
{
    public YamlSequence(IReadOnlyList<YamlNode> items, YamlSpan span)
        : base(span)
    {
        Items = items;
        (Height, Weight) = (1, 1);
        foreach (var item in items)
        {
            Height = Math.Max(Height, item.Height + 1);
            Weight += item.Weight;
        }
    }

    public IReadOnlyList<YamlNode> Items { get; }

    internal override int Height { get; }

    internal override int Weight { get; }

    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}
