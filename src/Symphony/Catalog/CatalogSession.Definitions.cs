using System.Text.Json;
using Npgsql;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <content>Reading what objects are made of, to make others like them.</content>
public sealed partial class CatalogSession
{
    /// <summary>Statements, in order, that make what facts rest on again without rows, with what it needs.</summary>
    /// <param name="footing">What facts rest on.</param>
    /// <param name="mark">The comment of each role that the statements make, by which it is known again.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="UnobservedException">A query was refused or timed out.</exception>
    public async Task<Definitions> ReadDefinitionsAsync(Footing footing, string mark, CancellationToken cancel)
    {
        try
        {
            var counted = (await ReadRolesAsync(footing.Roles, [], cancel)).Select(role => role.Name).ToList();
            var (statements, named) = await ReadStatementsAsync(footing, counted, cancel);
            var roles = await ReadRolesAsync(footing.Roles, [.. named, .. footing.NamedRoles], cancel);
            return new Definitions(
                [.. new RoleStatements(roles, mark, Major).All(), .. statements],
                [.. roles.Where(role => !role.IsPredefined)]
            )
            {
                ListsRoles = footing.ListsRoles,
            };
        }
        catch (NpgsqlException failure)
        {
            throw await DescribeAsync("the definitions of the tables", failure, cancel);
        }
    }

    private async Task<(IReadOnlyList<string> Statements, IReadOnlyList<string> Roles)> ReadStatementsAsync(
        Footing footing,
        IReadOnlyList<string> counted,
        CancellationToken cancel
    )
    {
        await using var batch = Batch(
            "Catalog/definitions.sql",
            SqlText.ArrayLiteral(footing.Objects.Select(entry => entry.Schema)),
            SqlText.ArrayLiteral(footing.Objects.Select(entry => entry.Name)),
            SqlText.ArrayLiteral(footing.Objects.Select(entry => entry.Sort)),
            footing.Privileges ? "true" : "false",
            SqlText.ArrayLiteral(counted)
        );
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var (order, roles) = (new DefinitionOrder(), new SortedSet<string>(StringComparer.Ordinal));
        while (await reader.ReadAsync(cancel))
        {
            var madeObject = await reader.IsDBNullAsync(0, cancel) ? null : reader.GetString(0);
            if (!await reader.IsDBNullAsync(1, cancel))
            {
                order.AddNeeds(madeObject!, Names(reader.GetString(1)));
            }

            if (!await reader.IsDBNullAsync(2, cancel))
            {
                order.Add(madeObject, reader.GetString(2));
            }

            if (!await reader.IsDBNullAsync(3, cancel))
            {
                roles.UnionWith(Names(reader.GetString(3)));
            }
        }

        return (order.Sorted(), [.. roles]);
    }

    private async Task<IReadOnlyList<RoleDefinition>> ReadRolesAsync(
        IReadOnlyList<string> counted,
        IReadOnlyList<string> named,
        CancellationToken cancel
    )
    {
        await using var batch = Batch(
            "Catalog/definition_roles.sql",
            SqlText.ArrayLiteral(counted),
            SqlText.ArrayLiteral(named)
        );
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var roles = new List<RoleDefinition>();
        while (await reader.ReadAsync(cancel))
        {
            roles.Add(
                new RoleDefinition(
                    reader.GetString(0),
                    reader.GetBoolean(1),
                    reader.GetString(2),
                    await reader.IsDBNullAsync(3, cancel) ? [] : RoleMembershipDefinition.Read(reader.GetString(3))
                )
            );
        }

        return roles;
    }

    private NpgsqlBatch Batch(string query, params string[] parameters) =>
        new(_connection) { BatchCommands = { Command(VersionedSql.Read(query, Major), parameters) } };

    private static IReadOnlyList<string> Names(string json) =>
        [.. JsonElement.Parse(json).EnumerateArray().Select(name => name.GetString()!)];
}
