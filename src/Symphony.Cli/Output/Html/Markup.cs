using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Symphony.Cli.Output.Html;

/// <summary>
/// Markup of this program. Whatever is interpolated into it is text and stays text, unless it is markup itself: there
/// is no other way to make some.
/// </summary>
internal sealed class Markup
{
    private readonly string _html;

    private Markup(string html) => _html = html;

    public static Markup None { get; } = new("");

    public static Markup Of(Handler html) => new(html.ToString());

    /// <summary>A name that a narrow column may break after a dot, an underscore or a slash.</summary>
    public static Markup Breakable(string name) =>
        new(
            Escape(name)
                .Replace("/", "/<wbr>", StringComparison.Ordinal)
                .Replace(".", ".<wbr>", StringComparison.Ordinal)
                .Replace("_", "_<wbr>", StringComparison.Ordinal)
        );

    /// <summary>A verdict, or a word like one, in its own form.</summary>
    public static Markup Badge(string word) => Of($"<span class=\"badge\" data-verdict=\"{word}\">{word}</span>");

    public override string ToString() => _html;

    /// <summary>
    /// Text for an element or a quoted attribute. What could not be seen, or would turn the reading direction, is shown
    /// as an escape, as on a terminal.
    /// </summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(TerminalText.EscapeLines(text));

    [InterpolatedStringHandler]
    public readonly struct Handler(int literalLength, int holes)
    {
        private readonly StringBuilder _html = new(literalLength + (16 * holes));

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(Markup markup) => _html.Append(markup._html);

        public void AppendFormatted(IEnumerable<Markup> parts)
        {
            foreach (var part in parts)
            {
                _html.Append(part._html);
            }
        }

        public void AppendFormatted(string? text) => _html.Append(Escape(text ?? ""));

        public void AppendFormatted(int number) => _html.Append(number.ToString("N0", CultureInfo.InvariantCulture));

        public override string ToString() => _html.ToString();
    }
}
