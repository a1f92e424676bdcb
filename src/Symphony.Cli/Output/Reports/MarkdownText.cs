using System.Globalization;
using System.Text;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// Text in GitHub's Markdown that stays text. Character references cannot stand for markup (CommonMark 2.5), nor for
/// the bar between a table's cells; in a code element nobody is mentioned and no number becomes a link.
/// </summary>
internal static class MarkdownText
{
    private const string Markup = "&<>\\`*{}[]|~$#@!^";

    /// <summary>A name or a sentence, inside a line or a table's cell.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"<code>{Escape(text)}</code>";

    public static string Escape(string text)
    {
        var safe = TerminalText.Escape(text);
        var escaped = new StringBuilder(safe.Length);
        for (var i = 0; i < safe.Length; i++)
        {
            if (Markup.Contains(safe[i], StringComparison.Ordinal) || IsEmphasis(safe, i) || IsAddress(safe, i))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)safe[i]};");
            }
            else
            {
                escaped.Append(safe[i]);
            }
        }

        return escaped.ToString();
    }

    /// <summary>SQL between fences that no line of it can close.</summary>
    public static string SqlBlock(IEnumerable<string> statements)
    {
        var sql = TerminalText.EscapeLines(string.Join('\n', statements));
        var fence = new string('`', Math.Max(3, LongestRun(sql, '`') + 1));
        return $"{fence}sql\n{sql}\n{fence}";
    }

    /// <summary>Within a word an underscore is only that.</summary>
    private static bool IsEmphasis(string text, int at) =>
        text[at] == '_'
        && !(
            at > 0
            && at + 1 < text.Length
            && char.IsAsciiLetterOrDigit(text[at - 1])
            && char.IsAsciiLetterOrDigit(text[at + 1])
        );

    /// <summary>GitHub makes a link of www. and of http:// without any markup, and a picture of :word:.</summary>
    private static bool IsAddress(string text, int at) =>
        (text[at] == '.' && text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase))
        || (text[at] == ':' && at + 1 < text.Length && (text[at + 1] == '/' || char.IsLetter(text[at + 1])));

    private static int LongestRun(string text, char character)
    {
        var (longest, run) = (0, 0);
        foreach (var one in text)
        {
            run = one == character ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
