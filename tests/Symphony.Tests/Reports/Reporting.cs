using Symphony.Evidence;
using Symphony.Evidence.Reports;
using Symphony.Tests.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>Reports that are put into a run's own folder.</summary>
internal static class Reporting
{
    public static async Task ReportAsync(this SignedFolder folder, RunDocument run, params string[] options)
    {
        var report = await CliRun.In(
            folder.Root,
            ["evidence", "report", run.RunId, "--evidence", folder.Root, .. options]
        );
        Assert.True(report.Exit == 0, report.Output + report.Error);
    }

    public static string IndexOf(this SignedFolder folder, RunDocument run) =>
        Path.Combine(folder.FolderOf(run), ReportIndex.FileName);
}
