using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

/// <summary>What an auditor mistypes, and what is said then: what was found, and what to do.</summary>
public sealed class EvidenceInputTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("evidence verify runs", 2, "nothing was decided", "name the evidence folder, which holds runs/")]
    [InlineData("evidence verify . --public-key runs", 3, "found     a folder", "evidence keygen")]
    [InlineData("evidence verify . --checkpoint runs", 3, "found     a folder", "copy of the evidence folder's file")]
    [InlineData("evidence log verify --evidence .", 3, "no such file", "runs with --key write it")]
    [InlineData("repro runs --evidence .", 3, "the folder runs", "TASK/SIGNATURE.json")]
    [InlineData("repro P0.A --fresh --database-url x", 3, "found     both", "leave one of them out")]
    [InlineData("evidence import nothing", 3, "there is no evidence to read", "no such file or folder")]
    public async Task A_slip_is_told_with_what_to_do(string command, int exit, string found, string next)
    {
        await _folder.RunAsync(signed: false);

        var run = await CliRun.In(_folder.Root, command.Split(' '));

        Assert.True(run.Exit == exit, run.Output + run.Error);
        Assert.Contains(found, run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains(next, run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>As a variable leaves it that is not set.</summary>
    [Theory]
    [InlineData("evidence verify {}")]
    [InlineData("evidence diff {} {}")]
    [InlineData("evidence check --commit 0123456789012345678901234567890123456789 --evidence {}")]
    [InlineData("evidence report {} --report html")]
    [InlineData("verify --database-url postgres://nobody@127.0.0.1:1/none --evidence {}")]
    [InlineData("verify --database-url postgres://nobody@127.0.0.1:1/none --invariants {}")]
    [InlineData("repro P0.A --evidence {}")]
    public async Task An_empty_path_is_not_the_working_directory(string command)
    {
        using var folder = CliFolder.With("  - id: a\n    table: {table: public.t}");

        var run = await CliRun.In(folder.Path, [.. command.Split(' ').Select(word => word == "{}" ? "" : word)]);

        Assert.True(run.Exit == 3, run.Output + run.Error);
        Assert.Contains("a path is empty", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public async Task A_folder_for_evidence_that_is_a_file_is_called_one()
    {
        File.WriteAllText(
            _folder.File("old.json"),
            """{"check_id":"a","timestamp_utc":"2025-03-01T10:00:00Z","git_sha":"b","status":"PASS"}"""
        );

        var run = await CliRun.In(_folder.Root, "evidence", "import", "old.json", "--evidence", "old.json/deeper");

        Assert.Equal(3, run.Exit);
        Assert.Contains("old.json is a file", run.Error, StringComparison.Ordinal);
    }
}
