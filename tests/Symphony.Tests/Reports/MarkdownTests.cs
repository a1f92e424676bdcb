using System.Net;
using System.Text.RegularExpressions;
using Symphony.Cli.Output;
using Symphony.Cli.Output.Reports;

namespace Symphony.Tests.Reports;

public sealed partial class MarkdownTests : IDisposable
{
    private static readonly string[] OurTags =
    [
        "code",
        "h2",
        "h3",
        "p",
        "pre",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
    ];

    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task No_text_becomes_markup_a_link_or_a_cell_of_its_own()
    {
        var html = await Validator.AcceptAsync(
            "markdown",
            ReportSamples.Text(new MarkdownReport(), await _samples.HostileAsync())
        );
        Assert.Empty(
            Tag()
                .Matches(html)
                .Where(tag =>
                    !OurTags.Contains(tag.Groups["name"].Value)
                    || tag.Groups["attributes"].Value is not ("" or " class=\"language-sql\"")
                )
                .Select(tag => tag.Value)
        );
        foreach (Match table in Table().Matches(html))
        {
            var rows = Row().Matches(table.Value).Select(row => Cell().Count(row.Value)).ToList();
            Assert.All(rows, cells => Assert.Equal(rows[0], cells));
        }

        // What was written is what is read.
        Assert.Contains(
            TerminalText.Escape(ReportSamples.Hostile),
            WebUtility.HtmlDecode(html),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task SQL_with_fences_in_it_stays_between_its_own()
    {
        var html = await Validator.AcceptAsync(
            "markdown",
            MarkdownText.SqlBlock(["SELECT 'a'\n```\n<b>bold</b>\n````\n# head"])
        );
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<pre>"));
    }

    [Fact]
    public async Task A_failure_comes_with_its_differences_and_its_repair()
    {
        var text = ReportSamples.Text(new MarkdownReport(), await _samples.MixedAsync());
        Assert.StartsWith("## Symphony: FAIL\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "| <code>enforced</code> | <code>true</code> | <code>false</code> |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("```sql\nALTER TABLE \"public\".\"b_absent\"", text, StringComparison.Ordinal);
        Assert.Contains("waived until 2026-11-21", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-holds", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("</?(?<name>[a-zA-Z0-9]+)(?<attributes>[^>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("<table>.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[dh]>")]
    private static partial Regex Cell();
}
