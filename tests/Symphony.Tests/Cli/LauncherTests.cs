using System.Diagnostics;
using System.Globalization;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

/// <summary>
/// <c>scripts/symphony</c> in a checkout of its own, with a compiler that takes no time: it leaves a server running, as
/// the real one does for ten minutes, and what it builds says which build it is.
/// </summary>
public sealed class LauncherTests : IDisposable
{
    private const string Compiler = """
        #!/usr/bin/env bash
        [ "$1" = --info ] && echo " RID:  linux-x64" && exit
        sleep 600 &
        echo $! >>"$ROOT/servers"
        while [ "$1" != --output ]; do shift; done
        mkdir -p "$2"
        echo >>"$ROOT/builds"
        printf '#!/bin/sh\necho "build %s: $*"\n' "$(wc -l <"$ROOT/builds")" >"$2/symphony"
        chmod +x "$2/symphony"
        """;

    private readonly TemporaryFolder _folder = new();

    public LauncherTests()
    {
        foreach (var folder in new[] { "scripts", "src/Symphony.Cli", "bin" })
        {
            Directory.CreateDirectory(_folder.File(folder));
        }

        // A copy may be executed, as the script may.
        File.Copy(Repository.File("scripts/symphony"), _folder.File("scripts/symphony"));
        File.Copy(Repository.File("scripts/symphony"), _folder.File("bin/dotnet"));
        File.WriteAllText(_folder.File("bin/dotnet"), Compiler);
        foreach (var file in new[] { "src/Symphony.Cli/a.cs", "global.json", "Directory.Build.props" })
        {
            File.WriteAllText(_folder.File(file), "");
        }
    }

    public void Dispose()
    {
        foreach (var server in File.Exists(_folder.File("servers")) ? File.ReadLines(_folder.File("servers")) : [])
        {
            using var process = Process.GetProcessById(int.Parse(server, CultureInfo.InvariantCulture));
            process.Kill();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_source_that_changes_is_built_once_however_many_ask_and_whatever_the_last_build_left_running()
    {
        Assert.Equal("build 1: explain check\n", await RunAsync("explain", "check"));
        Assert.Equal("build 1: \n", await RunAsync());

        // As old as a build that the sources have changed since.
        File.SetLastWriteTimeUtc(_folder.File("artifacts/symphony/current"), DateTime.UtcNow.AddHours(-1));
        Assert.All(
            await Task.WhenAll(RunAsync("a"), RunAsync("a"), RunAsync("a")),
            said => Assert.Equal("build 2: a\n", said)
        );
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [_folder.File("scripts/symphony"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ROOT"] = _folder.Path;
        start.Environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        // A hang guard, not a measure: without it a lock that is kept would end with the server, ten minutes on.
        return await process
            .StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }
}
