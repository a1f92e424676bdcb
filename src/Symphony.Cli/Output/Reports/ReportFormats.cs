using Symphony.Cli.Output.Html;

namespace Symphony.Cli.Output.Reports;

/// <summary>Every format, in the order in which help lists them.</summary>
internal static class ReportFormats
{
    /// <summary>A constant: help is built at every start, and the formats only where one is asked for.</summary>
    public const string Names = "json, junit, sarif, github, markdown, html, oscal, openmetrics";

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

    public static ReportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
