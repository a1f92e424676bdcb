using System.Globalization;
using System.Xml.Linq;
using Symphony.Cli.Output.Reports;

namespace Symphony.Tests.Reports;

public sealed class JUnitTests : IDisposable
{
    private static readonly string[] SuiteParts = ["properties", "testcase", "system-out", "system-err"];

    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task The_schemas_of_Jenkins_and_of_Windy_Road_accept_it_whatever_the_names_are()
    {
        foreach (
            var run in new[]
            {
                await _samples.MixedAsync(),
                await _samples.HostileAsync(),
                await _samples.HostileAsync("\uffff \ufdd0 \ud83d\ude00 \v\f"),
                await _samples.CleanAsync(),
                await _samples.EmptyAsync(),
            }
        )
        {
            var text = ReportSamples.Text(new JUnitReport(), run);
            await Validator.AcceptAsync("junit-jenkins", text);
            await Validator.AcceptAsync("junit-windyroad", text);
        }
    }

    [Theory]
    [InlineData("junit-jenkins")]
    [InlineData("junit-windyroad")]
    public async Task The_schemas_are_awake(string judge)
    {
        var text = ReportSamples.Text(new JUnitReport(), await _samples.MixedAsync());
        await Validator.RefuseAsync(judge, text.Replace("<testcase name=", "<testcase nom=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_check_is_a_test_case_of_its_task_in_the_suite_of_its_signature()
    {
        var run = await _samples.MixedAsync();
        var suites = Read(run).Elements("testsuite").ToList();
        Assert.Equal(
            run.Bundles.Select(bundle => (bundle.FailureSignature, bundle.Checks.Count)),
            suites.Select(suite => ((string)suite.Attribute("name")!, suite.Elements("testcase").Count()))
        );
        Assert.All(
            suites.Elements("testcase"),
            test => Assert.Equal(Symphony.Tests.Evidence.Samples.Task, (string)test.Attribute("classname")!)
        );
    }

    [Fact]
    public async Task A_verdict_is_what_a_CI_server_knows_it_as()
    {
        Assert.Equal(
            ["", "failure", "failure", "skipped", "error"],
            Read(await _samples.MixedAsync())
                .Elements("testsuite")
                .First()
                .Elements("testcase")
                .Select(test => test.Elements().SingleOrDefault()?.Name.LocalName ?? "")
        );
    }

    /// <summary>
    /// Jenkins' xUnit plugin holds reports against junit-10.xsd, which no package has. It asks for more than the schema
    /// of before in these: a suite must count, and its time has the form that Surefire gives it.
    /// </summary>
    [Fact]
    public async Task The_newer_schema_of_Jenkins_finds_the_counts_and_the_times_that_it_asks_for()
    {
        var suites = Read(await _samples.MixedAsync()).Elements("testsuite").ToList();
        Assert.NotEmpty(suites);
        Assert.All(
            suites,
            suite =>
            {
                Assert.All(["name", "tests", "failures", "errors"], name => Assert.NotNull(suite.Attribute(name)));
                Assert.Matches(@"^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$", (string)suite.Attribute("time")!);
                Assert.Empty(suite.Elements().Select(part => part.Name.LocalName).Except(SuiteParts));
            }
        );
        Assert.Empty(
            suites
                .Elements("testcase")
                .Attributes()
                .Select(attribute => attribute.Name.LocalName)
                .Except(["name", "time", "classname", "group"])
        );
    }

    /// <summary>docs.gitlab.com, "Unit test reports": a case is known by class name and name; a failure has a message and a text.</summary>
    [Fact]
    public async Task GitLab_finds_what_it_looks_for()
    {
        var cases = Read(await _samples.HostileAsync()).Descendants("testcase").ToList();
        Assert.Equal(
            cases.Count,
            cases
                .Select(test => ((string)test.Attribute("classname")!, (string)test.Attribute("name")!))
                .Distinct()
                .Count()
        );
        Assert.All(
            cases,
            test => Assert.True(decimal.Parse((string)test.Attribute("time")!, CultureInfo.InvariantCulture) >= 0)
        );
        Assert.All(
            cases.Elements("failure").Concat(cases.Elements("error")),
            problem =>
            {
                Assert.NotEmpty((string)problem.Attribute("message")!);
                Assert.Contains("at: invariants/", problem.Value, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task A_suite_counts_its_cases()
    {
        Assert.All(
            Read(await _samples.MixedAsync()).Elements("testsuite"),
            suite =>
                Assert.Equal(
                    (
                        suite.Elements("testcase").Count(),
                        suite.Descendants("failure").Count(),
                        suite.Descendants("error").Count(),
                        suite.Descendants("skipped").Count()
                    ),
                    (
                        (int)suite.Attribute("tests")!,
                        (int)suite.Attribute("failures")!,
                        (int)suite.Attribute("errors")!,
                        (int?)suite.Attribute("skipped") ?? 0
                    )
                )
        );
    }

    private static XElement Read(EvidenceRun run) => XDocument.Parse(ReportSamples.Text(new JUnitReport(), run)).Root!;
}
