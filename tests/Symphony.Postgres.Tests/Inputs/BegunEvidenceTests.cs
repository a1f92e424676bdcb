using System.Diagnostics;
using Npgsql;
using Symphony.Catalog;
using Symphony.Cli;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Evidence of a large bundle, which is begun before the server has answered to the end.</summary>
public sealed class BegunEvidenceTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new Workspace().Claim(WideTable.Claim);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task It_is_the_same_to_the_byte_as_evidence_that_is_written_at_the_end(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(WideTable.Schema + "; ALTER TABLE wide ALTER c100 DROP NOT NULL");
        await using var held = await HeldLock.OnAsync(database, "public.wide");

        var running = workspace.VerifyAsync(database, "--lock-timeout", "120");
        await held.WaiterAsync();
        await BegunAsync(running);
        await held.DisposeAsync();
        var run = await running;

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Empty(WideTable.BegunIn(workspace));
        Assert.Equal(await WrittenAtTheEndAsync(database), workspace.BundleBytes());
        Assert.Equal(ExitCode.Ok, (await workspace.RunAsync(null, ["evidence", "verify"])).Exit);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Where_the_fingerprint_cannot_be_read_it_is_written_with_that_error(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(WideTable.Schema);
        await using var held = await HeldLock.OnAsync(database, "public.wide");

        var run = await workspace.VerifyAsync(database, "--lock-timeout", "0.5");

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, workspace.Bundle().GetProperty("error").Text("sqlstate"));
        Assert.Equal("ERROR", workspace.Bundle().Verdict());
        Assert.Equal(WideTable.Columns, workspace.Checks().Count(check => check.Verdict() == "PASS"));
        Assert.Empty(WideTable.BegunIn(workspace));
        Assert.Equal(ExitCode.Ok, (await workspace.RunAsync(null, ["evidence", "verify"])).Exit);
    }

    /// <summary>A process whose files may not grow to what the bundle needs (setrlimit(2)): a disk without room.</summary>
    [Fact]
    public async Task A_disk_that_fills_up_meanwhile_is_told_and_nothing_of_it_stays()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(WideTable.Schema);
        var symphony = typeof(CommandLine).Assembly.Location;
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f 64; exec dotnet '{symphony}' verify"])
        {
            WorkingDirectory = workspace.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The limit is for files, and the runtime would make some of its memory of one.
            Environment =
            {
                ["DATABASE_URL"] = database.ConnectionString,
                ["DOTNET_EnableWriteXorExecute"] = "0",
                ["DOTNET_EnableDiagnostics"] = "0",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await output;
        await process.WaitForExitAsync(Cancel);

        Assert.Equal((int)ExitCode.Unobserved, process.ExitCode);
        Assert.Contains("the evidence was not written, so the run proves nothing", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.Evidence));
    }

    private async Task BegunAsync(Task running)
    {
        while (WideTable.BegunIn(workspace).Count < 2)
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(20, Cancel);
        }
    }

    /// <summary>The bundle of the same manifests and database, by a run that is not heard of before it has ended.</summary>
    private async Task<byte[]> WrittenAtTheEndAsync(TestDatabase database)
    {
        var manifests = ManifestFolder.Read(
            Path.Combine(workspace.Root, "invariants"),
            "invariants",
            KindRegistry.Standard
        );
        var target = ConnectionTarget.Parse(database.ConnectionString, _ => null);
        var started = DateTimeOffset.UtcNow;
        var waivers = new WaiverBook(manifests.Waivers, DateOnly.FromDateTime(started.UtcDateTime));
        var (report, _) = await VerificationRun.VerifyAsync(
            [.. manifests.Invariants],
            target,
            CatalogSession.OpenAsync(target, SessionLimits.Default, Cancel),
            waivers,
            Cancel
        );
        using var folder = new Workspace();
        await new EvidenceWriter(EvidenceStore.Open(folder.Evidence), TimeProvider.System).WriteAsync(
            report,
            manifests,
            [.. manifests.Invariants],
            new RunInfo
            {
                RunId = RunId.Create(started),
                Started = started,
                Mode = "verify",
                WaiverDate = waivers.Today,
                ExitCode = (int)ExitCode.Failed,
            },
            Cancel
        );
        return folder.BundleBytes();
    }
}
