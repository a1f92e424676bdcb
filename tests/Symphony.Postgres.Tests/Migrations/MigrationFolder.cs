using Symphony.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>A folder of migrations made for one test, and runs of it.</summary>
internal sealed class MigrationFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("symphony-migrations-");

    public string FullName => _directory.FullName;

    /// <summary>The migrations of this repository.</summary>
    public static string PhaseZero { get; } = Path.Combine(FindRoot(), "schema", "migrations");

    public MigrationFolder Write(string name, string sql)
    {
        File.WriteAllText(Path.Combine(FullName, name), sql);
        return this;
    }

    public void Remove(string name) => File.Delete(Path.Combine(FullName, name));

    /// <returns>The versions that this run applied.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(TestDatabase database, CancellationToken? cancel = null) =>
        await ApplyAsync(FullName, database, cancel);

    public static async Task<IReadOnlyList<string>> ApplyAsync(
        string directory,
        TestDatabase database,
        CancellationToken? cancel = null
    )
    {
        var applied = await new MigrationRunner(database.ConnectionString).ApplyAsync(
            directory,
            cancel ?? TestContext.Current.CancellationToken
        );
        return [.. applied.Select(migration => migration.Version)];
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Symphony.sln")))
        {
            directory =
                Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("not inside a checkout");
        }

        return directory;
    }
}
