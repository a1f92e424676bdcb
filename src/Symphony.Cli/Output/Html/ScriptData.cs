using System.Buffers;

namespace Symphony.Cli.Output.Html;

/// <summary>
/// A JSON document inside a script element that is data. The document is the evidence's own text; the characters that
/// HTML and scripts give a meaning stand only inside its strings, where an escape means the same.
/// </summary>
internal static class ScriptData
{
    /// <summary>And the marks that turn the reading direction: whoever reads the page's source sees them.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "<>&\u2028\u2029\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    );

    public static void Write(TextWriter output, string name, string json)
    {
        output.Write($"<script type=\"application/json\" data-document=\"{name}\">");
        var rest = json.AsSpan();
        while (rest.IndexOfAny(Escaped) is var at and >= 0)
        {
            output.Write(rest[..at]);
            output.Write($"\\u{(int)rest[at]:x4}");
            rest = rest[(at + 1)..];
        }

        output.Write(rest);
        output.Write("</script>\n");
    }
}
