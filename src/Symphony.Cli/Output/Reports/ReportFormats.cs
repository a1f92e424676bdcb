using Symphony.Cli.Output.Html;

namespace Symphony.Cli.Output.Reports;

/// <summary>Every format, in the order in which help lists them.</summary>
internal static class ReportFormats
{
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new JsonFormat(),
        new JUnitReport(),
        new SarifReport(),
        new GitHubReport(),
        new MarkdownReport(),
        new HtmlReport(),
        new OscalReport(),
        new OpenMetricsReport(),
    ];

    public static string Names => string.Join(", ", All.Select(format => format.Name));

    public static ReportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
