using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Symphony.Cli.Output.Reports;

namespace Symphony.Tests.Reports;

public sealed class OscalTests : IDisposable
{
    private const string Schema = "scripts/dev/validators/oscal-assessment-results.schema.json";

    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task The_model_of_assessment_results_accepts_it_whatever_the_names_are()
    {
        foreach (
            var run in new[]
            {
                await _samples.MixedAsync(),
                await _samples.HostileAsync(),
                await _samples.CleanAsync(),
                await _samples.EmptyAsync(),
            }
        )
        {
            await Validator.AcceptAsync("schema", ReportSamples.Text(new OscalReport(), run), Repository.File(Schema));
        }
    }

    [Fact]
    public async Task The_schema_is_awake()
    {
        var text = ReportSamples.Text(new OscalReport(), await _samples.MixedAsync());
        await Validator.RefuseAsync(
            "schema",
            text.Replace("\"collected\"", "\"collect\"", StringComparison.Ordinal),
            Repository.File(Schema)
        );
    }

    [Theory]
    [InlineData("2999-12-30", "\"deadline\": \"2999-12-31T00:00:00Z\"")]
    [InlineData("2028-02-28", "\"deadline\": \"2028-02-29T00:00:00Z\"")]
    [InlineData("2999-12-31", null)]
    [InlineData("9999-12-31", null)]
    public async Task A_waiver_for_longer_than_OSCAL_counts_sets_no_deadline(string day, string? deadline)
    {
        var run = await _samples.WaivedUntilAsync(DateOnly.Parse(day, CultureInfo.InvariantCulture));
        var text = ReportSamples.Text(new OscalReport(), run);
        await Validator.AcceptAsync("schema", text, Repository.File(Schema));
        Assert.Equal(deadline, Regex.Match(text, "\"deadline\".*\"").Value is { Length: > 0 } found ? found : null);
    }

    [Theory]
    [InlineData("3000-01-01T00:00:00Z")]
    [InlineData("1899-12-31T00:00:00Z")]
    [InlineData("2027-02-29T00:00:00Z")]
    [InlineData("2026-04-31T00:00:00Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    public async Task The_schema_knows_the_times_that_there_are(string time)
    {
        var run = await _samples.WaivedUntilAsync(new DateOnly(2026, 11, 21));
        var text = ReportSamples.Text(new OscalReport(), run);
        Assert.Contains("2026-11-22T00:00:00Z", text, StringComparison.Ordinal);
        await Validator.RefuseAsync(
            "schema",
            text.Replace("2026-11-22T00:00:00Z", time, StringComparison.Ordinal),
            Repository.File(Schema)
        );
    }

    [Fact]
    public async Task Every_reference_leads_to_something_in_the_document()
    {
        var text = ReportSamples.Text(new OscalReport(), await _samples.MixedAsync());
        var defined = Values(text, "\"uuid\": \"(?<id>[^\"]+)\"");
        Assert.Equal(defined.Count, defined.Distinct().Count());
        Assert.Empty(Values(text, "\"(observation|risk|subject|actor)-uuid\": \"(?<id>[^\"]+)\"").Except(defined));
        Assert.Empty(Values(text, "\"href\": \"#(?<id>[^\"]+)\"").Except(defined));
    }

    [Fact]
    public async Task An_invariant_is_satisfied_only_where_it_passes()
    {
        var result = JsonElement
            .Parse(ReportSamples.Text(new OscalReport(), await _samples.MixedAsync()))
            .GetProperty("assessment-results")
            .GetProperty("results")[0];
        Assert.Equal(
            [
                "invariant.a-holds satisfied pass",
                "invariant.b-absent not-satisfied fail",
                "invariant.c-differs not-satisfied fail",
                "invariant.d-waived not-satisfied other",
                "invariant.e-undecided not-satisfied other",
                "invariant.f-elsewhere satisfied pass",
            ],
            result
                .GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("target"))
                .Select(target =>
                    $"{target.GetProperty("target-id")} {target.GetProperty("status").GetProperty("state")} {target.GetProperty("status").GetProperty("reason")}"
                )
        );
        Assert.Equal(
            ["open", "open", "deviation-approved", "open"],
            result.GetProperty("risks").EnumerateArray().Select(risk => risk.GetProperty("status").GetString())
        );
    }

    /// <summary>RFC 9562, appendix A.4.</summary>
    [Fact]
    public void A_name_has_the_UUID_that_the_RFC_gives_it()
    {
        Assert.Equal(
            new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            NameUuid.Of(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com")
        );
    }

    private static List<string> Values(string text, string pattern) =>
        [.. Regex.Matches(text, pattern).Select(match => match.Groups["id"].Value)];
}
