using Npgsql;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>What makes objects again in an empty database; see <see cref="CatalogSession.ReadDefinitionsAsync"/>.</summary>
/// <param name="Statements">In order.</param>
/// <param name="Roles">The roles that they make where the cluster has none of that name.</param>
public sealed record Definitions(IReadOnlyList<string> Statements, IReadOnlyList<RoleDefinition> Roles)
{
    /// <summary>Whether facts list the roles of the whole cluster that have some right.</summary>
    public bool ListsRoles { get; init; }

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
    public static string DropRoles(IEnumerable<RoleDefinition> roles, string mark) =>
        "DO "
        + SqlText.DollarQuote(
            $"""

            DECLARE made text;
            BEGIN
              SELECT pg_catalog.string_agg(pg_catalog.quote_ident(r.rolname), ', ' ORDER BY r.rolname COLLATE "C") INTO made
              FROM pg_catalog.pg_roles r
              WHERE r.rolname IN ({string.Join(", ", roles.Select(role => SqlText.QuoteLiteral(role.Name)))})
                AND pg_catalog.shobj_description(r.oid, 'pg_authid') = {SqlText.QuoteLiteral(mark)};
              IF made IS NOT NULL THEN
                EXECUTE 'DROP ROLE ' || made;
              END IF;
            END

            """.ReplaceLineEndings("\n")
        );

    /// <returns>What the server did not accept; null when it accepted everything.</returns>
    public static async Task<string?> ApplyAsync(
        ConnectionTarget target,
        IEnumerable<string> statements,
        CancellationToken cancel
    )
    {
        await using var connection = await PromptOpening.OpenAsync(
            target.ToConnectionString() + ";Pooling=false",
            cancel
        );
        try
        {
            foreach (var statement in Settings.Concat(statements))
            {
                // As it is: a command would look for semicolons in it, which bodies hold.
                await using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands = { new NpgsqlBatchCommand(statement) },
                };
                await batch.ExecuteNonQueryAsync(cancel);
            }

            return null;
        }
        catch (PostgresException refused)
        {
            return $"{refused.MessageText} (SQLSTATE {refused.SqlState})";
        }
    }
}
