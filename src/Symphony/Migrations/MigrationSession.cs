using Npgsql;
using Symphony.Sql;

namespace Symphony.Migrations;

/// <summary>
/// The one connection of a run. It is never pooled: the lock it holds, and whatever a migration did to its settings,
/// end with it.
/// </summary>
internal sealed class MigrationSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private MigrationSession(NpgsqlConnection connection) => _connection = connection;

    /// <summary>For those who look at what a migration does while it is open.</summary>
    public NpgsqlConnection Connection => _connection;

    public static async Task<MigrationSession> OpenAsync(string connectionString, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "symphony migrate",
            Pooling = false,
            Multiplexing = false,
            Enlist = false,
            // How long a migration may take is for its own statement_timeout and lock_timeout to say.
            CommandTimeout = 0,
            TcpKeepAlive = true,
        };
        var connection = await PromptOpening.OpenAsync(settings.ConnectionString, cancel);
        try
        {
            var session = new MigrationSession(connection);
            await session.ResetAsync(cancel);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The settings every file begins with, whatever the role, the database or the file before it had set. Strings
    /// are read as the splitter reads them; unqualified names are made in public, not in a schema called as the role.
    /// </summary>
    public async Task ResetAsync(CancellationToken cancel)
    {
        await ExecuteAsync("RESET SESSION AUTHORIZATION", cancel);
        await ExecuteAsync("RESET ROLE", cancel);
        await ExecuteAsync("RESET ALL", cancel);
        await ExecuteAsync("SET standard_conforming_strings = on", cancel);
        await ExecuteAsync("SET search_path = public, pg_temp", cancel);
    }

    public ValueTask<NpgsqlTransaction> BeginAsync(CancellationToken cancel) =>
        _connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel);

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Runs a statement of a migration as it was written. Npgsql looks for semicolons in what it sends, and misreads
    /// some (the END of a CASE inside BEGIN ATOMIC, a dollar quote with letters outside ASCII). As the only command of a
    /// batch, what it takes for several statements is refused before it is sent, and is then sent as a string.
    /// </summary>
    public async Task ExecuteAsync(SqlStatement statement, CancellationToken cancel)
    {
        try
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (NotSupportedException)
        {
            var body = $"BEGIN EXECUTE {SqlText.QuoteLiteral(statement.Text)}; END";
            await ExecuteAsync($"DO {SqlText.QuoteLiteral(body)}", cancel);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
