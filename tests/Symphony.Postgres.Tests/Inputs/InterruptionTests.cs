using System.Diagnostics;
using System.Text;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Ctrl-C while the real process works: nothing is left, and nothing is half written.</summary>
public sealed class InterruptionTests(PostgresServers servers) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Workspace workspace = new Workspace().Claim(
        "- {id: a, check: {table: t, name: c, expression: a > 0}}"
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Verify_leaves_no_session_and_no_evidence(string signal)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var held = await HeldLock.OnAsync(database, "pg_catalog.pg_depend");
        using var symphony = Start("verify", "--lock-timeout", "120", "--database-url", UrlOf(database));
        var session = await held.WaiterAsync();

        await Tool.RunAsync(["kill", signal, $"{symphony.Id}"], Cancel);
        var error = await symphony.StandardError.ReadToEndAsync(Cancel);
        await symphony.WaitForExitAsync(Cancel);

        Assert.Equal((int)ExitCode.Unobserved, symphony.ExitCode);
        Assert.Contains("interrupted; nothing was decided", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.Evidence));
        await UntilAsync(async () =>
            await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", session) == 0
        );
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Verify_leaves_no_evidence_that_it_has_begun(string signal)
    {
        workspace.Claim(WideTable.Claim);
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync(WideTable.Schema);
        await using var held = await HeldLock.OnAsync(database, "public.wide");
        using var symphony = Start("verify", "--lock-timeout", "120", "--database-url", UrlOf(database));
        await held.WaiterAsync();
        await UntilAsync(() => Task.FromResult(WideTable.BegunIn(workspace).Count == 2));

        await Tool.RunAsync(["kill", signal, $"{symphony.Id}"], Cancel);
        await symphony.StandardError.ReadToEndAsync(Cancel);
        await symphony.WaitForExitAsync(Cancel);

        Assert.Equal((int)ExitCode.Unobserved, symphony.ExitCode);
        Assert.False(Directory.Exists(workspace.Evidence));
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Gate_leaves_no_server_no_folder_and_no_evidence(string signal)
    {
        workspace.Write("migrations/0001_slow.sql", "SELECT pg_sleep(600);");
        using var symphony = Start("gate", "--skip", "lint", "--migrations", "migrations");
        while (
            !(await symphony.StandardError.ReadLineAsync(Cancel))!.Contains(
                "gating a fresh PostgreSQL",
                StringComparison.Ordinal
            )
        )
        {
            // It also says which build it installs, when it has to.
        }

        var folder = FolderOf(symphony);
        await Tool.RunAsync(["kill", signal, $"{symphony.Id}"], Cancel);
        await symphony.StandardError.ReadToEndAsync(Cancel);
        await symphony.WaitForExitAsync(Cancel);

        Assert.Equal((int)ExitCode.Unobserved, symphony.ExitCode);
        await Leftovers.AreGoneAsync(folder);
        Assert.False(Directory.Exists(workspace.Evidence));
    }

    private static string UrlOf(TestDatabase database)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"postgres://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <summary>The server's folder stands in its supervisor's arguments, after the supervisor's own name.</summary>
    private static string FolderOf(Process symphony)
    {
        var arguments = Directory
            .EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), out _) && ParentOf(process) == symphony.Id)
            .Select(process => Read(Path.Combine(process, "cmdline")).Split('\0'))
            .Single(words => words.Contains("symphony-server"));
        return arguments[Array.IndexOf(arguments, "symphony-server") + 1];
    }

    private static int ParentOf(string process)
    {
        var stat = Read(Path.Combine(process, "stat"));
        return stat.LastIndexOf(')') is > 0 and var end ? int.Parse(stat[(end + 2)..].Split(' ')[1]) : 0;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waiting = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waiting.Elapsed < Patience, "it does not come to that");
            await Task.Delay(20, Cancel);
        }
    }

    private Process Start(params string[] arguments) =>
        Tool.Start(["dotnet", typeof(CommandLine).Assembly.Location, .. arguments], workspace.Root);
}
