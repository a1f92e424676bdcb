using System.Diagnostics;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A run that also says what became of the manifests since a revision.</summary>
public sealed class SinceTests(PostgresServers servers) : IDisposable
{
    private const string Before = "- {id: a, severity: P0, table: {table: t}}\n- {id: b, table: {table: t}}";

    private readonly Workspace workspace = new Workspace().Write("README.md", "A repository.\n");

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task What_was_loosened_or_removed_since_a_revision_is_in_the_text_and_in_the_run_document()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t ()");
        Git("init", "-q");
        workspace.Claim(Before);
        var commit = Commit();
        workspace.Claim("- {id: a, severity: P2, table: {table: t}}");

        var run = await workspace.VerifyAsync(database, "--since", "HEAD");

        Assert.Equal(ExitCode.Ok, run.Exit);
        Assert.Contains("since   HEAD  loosened: a, severity from P0 to P2", run.Output, StringComparison.Ordinal);
        Assert.Contains("since   HEAD  removed: b", run.Output, StringComparison.Ordinal);
        var since = Assert.Single(RunDocuments()).GetProperty("since");
        Assert.Equal(commit, since.Text("commit"));
        Assert.Equal(
            ["loosened a severity", "removed b "],
            since
                .GetProperty("changes")
                .EnumerateArray()
                .Select(change => $"{change.Text("change")} {change.Text("invariant")} {change.Text("path")}")
        );
    }

    [Fact]
    public async Task Manifests_that_are_as_they_were_or_were_not_there_yet_are_nothing_to_note()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t ()");
        Git("init", "-q");
        var first = Commit();
        workspace.Claim(Before);
        Commit();

        var same = await workspace.VerifyAsync(database, "--since", "HEAD");
        var absent = await workspace.VerifyAsync(database, "--since", first);

        Assert.Contains("since   HEAD  no invariant", same.Output, StringComparison.Ordinal);
        Assert.Contains($"since   {first}  no invariant", absent.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-branch", "no-such-branch")]
    [InlineData("--output=stolen", "--output=stolen")]
    public async Task A_revision_that_does_not_exist_is_bad_input_and_never_an_option_of_git(
        string revision,
        string named
    )
    {
        await using var database = await servers.CreateDatabaseAsync();
        Git("init", "-q");
        workspace.Claim(Before);
        Commit();

        var run = await workspace.VerifyAsync(database, $"--since={revision}");

        Assert.Equal(ExitCode.BadInput, run.Exit);
        run.IsTold($"cannot be compared with those of {named}", "fatal", "name a commit, a tag or a branch");
        Assert.False(File.Exists(Path.Combine(workspace.Root, "invariants", "stolen")));
    }

    private IEnumerable<System.Text.Json.JsonElement> RunDocuments() =>
        Directory
            .EnumerateFiles(workspace.Evidence, "run.json", SearchOption.AllDirectories)
            .Select(path => System.Text.Json.JsonElement.Parse(File.ReadAllBytes(path)));

    private string Commit()
    {
        Git("add", ".");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "A state");
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = workspace.Root,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
