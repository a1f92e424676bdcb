using System.Diagnostics;
using System.Text.Json.Nodes;
using Symphony.Cli;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Evidence.Reports;
using Symphony.Tests.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>Several processes that put reports into one run's folder at the same time.</summary>
public sealed class ConcurrentReportTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reports_of_all_formats_at_once_are_all_bound_and_never_seen_torn()
    {
        var run = await _folder.RunAsync();
        var writers = ReportFormats.All.Select(format => Start(run, format.Name)).ToList();
        do
        {
            // The key must have signed whatever index there is, at every moment. There is none before the first.
            Assert.Equal([], _folder.Examine().Findings);
        } while (writers.Exists(writer => !writer.HasExited));

        foreach (var writer in writers)
        {
            var error = await writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(writer.ExitCode == 0, error);
            writer.Dispose();
        }

        Assert.Equal([], _folder.Examine().Findings);
        Assert.DoesNotContain(_folder.Examine().Notes, note => note.Contains(run.RunId, StringComparison.Ordinal));
        Assert.Equal(
            ReportFormats.All.Select(format => format.FileName).Order(StringComparer.Ordinal),
            JsonNode.Parse(await File.ReadAllBytesAsync(_folder.IndexOf(run), TestContext.Current.CancellationToken))![
                "reports"
            ]!
                .AsArray()
                .Select(report => (string)report!["name"]!)
        );
    }

    [Fact]
    public async Task Who_writes_into_a_folder_waits_for_another_and_ends_with_its_caller()
    {
        var run = await _folder.RunAsync(signed: false);
        using var held = ReportBinding.Hold(
            _folder.FolderOf(run),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        using var end = new CancellationTokenSource();

        var second = Task.Run(
            () => ReportBinding.Hold(_folder.FolderOf(run), TimeProvider.System, end.Token).Dispose(),
            TestContext.Current.CancellationToken
        );
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task A_folder_that_another_holds_for_too_long_keeps_no_report_from_being_written_elsewhere()
    {
        var run = await _folder.RunAsync(signed: false);
        var folder = _folder.FolderOf(run);
        using var held = ReportBinding.Hold(folder, TimeProvider.System, TestContext.Current.CancellationToken);
        var context = new CliContext(TextWriter.Null, TextWriter.Null, _folder.Root, _ => null, new Impatient());
        ReportTarget[] targets =
        [
            new(ReportFormats.Find("html")!, "report.html"),
            new(ReportFormats.Find("json")!, _folder.File("elsewhere.json")),
        ];

        var (files, failure) = new ReportWriter(context).HoldAndWrite(
            targets,
            folder,
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal([_folder.File("elsewhere.json")], files);
        Assert.True(File.Exists(files[0]));
        var taken = Assert.IsType<UnobservedException>(failure);
        Assert.Contains("has held it for 60 seconds", taken.Found, StringComparison.Ordinal);
        Assert.Contains("symphony evidence report", taken.Next, StringComparison.Ordinal);
        Assert.Equal(["run.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    /// <summary>An hour between two looks at it.</summary>
    private sealed class Impatient : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => _looks++ * 3600 * TimestampFrequency;
    }

    [Theory]
    [InlineData(ReportIndex.FileName)]
    [InlineData(ReportIndex.SignatureName)]
    public async Task A_report_is_not_written_where_its_index_will_be(string name)
    {
        var run = await _folder.RunAsync(signed: false);
        var report = await CliRun.In(
            _folder.Root,
            "evidence",
            "report",
            ".",
            "--report",
            $"json={Path.Combine(_folder.FolderOf(run), name)}"
        );

        Assert.Equal(3, report.Exit);
        Assert.Contains("a name that no evidence in the run's folder has", report.Error, StringComparison.Ordinal);
        Assert.Equal([], _folder.ExamineUnsigned().Findings);
        Assert.Equal(["run.json"], Directory.GetFiles(_folder.FolderOf(run)).Select(Path.GetFileName));
    }

    /// <summary>The program itself, as somebody else's process.</summary>
    private Process Start(RunDocument run, string format) =>
        Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(ReportFormats).Assembly.Location,
                    "evidence",
                    "report",
                    run.RunId,
                    "--evidence",
                    _folder.Root,
                    "--report",
                    format,
                    "--key",
                    _folder.KeyFile,
                ]
            )
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
}
