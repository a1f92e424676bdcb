using System.Diagnostics;

namespace Symphony.Postgres.Tests.Servers;

/// <summary>What a server may leave behind, and must not.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Processes whose arguments name the server's folder.</summary>
    public static IReadOnlyList<int> ProcessesOf(string folder) =>
        [
            .. Process
                .GetProcesses()
                .Where(process => Arguments(process.Id).Contains(folder, StringComparison.Ordinal))
                .Select(process => process.Id),
        ];

    /// <summary>Waits until a server whose owner did not wait for it is gone; fails when it stays.</summary>
    public static async Task AreGoneAsync(string folder)
    {
        var waiting = Stopwatch.StartNew();
        while (Directory.Exists(folder) || ProcessesOf(folder).Count > 0)
        {
            Assert.True(waiting.Elapsed < Patience, $"{folder} or its processes are still there");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
