using Npgsql;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Servers;

/// <summary>A database of one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly EphemeralServer server;
    private readonly NpgsqlDataSource connections;

    internal TestDatabase(EphemeralServer server, string name, string connectionString)
    {
        this.server = server;
        Name = name;
        ConnectionString = connectionString;
        connections = Sessions(connectionString);
    }

    public string Name { get; }

    public int Major => server.Major;

    public string ConnectionString { get; }

    /// <summary>Sessions without the driver's look at the catalog's types, which takes longer than many a test.</summary>
    public static NpgsqlDataSource Sessions(string connectionString) =>
        new NpgsqlDataSourceBuilder(connectionString)
            .ConfigureTypeLoading(loading => loading.EnableTypeLoading(false))
            .Build();

    /// <summary>Runs one statement or several; several are one transaction unless they say otherwise.</summary>
    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query; a NULL is null.</summary>
    public async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }

        return rows;
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    /// <summary>A connection of its own, for tests that need transactions or settings.</summary>
    public async Task<NpgsqlConnection> OpenAsync() => await connections.OpenConnectionAsync();

    /// <summary>Closes the idle connections: only a database that nobody uses can be a template.</summary>
    public void Close() => connections.Clear();

    public async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync();
        await server.DropDatabaseAsync(Name);
    }

    /// <summary>Parameters are $1, $2, …</summary>
    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = connections.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
