using Npgsql;

namespace Symphony.Catalog;

/// <content>Reading what a table is made of, to make one like it.</content>
public sealed partial class CatalogSession
{
    /// <summary>Statements, in order, that make the tables again without their rows, with what they need.</summary>
    /// <exception cref="UnobservedException">The query was refused or timed out.</exception>
    public async Task<IReadOnlyList<string>> ReadDefinitionsAsync(
        IReadOnlyList<Subject> relations,
        CancellationToken cancel
    )
    {
        var query = new FactQuery("definitions", VersionedSql.Read("Catalog/definitions.sql", Major), relations);
        try
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(Command(query.Sql, [.. query.Parameters().Take(2)]));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var statements = new List<string>();
            while (await reader.ReadAsync(cancel))
            {
                statements.Add(reader.GetString(0));
            }

            return statements;
        }
        catch (NpgsqlException failure)
        {
            throw await DescribeAsync("the definitions of the tables", failure, cancel);
        }
    }
}
