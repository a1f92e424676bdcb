using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// From events to nodes. After <see cref="ReadNode"/> the parser stands behind the node; a null means that reading
/// stopped, for a reason that is among the problems.
/// </summary>
internal sealed class YamlTreeBuilder(
    Parser parser,
    string text,
    string path,
    ProblemList problems,
    YamlItems? items = null
)
{
    private readonly YamlAnchors _anchors = new();
    private readonly bool _hasTabs = text.Contains('\t', StringComparison.Ordinal);
    private int _nodes;

    /// <summary>Gets the items of the list that is read next; null for one that goes into the tree.</summary>
    private Action<YamlNode>? _take;

    /// <summary>
    /// Where the last thing that was read ended. A block has no end of its own: the parser sees it only at the next
    /// token, which may stand many comments further down.
    /// </summary>
    private (int Line, int Column) _end;

    /// <summary>False when something was left out of the tree that the file's author meant to be in it.</summary>
    public bool IsFaithful { get; private set; } = true;

    public YamlNode? ReadNode(int depth)
    {
        var at = parser.Current!;
        if (depth > YamlLimits.Depth && at is (SequenceStart or MappingStart))
        {
            return Stop(at, $"at most {YamlLimits.Depth} levels of lists and mappings", "a deeper one");
        }

        if (++_nodes > YamlLimits.Nodes)
        {
            return Stop(at, $"at most {YamlLimits.Nodes} values in a file", "more", "split it into several files");
        }

        return at switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadSequence(start, depth),
            MappingStart start => ReadMapping(start, depth),
            AnchorAlias alias => ReadAlias(alias, depth),
            _ => Stop(at, "a value", "none"),
        };
    }

    private YamlNode? ReadScalar(Scalar scalar)
    {
        if (scalar.Value.Length > YamlLimits.ScalarLength)
        {
            return Stop(
                scalar,
                $"a text of at most {YamlLimits.ScalarLength} characters",
                $"{scalar.Value.Length} characters"
            );
        }

        if (scalar.Style == ScalarStyle.DoubleQuoted && YamlSyntax.UnusableEscape(scalar.Value) is { } escaped)
        {
            Report(scalar, "text that PostgreSQL and JSON can hold", escaped);
        }

        CheckTag(scalar, "tag:yaml.org,2002:str");
        MoveBehind(scalar.End.Line, scalar.End.Column);
        var isPlain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
        return _anchors.Define(scalar.Anchor, new YamlScalar(scalar.Value, isPlain, SpanFrom(scalar)));
    }

    private YamlNode? ReadSequence(SequenceStart start, int depth)
    {
        var isBlock = start.Style == SequenceStyle.Block;
        Open(start, isBlock, "tag:yaml.org,2002:seq");
        var kept = new List<YamlNode>();
        var take = _take ?? kept.Add;
        _take = null;
        while (parser.Current is not SequenceEnd)
        {
            CheckIndentation(parser.Current!, isBlock, beforeAnItem: true);
            if (ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            take(item);
        }

        Close(isBlock);
        return _anchors.Define(start.Anchor, new YamlSequence(kept, SpanFrom(start)));
    }

    private YamlNode? ReadMapping(MappingStart start, int depth)
    {
        var isBlock = start.Style == MappingStyle.Block;
        Open(start, isBlock, "tag:yaml.org,2002:map");
        var entries = new YamlEntries(problems);
        while (parser.Current is not MappingEnd)
        {
            var keyEvent = parser.Current!;
            CheckIndentation(keyEvent, isBlock);
            if (ReadNode(depth + 1) is not { } key)
            {
                return null;
            }

            var isMissing =
                parser.Current is Scalar { Value.Length: 0, Start: var from, End: var to } && from.Equals(to);
            _take = depth == 1 && IsTaken(key, entries) ? items!.Take : null;
            if (ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (UsableKey(keyEvent, key) is { } name)
            {
                // A value that is not there has no place: the parser gives that of whatever comes next.
                entries.Add(name, isMissing ? new YamlScalar("", isPlain: true, name.Span) : value);
            }
        }

        Close(isBlock);
        return _anchors.Define(start.Anchor, new YamlMapping(entries.ToList(), isFlow: !isBlock, SpanFrom(start)));
    }

    /// <summary>An alias could stand for the list again, so one with an anchor goes into the tree.</summary>
    private bool IsTaken(YamlNode key, YamlEntries before) =>
        items is not null
        && key is YamlScalar name
        && name.Text == items.Key
        && parser.Current is SequenceStart { Anchor.IsEmpty: true }
        && items.Begins(new YamlMapping(before.ToList(), isFlow: false, key.Span));

    private YamlNode? ReadAlias(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        MoveBehind(alias.End.Line, alias.End.Column);
        if (_anchors.Find(name) is not { } node)
        {
            IsFaithful = false;
            var (expected, hint) = _anchors.IsOpen(name)
                ? ("a value that does not contain itself", "write the value out")
                : ($"the anchor `&{Shown.Shorten(name)}` further up", "put text that begins with `*` in quotes");
            Report(alias, expected, "the alias " + Shown.Quote("*" + name), hint);
            return new YamlScalar("", isPlain: true, SpanFrom(alias));
        }

        if (depth + node.Height - 1 > YamlLimits.Depth)
        {
            return Stop(alias, $"at most {YamlLimits.Depth} levels of lists and mappings", "an alias of a deeper one");
        }

        return _anchors.TryExpand(node)
            ? node
            : Stop(
                alias,
                $"aliases that stand for at most {YamlLimits.AliasExpansion} characters",
                "more",
                "write the values out, or use fewer of them"
            );
    }

    private YamlScalar? UsableKey(ParsingEvent at, YamlNode key)
    {
        if (at is not Scalar)
        {
            Report(at, "text as a key", at is AnchorAlias ? "an alias" : key.Describe());
        }
        else if (key is YamlScalar { IsPlain: true, Text: "<<" })
        {
            Report(at, "a key", "the merge key `<<`", "YAML 1.2 has none: write the keys out");
        }
        else
        {
            return (YamlScalar)key;
        }

        IsFaithful = false;
        return null;
    }

    private void Open(NodeEvent start, bool isBlock, string tag)
    {
        CheckTag(start, tag);
        CheckIndentation(start, isBlock);
        _anchors.Open(start.Anchor);
        parser.MoveNext();
    }

    private void Close(bool isBlock)
    {
        // Of a flow collection the parser gives the place before the closing bracket.
        var end = isBlock ? _end : ((int)parser.Current!.End.Line, (int)parser.Current.End.Column + 1);
        MoveBehind(end.Item1, end.Item2);
    }

    private void MoveBehind(long line, long column)
    {
        _end = ((int)line, (int)column);
        parser.MoveNext();
    }

    private YamlSpan SpanFrom(ParsingEvent at) =>
        new(path, (int)at.Start.Line, (int)at.Start.Column, _end.Line, _end.Column);

    /// <summary>Tags are refused, but for those that say what is so without them; <c>!</c> and <c>!!str</c> make text.</summary>
    private void CheckTag(NodeEvent at, string own)
    {
        if (!at.Tag.IsEmpty && at.Tag.Value != own && at.Tag.Value != "!")
        {
            Report(at, "no tag", "the tag " + Shown.Quote(at.Tag.Value), "leave it out");
        }
    }

    /// <summary>YamlDotNet counts a tab as one blank in some places; YAML (section 6.1) has no tabs in indentation.</summary>
    private void CheckIndentation(ParsingEvent at, bool isBlock, bool beforeAnItem = false)
    {
        if (!_hasTabs || !isBlock)
        {
            return;
        }

        var before = text.AsSpan((int)(at.Start.Index - (at.Start.Column - 1)), (int)at.Start.Column - 1);
        // What separates a dash from a plain item is not indentation, and may be a tab.
        var indentation = beforeAnItem ? before[..^before.TrimStart(" \t").Length] : before;
        var tab = indentation.IndexOf('\t');
        if (tab >= 0)
        {
            problems.Add(YamlSyntax.TabProblem(path, (int)at.Start.Line, tab + 1));
        }
    }

    private void Report(ParsingEvent at, string expected, string found, string? hint = null) =>
        problems.Add(new Problem(path, (int)at.Start.Line, (int)at.Start.Column, expected, found, hint));

    private YamlNode? Stop(ParsingEvent at, string expected, string found, string? hint = null)
    {
        Report(at, expected, found, hint);
        return null;
    }
}
