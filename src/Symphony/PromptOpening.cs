using Npgsql;

namespace Symphony;

/// <summary>Opening connections that can be interrupted at any time.</summary>
/// <remarks>
/// Npgsql looks at the token while it connects the socket, but not while it waits for the server's first answers. A
/// host that takes the connection and then stays silent would hold Ctrl-C until the time limit for connecting.
/// </remarks>
internal static class PromptOpening
{
    /// <returns>The connection, open. Where it does not open, nobody needs to dispose of it.</returns>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">At once, whatever the server does.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var opening = connection.OpenAsync(cancel);
        try
        {
            await opening.WaitAsync(cancel);
            return connection;
        }
        catch
        {
            // While it is being opened, Npgsql refuses to close it.
            _ = CloseAfterAsync(opening, connection);
            throw;
        }
    }

    public static Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancel) =>
        OpenAsync(new NpgsqlConnection(connectionString), cancel);

    private static async Task CloseAfterAsync(Task opening, NpgsqlConnection connection)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
    }
}
