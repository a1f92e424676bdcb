using Npgsql;
using Symphony.Sql;

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

    /// <summary>
    /// Drops, of the roles that statements with this mark make, those that they have made, and no others: a name and the
    /// comment that only such a role has. What depends on one keeps it: the server says so.
    /// </summary>
    public static string DropRoles(IEnumerable<string> roles, string mark) =>
        $"""
            DO $symphony$
            DECLARE made text;
            BEGIN
              FOR made IN
                SELECT r.rolname
                FROM pg_catalog.pg_roles r
                WHERE r.rolname IN ({string.Join(", ", roles.Select(SqlText.QuoteLiteral))})
                  AND pg_catalog.shobj_description(r.oid, 'pg_authid') = {SqlText.QuoteLiteral(mark)}
                ORDER BY r.rolname
              LOOP
                EXECUTE pg_catalog.format('DROP ROLE %I', made);
              END LOOP;
            END $symphony$
            """.ReplaceLineEndings("\n");

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
