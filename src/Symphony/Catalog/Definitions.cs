using Npgsql;

namespace Symphony.Catalog;

/// <summary>Makes what <see cref="CatalogSession.ReadDefinitionsAsync"/> has read, in an empty database.</summary>
public static class Definitions
{
    /// <summary>Bodies may name what is not made; names are all qualified.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "SET check_function_bodies = off",
        "SET search_path = pg_catalog, pg_temp",
    ];

    /// <returns>What the server did not accept; null when it accepted everything.</returns>
    public static async Task<string?> ApplyAsync(
        ConnectionTarget target,
        IEnumerable<string> statements,
        CancellationToken cancel
    )
    {
        await using var connection = new NpgsqlConnection(target.ToConnectionString() + ";Pooling=false");
        await connection.OpenAsync(cancel);
        try
        {
            foreach (var statement in Settings.Concat(statements))
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync(cancel);
            }

            return null;
        }
        catch (PostgresException refused)
        {
            return $"{refused.MessageText} (SQLSTATE {refused.SqlState})";
        }
    }
}
