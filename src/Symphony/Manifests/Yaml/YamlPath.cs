using System.Globalization;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// Paths into a tree as this program and System.Text.Json write them: <c>a.b[1]</c>, <c>$.a['b.c'][1]</c>.
/// </summary>
internal static class YamlPath
{
    /// <summary>The last node on the path that is there; <paramref name="whole"/> when that is the path's end.</summary>
    public static YamlNode Walk(YamlNode root, string path, out bool whole)
    {
        var node = root;
        var rest = path.AsSpan();
        if (rest is ['$', ..])
        {
            rest = rest[1..];
        }

        while (!rest.IsEmpty)
        {
            if (Step(node, ref rest) is not { } next)
            {
                whole = false;
                return node;
            }

            node = next;
        }

        whole = true;
        return node;
    }

    private static YamlNode? Step(YamlNode node, ref ReadOnlySpan<char> rest)
    {
        var inBrackets = rest[0] == '[';
        if (inBrackets)
        {
            var quoted = rest is ['[', '\'', ..];
            var length = quoted ? rest.IndexOf("']") + 2 : rest.IndexOf(']') + 1;
            if (length < 3)
            {
                return null;
            }

            var inside = quoted ? rest[2..(length - 2)] : rest[1..(length - 1)];
            rest = rest[length..];
            return quoted ? (node as YamlMapping)?[inside.ToString()] : ItemAt(node, inside);
        }

        var name = rest[0] == '.' ? rest[1..] : rest;
        var end = name.IndexOfAny('.', '[');
        var key = end < 0 ? name : name[..end];
        rest = name[key.Length..];
        return (node as YamlMapping)?[key.ToString()];
    }

    private static YamlNode? ItemAt(YamlNode node, ReadOnlySpan<char> index) =>
        node is YamlSequence sequence
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at < sequence.Items.Count
            ? sequence.Items[at]
            : null;
}
