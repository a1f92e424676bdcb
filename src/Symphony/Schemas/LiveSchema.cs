using Npgsql;
using Symphony.Catalog;

namespace Symphony.Schemas;

/// <summary>The schema of a database, read in one read-only transaction.</summary>
public static class LiveSchema
{
    /// <exception cref="UnobservedException">The database cannot be reached or read.</exception>
    public static async Task<SchemaImage> ReadAsync(ConnectionTarget target, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ToConnectionString())
        {
            ApplicationName = "symphony",
            Pooling = false,
            Enlist = false,
        };
        try
        {
            await using var connection = await PromptOpening.OpenAsync(settings.ConnectionString, cancel);
            await using var begin = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", connection);
            await begin.ExecuteNonQueryAsync(cancel);
            return await new SchemaReader(connection).ReadAsync(cancel);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.Describe(target, failure);
        }
    }
}
