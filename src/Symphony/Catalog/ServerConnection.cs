using Npgsql;

namespace Symphony.Catalog;

/// <summary>How Symphony connects, whatever it does with the connection.</summary>
internal static class ServerConnection
{
    /// <param name="asksAgain">The same statements are sent many times.</param>
    /// <param name="begin">What is done first; where it fails, the connection is closed.</param>
    /// <exception cref="UnobservedException">The server cannot be reached, or refuses.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(
        ConnectionTarget target,
        SessionLimits limits,
        bool asksAgain,
        Func<NpgsqlConnection, Task> begin,
        CancellationToken cancel
    )
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ToConnectionString())
        {
            ApplicationName = "symphony",
            Pooling = false,
            Enlist = false,
            IncludeErrorDetail = false,
            // Preparing costs a first use more than it saves it.
            MaxAutoPrepare = asksAgain ? 64 : 0,
            AutoPrepareMinUsages = 3,
            Timeout = (int)limits.Connect.TotalSeconds,
            // The server ends a statement first and says so; this is for one that no longer answers at all.
            CommandTimeout = (int)(limits.Statement.TotalSeconds + limits.Lock.TotalSeconds) + 10,
        };
        // Given with the connection, it would pass for what the server's configuration gives every session.
        // (Options that are empty are none; where they are null, Npgsql takes PGOPTIONS itself.)
        (settings.Options, var path) = StartupOptions.Take(settings.Options ?? "", "search_path");
        // A setting of the connection's own comes after its options, and counts.
        path = settings.SearchPath ?? path;
        foreach (var limit in SessionLimits.Settings)
        {
            // The transaction has its own.
            (settings.Options, _) = StartupOptions.Take(settings.Options ?? "", limit);
        }

        settings.SearchPath = null;
        await using var source = CreateSource(settings.ConnectionString);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await PromptOpening.OpenAsync(source.CreateConnection(), cancel);
            ServerVersions.Require(connection.PostgreSqlVersion.Major);
            if (path is not null)
            {
                await SetSearchPathAsync(connection, path, cancel);
            }

            await begin(connection);
            return connection;
        }
        catch (Exception failure)
            when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException
                || ConnectionFailures.IsOfCertificates(failure)
            )
        {
            await CloseAsync(connection);
            throw ConnectionFailures.Describe(target, failure);
        }
        catch (Exception ended) when (ended is OperationCanceledException or UnobservedException)
        {
            await CloseAsync(connection);
            throw;
        }
    }

    private static ValueTask CloseAsync(NpgsqlConnection? connection) => connection?.DisposeAsync() ?? default;

    private static async Task SetSearchPathAsync(NpgsqlConnection connection, string path, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_catalog.set_config('search_path', $1, false)",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = path });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlDataSource CreateSource(string connectionString)
    {
        // The types that are read are built in: loading the database's own would be a round trip for nothing.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString).EnableTransportSecurity();
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }
}
