using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Probes.Shapes;

/// <summary>Reads the shapes of tables and types, each once.</summary>
internal sealed class ShapeReader(RolledBackSession session)
{
    private readonly Dictionary<ObjectName, TableShape?> _tables = [];
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);

    /// <summary>The table's shape, or null when there is no such table.</summary>
    public async Task<TableShape?> TableAsync(ObjectName table, CancellationToken cancel)
    {
        if (!_tables.TryGetValue(table, out var shape))
        {
            shape = await ReadAsync("Probes/Shapes/table.sql", table, ShapeJson.Default.TableShape, cancel);
            _tables[table] = shape;
        }

        return shape;
    }

    public async Task<TypeShape> TypeAsync(string name, CancellationToken cancel)
    {
        if (!_types.TryGetValue(name, out var shape))
        {
            shape =
                await ReadAsync("Probes/Shapes/type.sql", [name], ShapeJson.Default.TypeShape, cancel)
                ?? throw new InvalidOperationException(
                    $"The type {name} was printed by the server and is not known to it."
                );
            _types[name] = shape;
        }

        return shape;
    }

    /// <summary>What a query of this library says of a table; null when there is no such table.</summary>
    public Task<T?> ReadAsync<T>(string path, ObjectName table, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => ReadAsync(path, [table.Schema, table.Name], type, cancel);

    /// <summary>Tables have changed; types have not.</summary>
    public void ForgetTables() => _tables.Clear();

    /// <summary>What a query of this library says; null where it has no answer.</summary>
    public async Task<T?> ReadAsync<T>(
        string path,
        IReadOnlyList<string?> parameters,
        JsonTypeInfo<T> type,
        CancellationToken cancel
    )
        where T : class
    {
        // Names print with their schema, and mean the same wherever they are sent back.
        var (rows, refusal) = await session.PeekAsync(
            ["SET LOCAL search_path = pg_catalog, pg_temp", "SET LOCAL quote_all_identifiers = off"],
            VersionedSql.Read(path, session.Major),
            parameters,
            cancel
        );
        if (refusal is not null)
        {
            throw new UnobservedException(
                $"cannot read the shape of {string.Join('.', parameters)}",
                "an answer to a catalog query",
                refusal.ToString(),
                "run with --debug and report this query"
            )
            {
                SqlState = refusal.SqlState,
            };
        }

        return rows is [[{ } json]] ? JsonSerializer.Deserialize(json, type) : null;
    }
}
