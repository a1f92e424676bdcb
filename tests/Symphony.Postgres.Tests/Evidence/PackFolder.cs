using System.Diagnostics;
using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>A failure, and the pack that is made of it: its files are run as its README says, by psql and nothing of Symphony.</summary>
internal sealed class PackFolder : IDisposable
{
    public Workspace Workspace { get; } = new();

    public string Path => System.IO.Path.Combine(Workspace.Root, "pack");

    public void Dispose() => Workspace.Dispose();

    /// <summary>A database that was verified and is not as it is claimed to be.</summary>
    public async Task<TestDatabase> FailAsync(PostgresServers servers, string claims, string broken, int? major = null)
    {
        Workspace.Claim(claims);
        var database = await CreateAsync(servers, major);
        await database.ExecuteAsync(broken);
        var verified = await Workspace.VerifyAsync(database);
        Assert.True(verified.Exit is ExitCode.Failed or ExitCode.Unobserved, verified.All);
        return database;
    }

    /// <summary>Packs a failure, makes it again by psql, sees it as recorded, mends it, and sees it gone.</summary>
    /// <param name="elsewhere">Where the pack is tried; without it on the same servers.</param>
    public async Task ShowAsync(
        PostgresServers servers,
        string claims,
        string broken,
        string repair,
        int? major = null,
        PostgresServers? elsewhere = null
    )
    {
        await using var database = await FailAsync(servers, claims, broken, major);
        var pack = await PackAsync(database);
        Assert.True(pack.Exit == ExitCode.Ok && !pack.Error.Contains("not in the pack"), pack.All);

        await using var scratch = await CreateAsync(elsewhere ?? servers, major);
        var made = await PsqlAsync(scratch, "schema.sql");
        Assert.True(made.Exit == 0, made.Output);
        var check = await PsqlAsync(scratch, "check.sql");
        Assert.True(check.Exit == 0, check.Output);
        Assert.Contains("\nreproduced\n", check.Output, StringComparison.Ordinal);
        var facts = await PsqlAsync(scratch, "facts.sql");
        Assert.True(facts.Exit == 0, facts.Output);

        await scratch.ExecuteAsync(repair);
        var repaired = await PsqlAsync(scratch, "check.sql");
        Assert.True(repaired.Exit == 3, repaired.Output);
    }

    private static Task<TestDatabase> CreateAsync(PostgresServers servers, int? major) =>
        major is { } one ? servers.CreateDatabaseAsync(one) : servers.CreateDatabaseAsync();

    public Task<CliRun> PackAsync(TestDatabase database) => PackAsync(database.ConnectionString);

    public Task<CliRun> PackAsync(string database, params string[] options) =>
        Workspace.RunAsync(database, ["repro", Workspace.Signature, "--pack", "pack", .. options]);

    /// <summary>Verifies the pack's own manifest.</summary>
    public Task<CliRun> VerifyAsync(TestDatabase scratch) =>
        Workspace.VerifyAsync(scratch, "--invariants", "pack/manifest.yml", "--evidence", "other");

    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    /// <param name="name">Another database of the same server.</param>
    public async Task<(int Exit, string Output)> PsqlAsync(TestDatabase database, string file, string? name = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo("psql", ["-X", "-v", "ON_ERROR_STOP=1", "-f", file])
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = $"{settings.Port}",
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
                ["PGDATABASE"] = name ?? settings.Database,
            },
        };
        using var psql = Process.Start(start)!;
        var errors = psql.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await psql.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await psql.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (psql.ExitCode, "\n" + output + await errors);
    }
}
