using System.Globalization;

namespace Symphony.Cli.Output.Reports;

/// <summary>A workflow command that GitHub shows beside a line of a change.</summary>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
/// <param name="Properties">Where it is shown, and its title.</param>
internal sealed record Annotation(string Level, IReadOnlyList<(string Name, string Value)> Properties, string Message)
{
    /// <summary>GitHub keeps so many of each level in one step.</summary>
    private const int Most = 10;

    private const int LongestMessage = 4_000;

    /// <summary>As many of each level as GitHub keeps, in their order, and a notice that says how many more there were.</summary>
    /// <param name="elsewhere">Where all of them are, as the subject of "has all".</param>
    public static void Write(IEnumerable<Annotation> annotations, string elsewhere, TextWriter output)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var annotation in annotations)
        {
            var count = counts[annotation.Level] = counts.GetValueOrDefault(annotation.Level) + 1;
            if (count <= Most)
            {
                annotation.Write(output);
            }
        }

        foreach (var (level, count) in counts.Where(entry => entry.Value > Most))
        {
            var more = string.Create(
                CultureInfo.InvariantCulture,
                $"{count - Most} more {level}s are not annotated: GitHub keeps {Most} of a step. {elsewhere} has all."
            );
            new Annotation("notice", [("title", "Symphony")], more).Write(output);
        }
    }

    private void Write(TextWriter output)
    {
        var properties = string.Join(
            ',',
            Properties.Select(property => $"{property.Name}={EscapeProperty(property.Value)}")
        );
        output.Write($"::{Level} {properties}::{EscapeData(ReportText.Shorten(Message, LongestMessage))}\n");
    }

    /// <summary>One line: nothing that a database or a file says can begin another command.</summary>
    private static string EscapeData(string text) =>
        TerminalText
            .EscapeLines(text)
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        EscapeData(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
