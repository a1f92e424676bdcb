using System.Globalization;

namespace Symphony.Cli.Output.Reports;

/// <summary>Families of gauges in the text form of OpenMetrics; names and help are ours, values of labels are anybody's.</summary>
internal sealed class MetricWriter(TextWriter output)
{
    private string _name = "";

    public void Family(string name, string help)
    {
        _name = name;
        output.Write($"# HELP {name} {help}\n# TYPE {name} gauge\n");
    }

    public void Sample(decimal value, params IReadOnlyList<(string Name, string Value)> labels)
    {
        var list = string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""));
        output.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_name}{(list.Length == 0 ? "" : $"{{{list}}}")} {value:0.###}\n"
            )
        );
    }

    public void End() => output.Write("# EOF\n");

    private static string Escape(string text) =>
        TerminalText
            .Escape(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
}
