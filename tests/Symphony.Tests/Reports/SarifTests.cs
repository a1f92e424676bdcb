using System.Text.Json;
using Symphony.Cli.Output.Reports;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Tests.Reports;

public sealed class SarifTests : IDisposable
{
    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task Microsofts_validator_accepts_it_whatever_the_names_are()
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
            await Validator.AcceptAsync("sarif", ReportSamples.Text(new SarifReport(), run));
        }
    }

    [Fact]
    public async Task The_validator_is_awake()
    {
        var text = ReportSamples.Text(new SarifReport(), await _samples.MixedAsync());
        await Validator.RefuseAsync(
            "sarif",
            text.Replace("\"startLine\": 7", "\"startLine\": -7", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Each_kind_is_a_rule_with_its_own_words()
    {
        var rules = Run(await _samples.CleanAsync()).GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(
            KindRegistry.Standard.Kinds.Select(kind => (kind.Key, kind.Summary)),
            rules
                .EnumerateArray()
                .Select(rule =>
                    (
                        rule.GetProperty("id").GetString()!,
                        rule.GetProperty("shortDescription").GetProperty("text").GetString()!
                    )
                )
        );
        Assert.All(
            rules.EnumerateArray().Zip(KindRegistry.Standard.Kinds),
            rule =>
                Assert.All(
                    rule.Second.HoldsOnlyWhen,
                    condition =>
                        Assert.Contains(
                            condition,
                            rule.First.GetProperty("help").GetProperty("text").GetString(),
                            StringComparison.Ordinal
                        )
                )
        );
    }

    [Fact]
    public async Task What_passes_is_no_result()
    {
        Assert.Empty(Results(await _samples.CleanAsync()));
        Assert.Equal(
            ["b-absent", "c-differs", "e-undecided", "d-waived"],
            Results(await _samples.MixedAsync())
                .OrderBy(result => result.TryGetProperty("suppressions", out _))
                .ThenBy(Invariant, StringComparer.Ordinal)
                .Select(Invariant)
        );
    }

    [Fact]
    public async Task A_result_stands_where_the_invariant_is_declared_with_all_four_positions()
    {
        var place = Results(await _samples.MixedAsync())[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(
            "invariants/TSK-P0-149/hooks.yml",
            place.GetProperty("artifactLocation").GetProperty("uri").GetString()
        );
        Assert.Equal(
            """{"startLine":7,"startColumn":5,"endLine":9,"endColumn":40}""",
            JsonSerializer.Serialize(place.GetProperty("region"))
        );
    }

    [Fact]
    public async Task A_waived_failure_is_suppressed_with_who_decided_it_and_why()
    {
        var result = Assert.Single(
            Results(await _samples.MixedAsync()),
            result => result.TryGetProperty("suppressions", out _)
        );
        Assert.Equal("d-waived", Invariant(result));
        Assert.Equal(
            "waived until 2026-11-21 by dba@example.org: being repaired",
            result.GetProperty("suppressions")[0].GetProperty("justification").GetString()
        );
    }

    [Fact]
    public async Task The_same_failure_keeps_its_fingerprint_from_run_to_run_and_no_other_has_it()
    {
        var (first, second) = (Results(await _samples.MixedAsync()), Results(await _samples.MixedAsync()));
        Assert.Equal(first.Select(Fingerprint), second.Select(Fingerprint));
        Assert.Equal(first.Count, first.Select(Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData(Severity.P0, "error")]
    [InlineData(Severity.P1, "error")]
    [InlineData(Severity.P2, "warning")]
    [InlineData(Severity.P3, "note")]
    public async Task The_level_follows_the_severity(Severity severity, string level)
    {
        var result = Assert.Single(Results(await _samples.FailuresAsync(1, severity)));
        Assert.Equal(level, result.GetProperty("level").GetString());
    }

    [Fact]
    public async Task What_was_not_observed_is_an_error_whatever_its_severity()
    {
        var run = await _samples.MixedAsync();
        var mild = run with
        {
            Stored = run.Stored with
            {
                Bundles =
                [
                    .. run.Bundles.Select(bundle =>
                        bundle with
                        {
                            Checks = [.. bundle.Checks.Select(check => check with { Severity = Severity.P3 })],
                        }
                    ),
                ],
            },
        };
        Assert.Equal(
            "error",
            Results(mild).Single(result => Invariant(result) == "e-undecided").GetProperty("level").GetString()
        );
    }

    [Fact]
    public async Task No_more_results_are_written_than_GitHub_takes_and_the_rest_is_counted()
    {
        var run = await _samples.FailuresAsync(1, Severity.P1);
        var (bundle, check) = (run.Bundles[0], run.Bundles[0].Checks[0]);
        var many = run with
        {
            Stored = run.Stored with
            {
                Bundles =
                [
                    bundle with
                    {
                        Checks =
                        [
                            .. Enumerable.Range(0, 25_002).Select(i => check with { Subject = $"public.t{i}" }),
                            check with
                            {
                                Severity = Severity.P0,
                                Subject = "public.worst",
                            },
                        ],
                    },
                ],
            },
        };
        var results = Results(many);
        Assert.Equal(25_000, results.Count);
        Assert.Contains("public.worst", results[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("3 more results", ReportSamples.Text(new SarifReport(), many), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_the_database_is_no_link()
    {
        Assert.All(
            Results(await _samples.HostileAsync()),
            result =>
                Assert.DoesNotContain(
                    "](",
                    result.GetProperty("message").GetProperty("text").GetString(),
                    StringComparison.Ordinal
                )
        );
    }

    private static JsonElement Run(EvidenceRun run) =>
        JsonElement.Parse(ReportSamples.Text(new SarifReport(), run)).GetProperty("runs")[0];

    private static List<JsonElement> Results(EvidenceRun run) => [.. Run(run).GetProperty("results").EnumerateArray()];

    private static string Invariant(JsonElement result) =>
        result.GetProperty("properties").GetProperty("invariant").GetString()!;

    private static string Fingerprint(JsonElement result) =>
        result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!;
}
