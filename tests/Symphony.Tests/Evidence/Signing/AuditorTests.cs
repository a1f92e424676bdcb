using System.Diagnostics;
using Symphony.Evidence;
using Symphony.Evidence.Signing;

namespace Symphony.Tests.Evidence.Signing;

/// <summary>The commands of README.md, run as they stand there: openssl, jq and coreutils, nothing of ours.</summary>
public sealed class AuditorTests : IDisposable
{
    private const string Begin = "with `RUN` a run's id and `KEY` the public key's file:\n\n```sh\n";

    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_auditor_verifies_a_run_with_openssl_and_jq()
    {
        await _folder.RunAsync();
        var run = await _folder.RunAsync();

        var (exit, output) = await AuditAsync(run.RunId);

        Assert.True(exit == 0, output);
        Assert.Equal(2, output.Split("Verified OK").Length - 1);
        Assert.All(run.Bundles, bundle => Assert.Contains($"{bundle.Path}: OK", output, StringComparison.Ordinal));
        Assert.Contains($"{EvidenceStore.RunPath(run.RunId)}: OK", output, StringComparison.Ordinal);
        Assert.Contains("FAILED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_notices_a_changed_bundle()
    {
        var run = await _folder.RunAsync();
        File.AppendAllText(_folder.File(run.Bundles[0].Path), " ");

        Assert.NotEqual(0, (await AuditAsync(run.RunId)).Exit);
    }

    [Fact]
    public async Task An_auditor_notices_another_key()
    {
        var run = await _folder.RunAsync();
        using var other = SigningKey.Create();

        var (exit, output) = await AuditAsync(run.RunId, other.Public);

        Assert.NotEqual(0, exit);
        Assert.DoesNotContain("Verified OK", output, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output)> AuditAsync(string runId, PublicKey? key = null)
    {
        var readme = File.ReadAllText(Repository.File("README.md"));
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.True(begin >= Begin.Length, "README.md no longer has the auditor's commands.");
        var script = readme[begin..readme.IndexOf("```", begin, StringComparison.Ordinal)];

        using var keys = new TemporaryFolder();
        File.WriteAllText(keys.File("key.pub"), (key ?? _folder.Key.Public).ToPem());
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script + "\n"])
        {
            WorkingDirectory = _folder.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["RUN"] = runId,
                ["KEY"] = keys.File("key.pub"),
                ["TMPDIR"] = keys.Path,
                ["LC_ALL"] = "C",
            },
        };
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bash.ExitCode, output + await errors);
    }
}
