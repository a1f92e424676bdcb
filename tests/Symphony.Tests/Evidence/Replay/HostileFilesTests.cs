using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Symphony.Evidence;
using Symphony.Tests.Cli;
using Symphony.Tests.Manifests;

namespace Symphony.Tests.Evidence.Replay;

/// <summary>What stands where a file was expected: a pipe that nobody writes to, a device without end, a document of somebody else's.</summary>
public sealed class HostileFilesTests : IDisposable
{
    /// <summary>For what would otherwise wait for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SignedFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_pipe_in_place_of_evidence_holds_nobody_up()
    {
        var run = await _folder.RunAsync();
        string[][] commands =
        [
            ["evidence", "verify", "."],
            ["evidence", "replay", "."],
            ["evidence", "show", "."],
            ["evidence", "log", "verify", "--evidence", "."],
            ["evidence", "log", "prove-inclusion", run.RunId, "--evidence", "."],
            ["evidence", "report", ".", "--report", "junit=j.xml"],
            ["repro", Samples.Signature, "--evidence", ".", "--database-url", "postgres://nobody@127.0.0.1:1/none"],
        ];
        foreach (var file in _folder.Files().ToList())
        {
            var bytes = await File.ReadAllBytesAsync(_folder.File(file), TestContext.Current.CancellationToken);
            Pipe(_folder.File(file));
            foreach (var command in commands)
            {
                var (exit, error) = await RunAsync(command);
                Assert.True(exit is 0 or 1 or 2 or 3, file);
                Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
            }

            File.Delete(_folder.File(file));
            await File.WriteAllBytesAsync(_folder.File(file), bytes, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("log.jsonl")]
    [InlineData("checkpoint")]
    [InlineData(".lock")]
    public async Task A_run_is_not_written_into_a_pipe(string file)
    {
        await _folder.RunAsync();
        Pipe(_folder.File(file));

        await Assert.ThrowsAsync<InputException>(() =>
            Task.Run(() => _folder.RunAsync(), TestContext.Current.CancellationToken)
                .WaitAsync(Patience, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("invariants/pipe.yml")]
    [InlineData("invariants/waivers.yml")]
    [InlineData("invariants/TSK-1/PLAN.md")]
    public async Task A_pipe_beside_the_manifests_holds_nobody_up(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File("invariants/m.yml"), ManifestFiles.Manifest("  - {id: a, table: {table: t}}"));
        Pipe(_folder.File(file));

        foreach (var command in new string[][] { ["task", "check"], ["task", "list"], ["compile"] })
        {
            Assert.InRange((await RunAsync(command)).Exit, 0, 3);
        }
    }

    [Fact]
    public async Task A_lock_that_is_a_link_leads_nowhere()
    {
        await _folder.RunAsync();
        File.Delete(_folder.File(".lock"));
        File.CreateSymbolicLink(_folder.File(".lock"), _elsewhere.File("made"));

        await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync());

        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere.Path));
    }

    [Theory]
    [InlineData("evidence", "verify", ".", "--public-key", "/dev/zero")]
    [InlineData("evidence", "verify", ".", "--checkpoint", "/dev/zero")]
    [InlineData("evidence", "log", "verify", "--evidence", ".", "--checkpoint", "/dev/zero")]
    [InlineData("verify", "--invariants", "/dev/zero", "--database-url", "postgres://nobody@127.0.0.1:1/none")]
    [InlineData("task", "check", "TSK-1", "--invariants", "/dev/zero")]
    [InlineData("evidence", "show", "/dev/zero")]
    [InlineData("evidence", "import", "/dev/zero")]
    [InlineData("evidence", "diff", "/dev/zero", ".")]
    [InlineData("repro", "/dev/zero", "--database-url", "postgres://nobody@127.0.0.1:1/none")]
    public async Task A_device_without_end_is_not_read_to_its_end(params string[] command)
    {
        await _folder.RunAsync();

        var (exit, error) = await RunAsync(command);

        Assert.Equal(3, exit);
        Assert.Contains("/dev/zero", error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_come_through_a_pipe()
    {
        await _folder.RunAsync();
        var pipe = _elsewhere.File("key");
        Pipe(pipe);
        // Each end waits for the other.
        var written = Task.Run(
            () => File.WriteAllText(pipe, _folder.Key.Public.ToPem()),
            TestContext.Current.CancellationToken
        );

        var (exit, _) = await RunAsync("evidence", "verify", ".", "--public-key", pipe);

        await written;
        Assert.Equal(0, exit);
    }

    [Theory]
    [InlineData("../../../etc", "P0.A")]
    [InlineData("TSK-P0-149", "../x")]
    [InlineData("\0", "P0.A")]
    public async Task Names_of_somebody_else_s_are_shown_and_compared_and_are_nothing_more(
        string task,
        string signature
    )
    {
        var run = await _folder.RunAsync(signed: false);
        var bundle = run.Bundles[0].Path;
        Rewrite(bundle, document => (document["task_id"], document["failure_signature"]) = (task, signature));
        Rewrite(
            EvidenceStore.RunPath(run.RunId),
            document => (document["bundles"]![0]!["task_id"], document["bundles"]![0]!["verdict"]) = (task, "FAIL")
        );

        foreach (
            var command in new string[][]
            {
                ["evidence", "diff", bundle, "."],
                ["evidence", "diff", ".", bundle],
                ["evidence", "show", bundle],
                ["evidence", "verify", "."],
                ["repro", Samples.Signature, "--evidence", ".", "--database-url", "postgres://nobody@127.0.0.1:1/none"],
            }
        )
        {
            var (exit, error) = await RunAsync(command);
            Assert.NotEqual(0, exit);
            Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_run_that_lists_a_bundle_twice_is_a_finding()
    {
        var run = await _folder.RunAsync(signed: false);
        Rewrite(
            EvidenceStore.RunPath(run.RunId),
            document => document["bundles"]!.AsArray().Insert(0, document["bundles"]![0]!.DeepClone())
        );

        Assert.Contains(_folder.ExamineUnsigned().Findings, finding => finding.Pointer == "/bundles/1");
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_told_and_not_merely_compared()
    {
        var run = await _folder.RunAsync(signed: false);
        var bundle = run.Bundles[0].Path;
        Rewrite(bundle, document => document["verdict"] = "PASS");
        File.Copy(_folder.File(bundle), _folder.File("copy.json"));

        var (exit, error) = await RunAsync("evidence", "diff", bundle, "copy.json");

        Assert.Equal(1, exit);
        Assert.Contains("WRONG   A: ", error, StringComparison.Ordinal);
        Assert.Contains("WRONG   B: ", error, StringComparison.Ordinal);
    }

    private void Rewrite(string file, Action<JsonNode> change)
    {
        var document = JsonNode.Parse(File.ReadAllBytes(_folder.File(file)))!;
        change(document);
        File.WriteAllBytes(_folder.File(file), CanonicalJson.Of(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }

    private async Task<(int Exit, string Error)> RunAsync(params string[] command)
    {
        var run = await Task.Run(() => CliRun.In(_folder.Root, command))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (run.Exit, run.Error);
    }

    private static void Pipe(string path)
    {
        File.Delete(path);
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
