using Npgsql;

namespace Symphony.Catalog;

/// <content>Reading what a table is made of, to make one like it.</content>
public sealed partial class CatalogSession
{
    /// <summary>Statements, in order, that make tables and sequences again without their rows, with what they need.</summary>
    /// <param name="relations">The tables and sequences.</param>
    /// <param name="mark">The comment of each role that the statements make, by which it is known again.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="UnobservedException">The query was refused or timed out.</exception>
    public async Task<Definitions> ReadDefinitionsAsync(
        IReadOnlyList<Subject> relations,
        string mark,
        CancellationToken cancel
    )
    {
        var query = new FactQuery("definitions", VersionedSql.Read("Catalog/definitions.sql", Major), relations);
        try
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(Command(query.Sql, [.. query.Parameters().Take(2), mark]));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var (statements, roles) = (new List<string>(), new List<string>());
            while (await reader.ReadAsync(cancel))
            {
                statements.Add(reader.GetString(0));
                if (!await reader.IsDBNullAsync(1, cancel))
                {
                    roles.Add(reader.GetString(1));
                }
            }

            return new Definitions(statements, roles);
        }
        catch (NpgsqlException failure)
        {
            throw await DescribeAsync("the definitions of the tables", failure, cancel);
        }
    }
}
