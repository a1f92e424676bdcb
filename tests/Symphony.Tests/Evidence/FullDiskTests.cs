using System.Diagnostics;
using Symphony.Evidence.Log;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Tests.Cli;

namespace Symphony.Tests.Evidence;

/// <summary>
/// A disk that is full at a certain byte: a process whose files may not grow beyond a limit (setrlimit(2)) and that is
/// told so instead of being ended. Write after write fails in the middle, as on a disk without room.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = CliFolder.With("  - {id: a, table: {table: t}}\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_without_room_for_another_line_stays_as_it_was_and_no_run_shows()
    {
        // Bundles and run.json stay below four kilobytes, and the log grows to them.
        var (exit, error) = (2, "");
        var runs = 0;
        while (!error.Contains("the evidence was not written", StringComparison.Ordinal))
        {
            Assert.True(runs++ < 40 && exit == 2, error);
            (exit, error) = await VerifyAsync(kilobytes: 4);
        }

        var log = EvidenceLog.Read(_folder.File("evidence"));
        Assert.False(log.IsTorn);
        Assert.Equal(runs - 1, log.Lines.Count);
        Assert.Equal((2, runs - 1), (exit, Directory.GetDirectories(_folder.File("evidence/runs")).Length));
        Assert.Equal([], Examine().Findings);

        // With room again it goes on.
        await VerifyAsync(kilobytes: 64);
        Assert.Equal(runs, EvidenceLog.Read(_folder.File("evidence")).Lines.Count);
        Assert.Equal([], Examine().Findings);
    }

    [Fact]
    public async Task A_bundle_without_room_leaves_nothing()
    {
        await VerifyAsync(kilobytes: 64);
        var before = Files();

        var (exit, error) = await VerifyAsync(kilobytes: 1);

        Assert.Equal(2, exit);
        Assert.Contains("the evidence was not written", error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    private Examination Examine() =>
        new FolderExamination(_folder.File("evidence"), KindRegistry.Standard).Everything();

    private Dictionary<string, string> Files() =>
        Directory
            .EnumerateFileSystemEntries(_folder.File("evidence"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => File.Exists(path) ? File.ReadAllText(path) : "");

    private async Task<(int Exit, string Error)> VerifyAsync(int kilobytes)
    {
        var symphony = Path.Combine(AppContext.BaseDirectory, "symphony.dll");
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet '{symphony}' verify --database-url postgres://nobody@127.0.0.1:1/none",
            ]
        )
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The limit is for files, and the runtime would make some of its memory of one.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
