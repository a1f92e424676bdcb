using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Symphony.Cli.Output.Html;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Html;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly StoredRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task The_verdict_and_the_matrix_are_markup()
    {
        var page = StoredRuns.PageOf(await _runs.WriteSampleAsync());

        Assert.Contains("<span class=\"badge\" data-verdict=\"FAIL\">FAIL</span> 2 of 6 checks do not hold</h1>", page);
        Assert.Contains("<strong><bdi>payments</bdi></strong> on PostgreSQL 18.4", page);
        Assert.Contains($"<tr data-task=\"{Samples.Task}\" data-signature=\"{Samples.OtherSignature}\">", page);
        Assert.Contains("<td class=\"number\" data-filter=\"FAIL\">2</td>", page);
    }

    [Fact]
    public async Task What_is_not_a_pass_is_readable_without_scripts()
    {
        var page = StoredRuns.PageOf(await _runs.WriteSampleAsync());
        var fallback = Assert.Single(Fallback().Matches(page)).Value;

        Assert.All(
            ["b-absent", "c-differs", "d-waived", "e-undecided"],
            id => Assert.Contains($"<bdi>{id}</bdi>", fallback)
        );
        Assert.DoesNotContain("a-holds", fallback);
    }

    [Fact]
    public async Task Who_when_where_and_how_are_there()
    {
        var run = await _runs.WriteSampleAsync();
        var page = StoredRuns.PageOf(run).Replace("<wbr>", "", StringComparison.Ordinal);

        Assert.All(
            [
                run.Run.RunId,
                run.Run.ToolVersion,
                run.Run.Role!,
                run.Bundles[0].Target.SchemaFingerprint!,
                run.Bundles[0].Target.SystemIdentifier!,
                "2026-11-21 12:00:00 UTC",
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(run.Folder, "run.json")))),
                .. run.Run.Bundles.Select(bundle => bundle.Sha256),
                .. run.Bundles.SelectMany(bundle => bundle.Manifests).Select(manifest => manifest.Path),
            ],
            fact => Assert.Contains(fact, page)
        );
    }

    [Fact]
    public async Task Its_data_is_the_evidence_byte_for_byte()
    {
        var run = await _runs.WriteHostileAsync();
        var bundles = Documents("bundle", StoredRuns.PageOf(run));

        Assert.Equal(
            run.Stored.BundleTexts,
            bundles.Select(json => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json))))
        );
        Assert.All(bundles, json => Assert.DoesNotMatch("[<>&\u2028\u2029]", json));
    }

    [Fact]
    public async Task Markup_in_names_is_text_everywhere()
    {
        var page = StoredRuns.PageOf(await _runs.WriteHostileAsync());

        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.Equal(Count("<script", page), Count("</script>", page));
        Assert.Single(Regex.Matches(page, "<script>"));
        Assert.Contains("{{data}}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_may_run_these_bytes_and_nothing_else()
    {
        var page = StoredRuns.PageOf(await _runs.WriteHostileAsync());
        var policy = WebUtility.HtmlDecode(Policy().Match(page).Groups["policy"].Value);

        Assert.Equal(
            $"default-src 'none'; script-src '{Digest(Between("<script>", "</script>", page))}'; "
                + $"style-src '{Digest(Between("<style>", "</style>", page))}'; base-uri 'none'; form-action 'none'",
            policy
        );
        Assert.DoesNotMatch(
            @"\sstyle=|\son[a-z]+=""",
            Between("<body>", "<script type", page).Replace("onerror=", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void It_names_nothing_outside_itself()
    {
        Assert.DoesNotMatch(@"@import|url\(|\bsrc=", PageTemplate.Style);
        Assert.DoesNotMatch(
            @"\bfetch\(|XMLHttpRequest|import\(|\bsrc\b|innerHTML|insertAdjacentHTML|https?:",
            PageTemplate.Script
        );
    }

    [Fact]
    public async Task The_same_evidence_gives_the_same_bytes_whatever_ran_later()
    {
        var run = await _runs.WriteSampleAsync();
        var before = StoredRuns.PageOf(run);
        await _runs.WriteSampleAsync(minute: 1);

        Assert.Equal(before, StoredRuns.PageOf(EvidenceRun.Read(run.Folder)));
        Assert.DoesNotContain("\r", before, StringComparison.Ordinal);
    }

    private static List<string> Documents(string name, string page) =>
        [
            .. Document()
                .Matches(page)
                .Where(match => match.Groups["name"].Value == name)
                .Select(match => match.Groups["json"].Value),
        ];

    private static string Between(string open, string close, string page)
    {
        var from = page.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return page[from..page.IndexOf(close, from, StringComparison.Ordinal)];
    }

    private static int Count(string what, string page) => Regex.Count(page, Regex.Escape(what));

    private static string Digest(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Policy();

    [GeneratedRegex(
        "<script type=\"application/json\" data-document=\"(?<name>[a-z]+)\">(?<json>.*?)</script>",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Document();

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Fallback();
}
