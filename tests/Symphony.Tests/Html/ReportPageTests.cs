using Microsoft.Playwright;
using Symphony.Tests.Evidence;
using static Microsoft.Playwright.Assertions;

namespace Symphony.Tests.Html;

/// <summary>The page as a reader has it: in a browser, from a file.</summary>
public sealed class ReportPageTests(Chromium browser) : IClassFixture<Chromium>, IDisposable
{
    private readonly StoredRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task It_opens_without_a_request_or_a_complaint()
    {
        await using var page = await OpenSampleAsync();

        await Expect(page.Count).ToHaveTextAsync("6 checks");
        await Expect(page.Rows).ToHaveCountAsync(6);
        await Expect(page.Page).ToHaveTitleAsync("FAIL: 2 of 6 checks do not hold · Symphony");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_worst_comes_first()
    {
        await using var page = await OpenSampleAsync();

        Assert.Equal(
            ["FAIL", "FAIL", "ERROR", "WAIVED", "PASS", "PASS"],
            await page.Page.Locator(".check .badge").AllTextContentsAsync()
        );
    }

    [Fact]
    public async Task Verdicts_and_signatures_filter_and_a_reset_shows_all()
    {
        await using var page = await OpenSampleAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "FAIL 2" }).ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("2 of 6 checks");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "WAIVED 1" }).ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("3 of 6 checks");
        await page
            .Page.GetByLabel("Failure signature", new() { Exact = true })
            .SelectOptionAsync(Samples.OtherSignature);
        await Expect(page.Count).ToHaveTextAsync("No check of 6 is like that");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("6 checks");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("c-differs", 1)] // an id
    [InlineData("AMOUNT", 3)] // the facts of three, in other letters
    [InlineData("hooks.yml:7:5", 5)] // a place
    [InlineData("title ABSENT", 1)] // words in any order
    [InlineData("<&>", 1)]
    public async Task A_search_finds_what_stands_anywhere_in_a_check(string text, int found)
    {
        await using var page = await OpenSampleAsync();

        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync(text);
        await Expect(page.Rows).ToHaveCountAsync(found);
    }

    [Fact]
    public async Task The_address_keeps_what_is_shown()
    {
        await using var page = await OpenSampleAsync("#verdict=FAIL&q=differs");

        await Expect(page.Count).ToHaveTextAsync("1 of 6 checks");
        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("absent");
        await Expect(page.Rows).ToContainTextAsync("b-absent");
        Assert.EndsWith("#q=absent&verdict=FAIL", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_of_the_matrix_shows_what_it_counts()
    {
        await using var page = await OpenSampleAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = $"Show 2 FAIL of {Samples.Signature}" }).ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("2 of 6 checks");
        await Expect(page.Page.Locator("#checks")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_keyboard_is_enough()
    {
        await using var page = await OpenSampleAsync();
        var keyboard = page.Page.Keyboard;

        await keyboard.PressAsync("Tab");
        await Expect(page.Page.Locator(".skip")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#checks")).ToBeFocusedAsync();
        await keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();

        var first = page.Rows.First.GetByRole(AriaRole.Button).First;
        await first.FocusAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        var second = page.Rows.Nth(1).GetByRole(AriaRole.Button).First;
        await Expect(second).ToBeFocusedAsync();
        await Expect(second).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Rows.Nth(1).GetByRole(AriaRole.Heading, new() { Name = "What differs" })).ToBeVisibleAsync();
        await keyboard.PressAsync("Space");
        await Expect(second).ToHaveAttributeAsync("aria-expanded", "false");
        await keyboard.PressAsync("End");
        await Expect(page.Rows.Last.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        Assert.NotEqual("none", await page.Evaluate<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Fact]
    public async Task A_check_shows_its_differences_its_repair_its_query_and_its_place()
    {
        await using var page = await OpenSampleAsync("#q=c-differs");
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();
        var body = page.Rows.First.Locator(".body");

        await Expect(body).ToContainTextAsync("(amount > 0)");
        await Expect(body).ToContainTextAsync("ADD CONSTRAINT \"c-differs_chk\"");
        await Expect(body).ToContainTextAsync("invariants/TSK-P0-149/hooks.yml:7:5");
        await Expect(body).ToContainTextAsync("--only c-differs");
        await body.GetByText("The SQL,").ClickAsync();
        await Expect(body.Locator("[data-what=query] pre")).ToContainTextAsync("pg_catalog.pg_constraint");
    }

    [Fact]
    public async Task What_was_not_decided_is_not_said_to_be_as_expected()
    {
        await using var page = await OpenSampleAsync("#verdict=ERROR");
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();
        var members = page.Rows.First.Locator(".part", new() { HasText = "Expected and observed" }).Locator("tbody tr");

        await Expect(members.Filter(new() { HasText = "tenant_id IS NOT NULL" })).ToContainTextAsync("undecided");
        await Expect(members.Filter(new() { HasText = "relation_kind" })).ToContainTextAsync("as expected");
    }

    [Fact]
    public async Task A_waiver_shows_who_decided_what_until_when()
    {
        await using var page = await OpenSampleAsync("#verdict=WAIVED");
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();

        await Expect(page.Rows.First.Locator(".body")).ToContainTextAsync("being repaired");
        await Expect(page.Rows.First.Locator(".body"))
            .ToContainTextAsync(
                "Approved by dba@example.org, to 2026-11-21, for every subject, at invariants/waivers.yml:3:3."
            );
    }

    [Fact]
    public async Task A_proof_shows_deeds_and_sabotages_what_went_unnoticed_first()
    {
        var address = new Uri(_runs.WritePage(await _runs.WriteProvenAsync()) + "#q=a-holds");
        await using var page = await browser.OpenAsync(address);
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();

        var deeds = page.Rows.First.Locator(".part", new() { HasText = "Proof by behaviour" });
        await Expect(deeds.Locator("tbody tr"))
            .ToHaveTextAsync("insert a NULLconfirmedIt was refused. SQLSTATE 23514.");
        var sabotages = page.Rows.First.Locator(".part", new() { HasText = "Proof by sabotage" });
        await Expect(sabotages).ToContainTextAsync("1 detected, 1 survived");
        await Expect(sabotages.Locator("tbody tr").First).ToContainTextAsync("the constraint is emptied");
        await Expect(sabotages.Locator("tbody tr").First).ToContainTextAsync("ALTER <b>");
    }

    [Fact]
    public async Task What_is_copied_is_the_evidences_own_text()
    {
        var run = await _runs.WriteSampleAsync();
        await using var page = await browser.OpenAsync(new Uri(_runs.WritePage(run) + "#q=c-differs"));
        await page.Evaluate<object>(
            "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })"
        );
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Page.GetByText("The SQL,").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy query" }).ClickAsync();
        await Expect(page.Page.Locator("#said")).ToHaveTextAsync("query copied");

        var check = run.Checks.First(pair => pair.Check.Id == "c-differs");
        Assert.Equal(check.Bundle.Queries[check.Check.QuerySha256!], await page.Evaluate<string>("window.copied"));
    }

    [Fact]
    public async Task Markup_in_names_stays_text()
    {
        await using var page = await browser.OpenAsync(_runs.WritePage(await _runs.WriteHostileAsync()));
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();

        var seen = StoredRuns.Hostile.Replace("\u202e\u2028", "\\u{202e}\\u{2028}", StringComparison.Ordinal);
        await Expect(page.Rows.First.Locator(".title")).ToHaveTextAsync(seen);
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        Assert.DoesNotContain("owned", await page.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_policy_stops_a_script_that_is_not_the_pages()
    {
        await using var page = await OpenSampleAsync();
        await page.Evaluate<object>(
            """
            (() => {
              const script = document.createElement("script");
              script.textContent = "document.title = 'owned'";
              document.body.append(script);
              const image = document.createElement("img");
              image.src = "https://example.invalid/x.png";
              document.body.append(image);
            })()
            """
        );

        Assert.DoesNotContain("owned", await page.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(
            2,
            page.Complaints.Count(complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal))
        );
        Assert.Equal(0, await page.Evaluate<int>("document.images[0].naturalWidth"));
    }

    [Fact]
    public async Task Light_and_dark_follow_the_system_and_the_button()
    {
        const string Background = "getComputedStyle(document.body).backgroundColor";
        await using var light = await OpenSampleAsync("", new() { ColorScheme = ColorScheme.Light });
        await using var dark = await OpenSampleAsync("", new() { ColorScheme = ColorScheme.Dark });
        var (bright, dim) = (await light.Evaluate<string>(Background), await dark.Evaluate<string>(Background));
        Assert.NotEqual(bright, dim);

        var button = dark.Page.GetByRole(AriaRole.Button, new() { Name = "Theme" });
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("Theme: light");
        Assert.Equal(bright, await dark.Evaluate<string>(Background));
        await button.ClickAsync();
        Assert.Equal(dim, await dark.Evaluate<string>(Background));
    }

    [Fact]
    public async Task Without_scripts_the_verdict_the_matrix_and_the_failures_are_there()
    {
        await using var page = await OpenSampleAsync("", new() { JavaScriptEnabled = false });

        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("2 of 6 checks do not hold");
        await Expect(page.Page.Locator(".matrix")).ToContainTextAsync(Samples.Signature);
        await Expect(page.Page.Locator("noscript table")).ToContainTextAsync("c-differs");
        await Expect(page.Page.Locator("#filters")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_paper_what_is_not_a_pass_is_open()
    {
        await using var page = await OpenSampleAsync();
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Evaluate<object>("dispatchEvent(new Event('beforeprint'))");

        await Expect(page.Page.Locator(".body:visible")).ToHaveCountAsync(4);
        await Expect(page.Page.Locator("#filters")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_nothing_is_wider_than_it()
    {
        await using var page = await OpenSampleAsync(
            "",
            new()
            {
                ViewportSize = new() { Width = 360, Height = 700 },
            }
        );
        await page.Rows.First.GetByRole(AriaRole.Button).First.ClickAsync();

        Assert.Equal(360, await page.Evaluate<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Ten_thousand_checks_are_not_ten_thousand_rows()
    {
        await using var page = await browser.OpenAsync(_runs.WritePage(await _runs.WriteManyAsync(10_000)));

        await Expect(page.Count).ToHaveTextAsync("10,000 checks");
        Assert.InRange(await page.Rows.CountAsync(), 50, 500);
        await page.Rows.First.GetByRole(AriaRole.Button).First.FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Page.Locator("[aria-posinset='10000'] button").First).ToBeFocusedAsync();

        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("check-09999");
        await Expect(page.Count).ToHaveTextAsync("1 of 10,000 checks");
        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Expect(page.Count).ToHaveTextAsync("10,000 checks");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "FAIL 100" }).ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("100 of 10,000 checks");
        Assert.Empty(page.Complaints);
    }

    private async Task<WatchedPage> OpenSampleAsync(string address = "", BrowserNewContextOptions? options = null) =>
        await browser.OpenAsync(new Uri(_runs.WritePage(await _runs.WriteSampleAsync()) + address), options);
}
