using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Symphony.Tests.Reports;

/// <summary>Prometheus' node exporter with nothing to tell but the files of a folder. Without it a test fails.</summary>
internal sealed partial class NodeExporter : IAsyncDisposable
{
    private static readonly string[] Names = ["prometheus-node-exporter", "node_exporter"];

    private readonly Process _process;
    private readonly HttpClient _client = new();

    private NodeExporter(Process process) => _process = process;

    /// <summary>Starts it on a free port of this machine, and asks it once for all that it has.</summary>
    /// <returns>The lines that a Prometheus server would read.</returns>
    public static async Task<IReadOnlyList<string>> ScrapeAsync(string folder)
    {
        var start = new ProcessStartInfo(
            Find(),
            [
                "--collector.disable-defaults",
                "--collector.textfile",
                $"--collector.textfile.directory={folder}",
                "--web.listen-address=127.0.0.1:0",
                "--web.disable-exporter-metrics",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        await using var exporter = new NodeExporter(Process.Start(start)!);
        return await exporter.ScrapeAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<IReadOnlyList<string>> ScrapeAsync(CancellationToken cancel)
    {
        var address = "";
        while (address.Length == 0)
        {
            var line =
                await _process.StandardError.ReadLineAsync(cancel)
                ?? throw new InvalidOperationException("The node exporter ended before it listened.");
            address = Listening().Match(line).Groups["address"].Value;
        }

        // Nobody else reads what it has to say, and a full pipe would stop it.
        _ = _process.StandardError.ReadToEndAsync(cancel);
        var text = await _client.GetStringAsync(new Uri($"http://{address}/metrics"), cancel);
        return text.Split('\n');
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"The test of the metrics needs {Names[0]} in PATH: apt-get install {Names[0]}"
        );

    [GeneratedRegex("Listening on.* address=(?<address>[0-9.]+:[0-9]+)")]
    private static partial Regex Listening();
}
