namespace Symphony.Manifests.Yaml;

/// <summary>
/// A value read from a YAML file, with its place in it. Immutable; where the file has an alias, the very node that the
/// anchor names stands in the tree again, so its place is where the text to correct is.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(YamlSpan span) => Span = span;

    public YamlSpan Span { get; }

    public int Line => Span.Line;

    public int Column => Span.Column;

    public int EndLine => Span.EndLine;

    public int EndColumn => Span.EndColumn;

    /// <summary>The levels of lists and mappings from here down, this one included.</summary>
    internal abstract int Height { get; }

    /// <summary>Nodes and characters from here down, aliases written out.</summary>
    internal abstract int Weight { get; }

    /// <summary>What stands here, for the "found" of a problem: "a mapping", "the number 12".</summary>
    public abstract string Describe();

    /// <summary>
    /// The node at a path such as <c>check.expression</c>, <c>columns[1]</c> or <c>values['a.b']</c>;
    /// null where the file has none.
    /// </summary>
    public YamlNode? Find(string path) => YamlPath.Walk(this, path, out var whole) is var node && whole ? node : null;

    /// <summary>As <see cref="Find"/>, or where the path leaves the file, the last node on the way.</summary>
    public YamlNode FindNearest(string path) => YamlPath.Walk(this, path, out _);
}
