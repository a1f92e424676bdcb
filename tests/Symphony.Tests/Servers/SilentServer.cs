using System.Net;
using System.Net.Sockets;

namespace Symphony.Tests.Servers;

/// <summary>Takes every connection, reads what it is sent, and never answers.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentServer()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public string Url => $"postgres://me@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/db";

    /// <summary>A client has connected, has said something, and waits.</summary>
    public Task Heard => _heard.Task;

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            _ = ReadAsync(client.GetStream());
        }
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var words = new byte[256];
        while (await stream.ReadAsync(words) > 0)
        {
            _heard.TrySetResult();
        }
    }
}
