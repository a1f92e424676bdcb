using Npgsql;
using NpgsqlTypes;
using Symphony.Catalog;

namespace Symphony.Schemas;

/// <summary>Reads <see cref="SchemaImage"/>s over one connection, inside whatever transaction is open on it.</summary>
public sealed class SchemaReader
{
    private const string Savepoint = "symphony_schema";

    private readonly NpgsqlConnection _connection;
    private readonly string[] _without;
    private readonly string _sql;

    /// <summary>What was read last: an object that has not changed since is the same one.</summary>
    private Dictionary<ObjectKey, SchemaObject> _last = [];

    /// <param name="without">Schemas that are left out.</param>
    public SchemaReader(NpgsqlConnection connection, params string[] without)
    {
        (_connection, _without) = (connection, without);
        _sql = VersionedSql.Read("Schemas/objects.sql", connection.PostgreSqlVersion.Major);
    }

    /// <summary>Definitions are spelled as <see cref="CatalogSession.Settings"/> has it; the session's stay as they were.</summary>
    /// <exception cref="NpgsqlException">The server refused, or was lost. The transaction has then failed.</exception>
    public async Task<SchemaImage> ReadAsync(CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
        foreach (var setting in CatalogSession.Settings)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        }

        var query = new NpgsqlBatchCommand(_sql);
        query.Parameters.Add(
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = _without }
        );
        batch.BatchCommands.Add(query);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"ROLLBACK TO SAVEPOINT {Savepoint}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"RELEASE SAVEPOINT {Savepoint}"));
        // Planning takes longer than running it, and one reader is asked again and again.
        await batch.PrepareAsync(cancel);

        var objects = new List<SchemaObject>();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            objects.Add(Read(reader));
        }

        _last = objects.ToDictionary(entry => entry.Key);
        return new SchemaImage(objects);
    }

    private SchemaObject Read(NpgsqlDataReader row)
    {
        var key = new ObjectKey(row.GetString(0), row.GetFieldValue<uint>(1), row.GetInt32(2));
        uint? parent = row.IsDBNull(3) ? null : row.GetFieldValue<uint>(3);
        var (identity, definition, state) = (row.GetString(6), row.GetString(7), row.GetString(8));
        return
            _last.GetValueOrDefault(key) is { } last
            && last.Identity == identity
            && last.Definition == definition
            && last.InnerState == state
            && last.Parent == parent
            ? last
            : new SchemaObject(key, parent, row.GetString(4), row.GetString(5), identity, definition, state);
    }
}
