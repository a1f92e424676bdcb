using System.Diagnostics;

namespace Symphony.Servers;

/// <summary>
/// A server under its supervisor (supervise.sh), which stops it and removes its folder when this process lets go of
/// the pipe between them: on dispose, and just as well when this process is killed.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> log;
    private bool stopped;

    private ServerProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        log = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    /// <param name="folder">The server's own folder: it exists, and is removed when the server ends.</param>
    /// <param name="template">An initialised data folder to copy into it as "data", or null.</param>
    /// <param name="user">The user to run as.</param>
    /// <param name="command">The server, in the foreground.</param>
    /// <param name="environment">Where to look for setsid.</param>
    public static ServerProcess Start(
        string folder,
        string? template,
        ServerUser user,
        IEnumerable<string> command,
        Func<string, string?> environment
    )
    {
        // In a session of its own, a server does not get the terminal's Ctrl-C before its users are done with it.
        string[] session = Tool.Find("setsid", environment) is { } setsid ? [setsid] : [];
        var script = EmbeddedFile.Read("Servers/supervise.sh");
        var supervisor = user.Command(["/bin/sh", "-c", script, "symphony-server", folder, template ?? "", .. command]);
        return new ServerProcess(Tool.Start([.. session, .. supervisor]));
    }

    /// <summary>The end of the log of a server that has exited.</summary>
    public async Task<string> LogAsync()
    {
        await process.WaitForExitAsync();
        return (await log).Trim();
    }

    /// <summary>Lets the server live on without us; its folder still goes when it stops.</summary>
    public async Task KeepAsync()
    {
        stopped = true;
        await process.StandardInput.WriteLineAsync("keep");
        process.StandardInput.Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopped)
        {
            stopped = true;
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(StopPatience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }

            await Task.WhenAll(output, log);
        }

        process.Dispose();
    }
}
