using System.Text.Json;
using System.Text.RegularExpressions;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>A database, a manifest, and what both witnesses say of it.</summary>
internal sealed class ProbedDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly Workspace workspace = new();

    private ProbedDatabase(TestDatabase database) => this.database = database;

    public TestDatabase Database => database;

    public Workspace Workspace => workspace;

    public static async Task<ProbedDatabase> CreateAsync(
        PostgresServers servers,
        string schema,
        int major = ServerOptions.DefaultMajor
    )
    {
        var created = await servers.CreateDatabaseAsync(major);
        await created.ExecuteAsync(schema);
        return new ProbedDatabase(created);
    }

    public static string[] Direct { get; } = ["--probe", "direct", "--i-own-this-database"];

    public static string[] Shadow { get; } = ["--probe", "shadow"];

    /// <summary>Each way to make the database act, as options.</summary>
    public static IReadOnlyList<string[]> Modes { get; } = [Direct, Shadow];

    /// <summary>The run with probes.</summary>
    /// <param name="invariants">The manifest's list; without it the manifest stands already.</param>
    public async Task<CliRun> ProbeAsync(string? invariants = null, params string[] options)
    {
        if (invariants is not null)
        {
            workspace.Claim(invariants);
        }

        return await workspace.VerifyAsync(database, [.. options.Length == 0 ? Direct : options]);
    }

    /// <summary>The one check of the manifest, by the catalog alone and by both witnesses.</summary>
    public async Task<(JsonElement Catalog, JsonElement Both)> CompareAsync(string invariants, params string[] options)
    {
        workspace.Claim(invariants);
        await workspace.VerifyAsync(database);
        var catalog = workspace.Check();
        await ProbeAsync(null, options);
        return (catalog, workspace.Check());
    }

    public async ValueTask DisposeAsync()
    {
        workspace.Dispose();
        await database.DisposeAsync();
    }
}

internal static partial class Testimonies
{
    /// <summary>What the second witness said, as "confirmed: …".</summary>
    public static IReadOnlyList<string> Heard(this JsonElement check) =>
        [
            .. check
                .GetProperty("proof")
                .GetProperty("behaviour")
                .GetProperty("testimonies")
                .EnumerateArray()
                .Select(testimony => $"{testimony.Text("outcome")}: {testimony.Text("statement")}"),
        ];

    /// <summary>Fails when it is not a FAIL that names both witnesses, or lacks the words.</summary>
    public static void IsDisagreement(this JsonElement check, string words)
    {
        Assert.Equal("FAIL", check.Verdict());
        Assert.Contains("The catalog says that it holds", check.Text("explanation"), StringComparison.Ordinal);
        Assert.Contains(words, check.Text("explanation"), StringComparison.Ordinal);
        Assert.Contains(check.Heard(), statement => statement.StartsWith("contradicted", StringComparison.Ordinal));
        Assert.NotEmpty(check.Text("next")!);
    }

    /// <summary>The digest that a body was found to have, where another one was claimed: a zero throughout.</summary>
    public static string FoundDigest(this JsonElement check) =>
        Assert
            .Single(
                Digest().Matches(check.GetProperty("differences").GetRawText()),
                match => !match.Value.StartsWith("000", StringComparison.Ordinal)
            )
            .Value;

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();
}
