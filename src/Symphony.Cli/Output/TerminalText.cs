using System.Globalization;
using System.Text;

namespace Symphony.Cli.Output;

/// <summary>
/// Makes text from a server or a file harmless to a terminal and a CI log: control characters, which could move the
/// cursor or begin a command, the marks that turn the reading direction, and what a CI server takes for a command of
/// its own in the output of a step are shown as escapes.
/// </summary>
internal static class TerminalText
{
    private static readonly string[] Commands = ["##[", "##vso[", "##teamcity["];

    public static string Escape(string text) => Escape(text, keepLines: false);

    /// <summary>The same, with line breaks and tabs kept: for SQL.</summary>
    public static string EscapeLines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (BeginsCommand(text, i))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else if (keepLines && character is '\n' or '\t')
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

    /// <summary>
    /// <c>::</c> behind the blanks that begin a line is GitHub's; <c>##[</c>, <c>##vso[</c> and <c>##teamcity[</c>
    /// count anywhere in one, for GitHub, Azure DevOps and TeamCity.
    /// </summary>
    private static bool BeginsCommand(string text, int at) =>
        text[at] switch
        {
            ':' => at + 1 < text.Length && text[at + 1] == ':' && IsLineStart(text.AsSpan(0, at)),
            '#' => Commands.Any(command => text.AsSpan(at).StartsWith(command, StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };

    private static bool IsLineStart(ReadOnlySpan<char> before) =>
        before[(before.LastIndexOf('\n') + 1)..].IsWhiteSpace();

    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029'
        || (char.GetUnicodeCategory(character) == UnicodeCategory.Format && character != '\u00ad');
}
