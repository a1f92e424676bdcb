using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>Which fingerprint a run was asked for: recorded always, and told where two are held against each other.</summary>
public sealed class FingerprintScopeTests(PostgresServers servers) : IDisposable
{
    private const string Told =
        "these two fingerprints are not comparable: A's is of --fingerprint touched, B's of full";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Fingerprints_of_two_sorts_are_told_apart_wherever_the_evidence_stands()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int)");
        workspace.Claim("- {id: a, table: {table: t}}");
        await workspace.VerifyAsync(database, "--evidence", "a", "--fingerprint", "touched");
        await workspace.VerifyAsync(database, "--evidence", "b", "--fingerprint", "full");
        var bundle = $"{Workspace.Task}/{Workspace.Signature}.json";

        // Evidence folders, runs' folders, newest bundles, and a run's own.
        string[] left = ["a", RunOf("a"), $"a/{bundle}", $"{RunOf("a")}/{bundle}"];
        string[] right = ["b", RunOf("b"), $"b/{bundle}", $"{RunOf("b")}/{bundle}"];
        foreach (var (one, other) in left.Zip(right))
        {
            var diff = await workspace.RunAsync(null, ["evidence", "diff", one, other]);
            Assert.Equal(ExitCode.Failed, diff.Exit);
            Assert.Contains(Told, diff.Output, StringComparison.Ordinal);
            Assert.Contains("verify both with the same one", diff.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_fingerprints_of_one_sort_only_the_difference_is_told()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int)");
        workspace.Claim("- {id: a, table: {table: t}}");
        await workspace.VerifyAsync(database, "--evidence", "a");
        await database.ExecuteAsync("ALTER TABLE t ADD b int");
        await workspace.VerifyAsync(database, "--evidence", "b");

        var diff = await workspace.RunAsync(null, ["evidence", "diff", "a", "b"]);

        Assert.Contains("schema: ", diff.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not comparable", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fingerprints_over_other_relations_are_told_apart_wherever_the_evidence_stands()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int); CREATE TABLE u (a int)");
        const string Claim = "- {id: a, table: {table: t}}";
        workspace.Claim(Claim);
        await workspace.VerifyAsync(database, "--evidence", "a");
        // The bundle that is compared says the same; another one of the run is about another table.
        workspace.Claim($"{Claim}\n- {{id: b, failure_signature: P0.OTHER, table: {{table: u}}}}");
        await workspace.VerifyAsync(database, "--evidence", "b");
        var bundle = $"{Workspace.Task}/{Workspace.Signature}.json";

        string[] left = ["a", RunOf("a"), $"a/{bundle}", $"{RunOf("a")}/{bundle}"];
        string[] right = ["b", RunOf("b"), $"b/{bundle}", $"{RunOf("b")}/{bundle}"];
        foreach (var (one, other) in left.Zip(right))
        {
            var diff = await workspace.RunAsync(null, ["evidence", "diff", one, other]);
            Assert.Contains(
                "not comparable: A's covers no relation that B's does not, B's public.u that A's does not",
                diff.Output,
                StringComparison.Ordinal
            );
            Assert.Contains("--fingerprint full", diff.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("full")]
    [InlineData("touched")]
    public async Task A_run_that_no_database_answered_records_what_it_was_asked_for(string scope)
    {
        workspace.Claim("- {id: a, table: {table: t}}");

        var run = await workspace.VerifyAsync("postgres://nobody@127.0.0.1:1/none", "--fingerprint", scope);

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        var document = JsonElement.Parse(
            await File.ReadAllBytesAsync(
                Path.Combine(workspace.Root, RunOf("evidence"), "run.json"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(scope, document.GetProperty("fingerprint").GetString());
        Assert.Equal(ExitCode.Ok, (await workspace.RunAsync(null, ["evidence", "verify"])).Exit);
    }

    /// <summary>The one run of an evidence folder, as a path that a command is given.</summary>
    private string RunOf(string evidence) =>
        Path.GetRelativePath(
            workspace.Root,
            Assert.Single(Directory.GetDirectories(Path.Combine(workspace.Root, evidence, "runs")))
        );
}
