using System.Security.Cryptography;
using Npgsql;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A role of one test that may log in, and nothing else unless it is granted.</summary>
internal sealed class LoginRole : IAsyncDisposable
{
    private readonly TestDatabase database;

    private LoginRole(TestDatabase database, string name, string password)
    {
        this.database = database;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = name,
            Password = password,
            Pooling = false,
        }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<LoginRole> CreateAsync(TestDatabase database)
    {
        var name = "role_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var password = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await database.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD '{password}'");
        return new LoginRole(database, name, password);
    }

    public async ValueTask DisposeAsync() => await database.ExecuteAsync($"DROP OWNED BY {Name}; DROP ROLE {Name}");
}
