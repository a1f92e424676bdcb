using Npgsql;

namespace Symphony.Catalog;

/// <summary>What makes tables and sequences again in an empty database; see <see cref="CatalogSession.ReadDefinitionsAsync"/>.</summary>
/// <param name="Statements">In order.</param>
/// <param name="Roles">The roles that they make where the cluster has none of that name.</param>
public sealed record Definitions(IReadOnlyList<string> Statements, IReadOnlyList<string> Roles)
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
