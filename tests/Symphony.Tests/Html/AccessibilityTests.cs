using Microsoft.Playwright;
using Symphony.Cli.Output.Reports;
using Symphony.Tests.Reports;

namespace Symphony.Tests.Html;

/// <summary>
/// The page before a judge that is not ours: axe-core, with the rules of WCAG 2.0 to 2.2, levels A and AA, and its own
/// best practices. It looks at every state that a reader brings the page into, in light and in dark.
/// </summary>
public sealed class AccessibilityTests(Chromium browser) : IClassFixture<Chromium>, IDisposable
{
    private const string Audit = """
        async () => {
          const judged = await axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          });
          return judged.violations.flatMap(({ id, help, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary}`));
        }
        """;

    private readonly StoredRuns _runs = new();

    public static TheoryData<ColorScheme, int> Screens =>
        new()
        {
            { ColorScheme.Light, 1280 },
            { ColorScheme.Dark, 1280 },
            { ColorScheme.Light, 360 },
            { ColorScheme.Dark, 360 },
        };

    public void Dispose() => _runs.Dispose();

    [Theory, MemberData(nameof(Screens))]
    public async Task Nothing_is_found_with_every_check_closed_or_open(ColorScheme scheme, int width)
    {
        await using var page = await OpenAsync(await _runs.WriteProvenAsync(), scheme, width);
        await AssertCleanAsync(page);

        await OpenEverythingAsync(page);
        await AssertCleanAsync(page);
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Nothing_is_found_where_names_are_hostile(ColorScheme scheme, int width)
    {
        await using var page = await OpenAsync(await _runs.WriteHostileAsync(), scheme, width);
        await OpenEverythingAsync(page);
        await AssertCleanAsync(page);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nothing_is_found_with_a_history_filters_in_force_or_nothing_to_show(ColorScheme scheme)
    {
        await _runs.WriteSampleAsync(0);
        var run = await _runs.WriteSampleAsync(1);
        await using var page = await OpenAsync(run, scheme, 1280);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "FAIL 2" }).ClickAsync();
        await AssertCleanAsync(page);
        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("nothing has this");
        await AssertCleanAsync(page);
    }

    [Fact]
    public async Task The_judge_is_awake()
    {
        await using var page = await OpenAsync(await _runs.WriteSampleAsync(), ColorScheme.Light, 1280);
        await page.Evaluate<object>("document.documentElement.removeAttribute('lang')");
        Assert.Contains(
            await page.Evaluate<string[]>(Audit),
            finding => finding.StartsWith("html-has-lang", StringComparison.Ordinal)
        );
    }

    private async Task<WatchedPage> OpenAsync(EvidenceRun run, ColorScheme scheme, int width)
    {
        var page = await browser.OpenAsync(
            _runs.WritePage(run),
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        var axe = Path.Combine(await Validator.FolderAsync(), "node_modules/axe-core/axe.min.js");
        await page.Evaluate<object>(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken));
        return page;
    }

    private static async Task OpenEverythingAsync(WatchedPage page)
    {
        foreach (var row in await page.Rows.AllAsync())
        {
            await row.GetByRole(AriaRole.Button).First.ClickAsync();
        }

        await page.Evaluate<object>("document.querySelectorAll('details').forEach((each) => (each.open = true))");
    }

    private static async Task AssertCleanAsync(WatchedPage page)
    {
        var findings = await page.Evaluate<string[]>(Audit);
        Assert.True(findings.Length == 0, string.Join('\n', findings));
    }
}
