using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Symphony.Cli.Output;
using Symphony.Cli.Output.Reports;
using Symphony.Manifests;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

public sealed partial class OpenMetricsTests : IDisposable
{
    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task Each_line_follows_the_grammar_and_the_last_ends_the_text()
    {
        foreach (
            var run in new[] { await _samples.MixedAsync(), await _samples.HostileAsync(), await _samples.EmptyAsync() }
        )
        {
            var text = ReportSamples.Text(new OpenMetricsReport(), run);
            Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
            var (family, families) = ("", new HashSet<string>());
            foreach (var line in text.Split('\n')[..^2])
            {
                if (Help().Match(line) is { Success: true } help)
                {
                    family = help.Groups["name"].Value;
                    Assert.True(families.Add(family), $"{family} begins twice");
                }
                else if (line.StartsWith('#'))
                {
                    Assert.Equal($"# TYPE {family} gauge", line);
                }
                else
                {
                    Assert.Equal(
                        family,
                        Sample().Match(line) is { Success: true } sample ? sample.Groups["name"].Value : line
                    );
                }
            }
        }
    }

    [Fact]
    public async Task A_reader_of_Prometheus_text_sees_the_labels_as_they_were()
    {
        var families = JsonElement.Parse(
            await Validator.AcceptAsync(
                "openmetrics",
                ReportSamples.Text(new OpenMetricsReport(), await _samples.HostileAsync())
            )
        );
        var database = families
            .EnumerateArray()
            .Single(family => family.GetProperty("name").GetString() == "symphony_run")
            .GetProperty("metrics")[0]
            .GetProperty("labels")
            .GetProperty("database")
            .GetString();
        Assert.Equal(TerminalText.Escape(ReportSamples.Hostile), database);
    }

    /// <summary>
    /// The exporter reads the older Prometheus form, and serves what it has read: every sample of the report comes back,
    /// whatever the names are, and it complains of nothing.
    /// </summary>
    [Fact]
    public async Task A_real_node_exporter_serves_every_sample_from_its_folder()
    {
        foreach (
            var run in new[]
            {
                await _samples.MixedAsync(),
                await _samples.HostileAsync(),
                await _samples.HostileAsync("\uffff \ufdd0 \ud83d\ude00 \ud800 \v\f\0"),
                await _samples.CleanAsync(),
                await _samples.EmptyAsync(),
            }
        )
        {
            using var folder = new TemporaryFolder();
            var text = ReportSamples.Text(new OpenMetricsReport(), run);
            await File.WriteAllTextAsync(folder.File("symphony.prom"), text, TestContext.Current.CancellationToken);
            var served = await NodeExporter.ScrapeAsync(folder.Path);
            Assert.Contains("node_textfile_scrape_error 0", served);
            Assert.Equal(
                text.Split('\n').Where(IsSample).Select(Series).Order(StringComparer.Ordinal),
                served.Where(IsSample).Select(Series).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public async Task The_node_exporter_is_awake()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("symphony.prom"),
            "symphony_run{mode=\"a\"b\"} 1\n",
            TestContext.Current.CancellationToken
        );
        Assert.Contains("node_textfile_scrape_error 1", await NodeExporter.ScrapeAsync(folder.Path));
    }

    [Fact]
    public async Task What_does_not_hold_is_zero_and_each_check_that_is_open_has_a_sample()
    {
        var lines = ReportSamples.Text(new OpenMetricsReport(), await _samples.MixedAsync()).Split('\n');
        Assert.Single(
            lines,
            line =>
                line.StartsWith("symphony_holds{", StringComparison.Ordinal)
                && line.EndsWith(" 0", StringComparison.Ordinal)
        );
        Assert.Single(
            lines,
            line =>
                line.StartsWith("symphony_holds{", StringComparison.Ordinal)
                && line.EndsWith(" 1", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["b-absent", "c-differs", "d-waived", "e-undecided"],
            lines
                .Where(line => line.StartsWith("symphony_check_open{", StringComparison.Ordinal))
                .Select(line => Regex.Match(line, "invariant=\"(.*?)\"").Groups[1].Value)
        );
        // The day after 2026-11-21, which is still in force.
        var waiver = Assert.Single(
            lines,
            line => line.StartsWith("symphony_waiver_expires", StringComparison.Ordinal) && line.Contains('{')
        );
        Assert.EndsWith(
            $" {new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}",
            waiver,
            StringComparison.Ordinal
        );
    }

    /// <summary>PostgreSQL 18: <c>SELECT extract(epoch FROM timestamptz '10000-01-01 00:00:00Z')</c>.</summary>
    [Fact]
    public async Task A_waiver_until_the_calendar_ends_has_a_sample() =>
        Assert.Contains(
            "} 253402300800\n",
            ReportSamples.Text(new OpenMetricsReport(), await _samples.WaivedUntilAsync(DateOnly.MaxValue)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task More_open_checks_than_a_thousand_are_counted_and_not_listed()
    {
        var lines = ReportSamples
            .Text(new OpenMetricsReport(), await _samples.FailuresAsync(1_002, Severity.P0))
            .Split('\n');
        Assert.Equal(1_000, lines.Count(line => line.StartsWith("symphony_check_open{", StringComparison.Ordinal)));
        Assert.Contains("symphony_checks_omitted 2", lines);
    }

    private static bool IsSample(string line) => line.StartsWith("symphony_", StringComparison.Ordinal);

    /// <summary>One sample as anybody would write it: labels in order, and the number without its form.</summary>
    private static string Series(string line)
    {
        var end = line.LastIndexOf(' ');
        var labels = Label().Matches(line[..end]).Select(label => label.Value).Order(StringComparer.Ordinal);
        var value = double.Parse(line[end..], CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Split('{', ' ')[0]} {string.Join(',', labels)} {value}"
        );
    }

    [GeneratedRegex("[a-zA-Z_]+=\"([^\"\\\\\n]|\\\\[n\"\\\\])*\"")]
    private static partial Regex Label();

    [GeneratedRegex("^# HELP (?<name>[a-z_]+) [^\\\\\"]+$")]
    private static partial Regex Help();

    /// <summary>OpenMetrics 1.0, "ABNF", as far as gauges without a time go.</summary>
    [GeneratedRegex(
        "^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[n\"\\\\])*\"(,[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[n\"\\\\])*\")*\\})? -?[0-9]+(\\.[0-9]+)?$"
    )]
    private static partial Regex Sample();
}
