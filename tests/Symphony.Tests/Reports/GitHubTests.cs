using System.Text;
using Symphony.Cli;
using Symphony.Cli.Output.Reports;
using Symphony.Manifests;

namespace Symphony.Tests.Reports;

public sealed class GitHubTests : IDisposable
{
    private readonly ReportSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task A_failure_is_annotated_where_the_invariant_is_declared()
    {
        var command = WorkflowCommand.Read(ReportSamples.Text(new GitHubReport(), await _samples.MixedAsync()))[0];
        Assert.Equal("error", command.Name);
        Assert.Equal(
            [
                ("file", "invariants/TSK-P0-149/hooks.yml"),
                ("line", "7"),
                ("endLine", "9"),
                ("title", "FAIL b-absent [P0]"),
            ],
            command.Properties
        );
        Assert.Contains("\nfound: There is no check", command.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_and_what_is_waived_is_not_annotated()
    {
        Assert.Equal("", ReportSamples.Text(new GitHubReport(), await _samples.CleanAsync()));
        Assert.DoesNotContain(
            "d-waived",
            ReportSamples.Text(new GitHubReport(), await _samples.MixedAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_text_of_a_database_or_a_manifest_is_a_command()
    {
        var commands = WorkflowCommand.Read(ReportSamples.Text(new GitHubReport(), await _samples.HostileAsync()));
        Assert.Equal(4 - 1, commands.Count);
        Assert.All(
            commands,
            command =>
            {
                Assert.Equal("error", command.Name);
                Assert.Equal(
                    ["file", "line", "endLine", "title"],
                    command.Properties.Select(property => property.Name)
                );
            }
        );
    }

    [Theory]
    [InlineData(Severity.P0, "error")]
    [InlineData(Severity.P2, "warning")]
    public async Task No_more_is_annotated_than_GitHub_keeps_and_a_notice_says_so(Severity severity, string level)
    {
        var commands = WorkflowCommand.Read(
            ReportSamples.Text(new GitHubReport(), await _samples.FailuresAsync(13, severity))
        );
        Assert.Equal(10, commands.Count(command => command.Name == level));
        Assert.StartsWith(
            $"3 more {level}s",
            commands.Single(command => command.Name == "notice").Message,
            StringComparison.Ordinal
        );
        Assert.Equal(11, commands.Count);
    }

    [Fact]
    public async Task The_job_summary_is_added_to_what_stands_there()
    {
        var run = await _samples.MixedAsync();
        var summary = Path.Combine(_samples.Root, "summary.md");
        await File.WriteAllTextAsync(summary, "before\n", TestContext.Current.CancellationToken);
        var output = Write(run, summary);
        Assert.NotEmpty(WorkflowCommand.Read(output));
        Assert.Equal(
            "before\n\n" + ReportSamples.Text(new MarkdownReport(), run),
            await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task The_job_summary_stays_within_what_GitHub_shows()
    {
        var run = await _samples.FailuresAsync(4_000, Severity.P0);
        var summary = Path.Combine(_samples.Root, "summary.md");
        await File.WriteAllTextAsync(summary, new string('x', 1_000), TestContext.Current.CancellationToken);
        Write(run, summary);
        var text = await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1024 * 1000, 1024 * 1024);
        Assert.Matches(@"\n\d+ more checks that do not pass have no room here", text);
    }

    [Fact]
    public async Task A_summary_that_cannot_be_written_is_told()
    {
        var run = await _samples.MixedAsync();
        using var output = new StringWriter();
        var (_, failure) = Writer(output, _samples.Root)
            .Write([new ReportTarget(new GitHubReport(), null)], run.Folder);
        Assert.Contains("the job summary was not written", failure!.Message, StringComparison.Ordinal);
    }

    private static string Write(EvidenceRun run, string summary)
    {
        using var output = new StringWriter();
        var (_, failure) = Writer(output, summary).Write([new ReportTarget(new GitHubReport(), null)], run.Folder);
        Assert.Null(failure);
        return output.ToString();
    }

    private static ReportWriter Writer(TextWriter output, string summary) =>
        new(
            new CliContext(
                output,
                TextWriter.Null,
                "/",
                name => name == GitHubSummary.Variable ? summary : null,
                TimeProvider.System
            )
        );
}
