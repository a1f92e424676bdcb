using System.Text;

namespace Symphony.Sql;

/// <summary>Text in which parts may stand in SQL double quotes: names with dots, lists with commas, types with brackets.</summary>
internal static class QuotedText
{
    /// <summary>Every character outside of double quotes, and how many brackets it stands in; a bracket stands in itself.</summary>
    public static IEnumerable<(int At, int Depth)> Bare(string text)
    {
        var quoted = false;
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            if (quoted || text[at] == '"')
            {
                continue;
            }

            depth += text[at] == '(' ? 1 : 0;
            yield return (at, depth);
            depth -= text[at] == ')' ? 1 : 0;
        }
    }

    /// <summary>The parts between the separators that stand outside of double quotes.</summary>
    /// <param name="nested">Separators inside brackets separate as well.</param>
    public static List<string> Split(string text, char separator, bool nested = true)
    {
        // Nearly all text is plain.
        if (nested && !text.Contains('"', StringComparison.Ordinal))
        {
            return [.. text.Split(separator)];
        }

        var parts = new List<string>();
        var start = 0;
        foreach (var (at, depth) in Bare(text))
        {
            if (text[at] == separator && (nested || depth == 0))
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>What a part says: itself, or what stands between its double quotes; null where they are misplaced or hold nothing.</summary>
    public static string? Unquote(string part)
    {
        if (!part.StartsWith('"'))
        {
            return part.Length > 0 && !part.Contains('"', StringComparison.Ordinal) ? part : null;
        }

        var name = new StringBuilder(part.Length);
        for (var at = 1; at < part.Length; at++)
        {
            if (part[at] == '"')
            {
                if (at == part.Length - 1)
                {
                    return name.Length > 0 ? name.ToString() : null;
                }

                if (part[++at] != '"')
                {
                    return null;
                }
            }

            name.Append(part[at]);
        }

        return null;
    }
}
