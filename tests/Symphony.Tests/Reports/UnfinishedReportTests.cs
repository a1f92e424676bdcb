using Symphony.Evidence;
using Symphony.Evidence.Reports;
using Symphony.Tests.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>What a process leaves that is killed while it puts reports into a run's folder, and what is said of it.</summary>
public sealed class UnfinishedReportTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>As a process leaves it that is killed when the report is there and its index is not.</summary>
    [Fact]
    public async Task A_report_that_was_not_bound_is_made_anew_and_hides_no_other()
    {
        var run = await _folder.RunAsync();
        await _folder.ReportAsync(run, "--report", "markdown", "--report", "junit", "--key", _folder.KeyFile);
        File.WriteAllText(Path.Combine(_folder.FolderOf(run), "report.md"), "of another process");
        Assert.NotEmpty(_folder.Examine().Findings);

        var other = await TryReportAsync();
        Assert.Equal(1, other.Exit);
        Assert.Contains("report.md", other.Output, StringComparison.Ordinal);

        await _folder.ReportAsync(run, "--report", "markdown", "--key", _folder.KeyFile);
        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task The_signature_of_an_index_is_there_before_the_index()
    {
        var run = await _folder.RunAsync();
        // It cannot be written, as if the process were killed just then.
        Directory.CreateDirectory(_folder.IndexOf(run));
        var ended = await TryReportAsync();
        Directory.Delete(_folder.IndexOf(run));

        Assert.Equal(2, ended.Exit);
        await IsCutShortAsync(run);
    }

    [Fact]
    public async Task An_index_older_than_its_signature_is_told_with_the_way_out()
    {
        var run = await _folder.RunAsync();
        await _folder.ReportAsync(run, "--report", "markdown", "--key", _folder.KeyFile);
        var before = await File.ReadAllBytesAsync(_folder.IndexOf(run), TestContext.Current.CancellationToken);
        await _folder.ReportAsync(run, "--report", "junit", "--key", _folder.KeyFile);
        await File.WriteAllBytesAsync(_folder.IndexOf(run), before, TestContext.Current.CancellationToken);

        await IsCutShortAsync(run);
    }

    private Task<CliRun> TryReportAsync() =>
        CliRun.In(_folder.Root, "evidence", "report", ".", "--report", "junit", "--key", _folder.KeyFile);

    private async Task IsCutShortAsync(RunDocument run)
    {
        var finding = Assert.Single(_folder.Examine().Findings);
        Assert.Contains("a process leaves as well that ended", finding.Found, StringComparison.Ordinal);
        Assert.Contains("remove both", finding.Found, StringComparison.Ordinal);

        File.Delete(_folder.IndexOf(run));
        File.Delete(Path.Combine(_folder.FolderOf(run), ReportIndex.SignatureName));
        await _folder.ReportAsync(run, "--report", "markdown", "--report", "junit", "--key", _folder.KeyFile);
        Assert.Equal([], _folder.Examine().Findings);
    }
}
