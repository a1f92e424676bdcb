using Symphony.Catalog;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>The search path that a connection gives its session is the one that the server would have given it.</summary>
public sealed class SessionPathTests(PostgresServers servers)
{
    [Theory]
    [InlineData("", "\"$user\", public")]
    [InlineData(";Options=-c search_path=one", "one")]
    [InlineData(";Search Path=two", "two")]
    // Of both the server takes the options first.
    [InlineData(";Options=-c search_path=one;Search Path=two", "two")]
    public async Task A_path_given_with_the_connection_counts_and_is_not_what_the_server_resets_to(
        string given,
        string path
    )
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using (var plain = new Npgsql.NpgsqlConnection(database.ConnectionString + given))
        {
            await plain.OpenAsync(TestContext.Current.CancellationToken);
            await using var show = new Npgsql.NpgsqlCommand("SHOW search_path", plain);
            Assert.Equal(path, await show.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        await using var session = await RolledBackSession.OpenAsync(
            ConnectionTarget.Parse(database.ConnectionString + given, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );
        var (rows, _) = await session.PeekAsync(
            [],
            "SELECT setting, reset_val FROM pg_catalog.pg_settings WHERE name = 'search_path'",
            [],
            TestContext.Current.CancellationToken
        );

        Assert.Equal($"{path} | \"$user\", public", string.Join(" | ", Assert.Single(rows)));
    }
}
