using System.Diagnostics;
using System.Runtime.CompilerServices;
using Symphony.Evidence;
using Symphony.Evidence.Signing;

namespace Symphony.Tests.Evidence;

/// <summary>This very program as a process that writes evidence over and over, to be killed.</summary>
internal static class WriterProcess
{
    private const string FolderVariable = "SYMPHONY_TEST_WRITE_EVIDENCE";

    private const string KeyVariable = "SYMPHONY_TEST_SIGN_EVIDENCE";

    /// <param name="folder">The evidence folder.</param>
    /// <param name="key">The file of the key that it signs with; empty when it does not.</param>
    public static Process Start(string folder, string key = "")
    {
        // Started as `dotnet Symphony.Tests.dll`, the process is dotnet's.
        var program = Environment.ProcessPath!;
        string[] arguments =
            Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(WriterProcess).Assembly.Location] : [];
        return Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                Environment = { [FolderVariable] = folder, [KeyVariable] = key },
                UseShellExecute = false,
            }
        )!;
    }

    /// <summary>Before the test runner begins, and only in a process that <see cref="Start"/> started.</summary>
    [ModuleInitializer]
    internal static void WriteUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
        {
            var manifests = Samples.Set([.. Enumerable.Range(0, 300).Select(i => Samples.Invariant($"check-{i:d4}"))]);
            var report = Samples.Judge([.. manifests.Invariants], _ => Samples.Fact());
            var began = Stopwatch.GetTimestamp();
            var key = Environment.GetEnvironmentVariable(KeyVariable);
            var seal = string.IsNullOrEmpty(key) ? null : new EvidenceSeal(KeyFiles.ReadSigningKey(key), null);

            // Not for ever: the test that would kill it may be killed itself.
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2))
            {
                new EvidenceWriter(EvidenceStore.Open(folder), TimeProvider.System) { Seal = seal }
                    .WriteAsync(
                        report,
                        manifests,
                        [.. manifests.Invariants],
                        Samples.Run(DateTimeOffset.UtcNow) with
                        {
                            ExitCode = 0,
                        },
                        CancellationToken.None
                    )
                    .GetAwaiter()
                    .GetResult();
            }

            Environment.Exit(0);
        }
    }
}
