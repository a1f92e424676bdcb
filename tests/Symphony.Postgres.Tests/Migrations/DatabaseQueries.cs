using Npgsql;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

internal static class DatabaseQueries
{
    /// <summary>The first column of every row.</summary>
    public static async Task<IReadOnlyList<T>> ColumnAsync<T>(this TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<T>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(await rows.GetFieldValueAsync<T>(0, TestContext.Current.CancellationToken));
        }

        return values;
    }

    public static async Task<T> ValueAsync<T>(this TestDatabase database, string sql) =>
        Assert.Single(await database.ColumnAsync<T>(sql));

    public static Task<IReadOnlyList<string>> LedgerAsync(this TestDatabase database) =>
        database.ColumnAsync<string>("SELECT version FROM public.schema_migrations ORDER BY version COLLATE \"C\"");

    public static Task<bool> HasRelationAsync(this TestDatabase database, string name) =>
        database.ValueAsync<bool>($"SELECT to_regclass('{name}') IS NOT NULL");

    /// <summary>Runs a statement that the server is to refuse.</summary>
    public static async Task<PostgresException> RefusalAsync(this TestDatabase database, string sql) =>
        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(sql));
}
