using System.Globalization;
using System.Text;

namespace Symphony.Cli.Output;

/// <summary>
/// Makes text from a server or a file harmless to a terminal and a CI log: control characters, which could move the
/// cursor or begin a command, and the marks that turn the reading direction are shown as escapes.
/// </summary>
internal static class TerminalText
{
    public static string Escape(string text) => Escape(text, keepLines: false);

    /// <summary>The same, with line breaks and tabs kept: for SQL.</summary>
    public static string EscapeLines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (keepLines && character is '\n' or '\t')
            {
                safe.Append(character);
            }
            else if (IsHarmful(character))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                safe.Append(character);
            }
        }

        return safe.ToString();
    }

    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029'
        || (char.GetUnicodeCategory(character) == UnicodeCategory.Format && character != '\u00ad');
}
