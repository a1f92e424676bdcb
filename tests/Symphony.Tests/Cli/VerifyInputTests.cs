using System.Text.Json;
using Symphony.Tests.Servers;

namespace Symphony.Tests.Cli;

public sealed class VerifyInputTests
{
    /// <summary>Nothing listens there.</summary>
    private const string Nowhere = "postgres://somebody:secret@127.0.0.1:1/nowhere";

    private const string Good = "  - {id: a, table: {table: t}}\n";

    [Fact]
    public async Task Without_a_database_nothing_is_guessed()
    {
        using var folder = CliFolder.With(Good);

        var run = await CliRun.In(folder.Path, "verify");

        Assert.Equal((3, ""), (run.Exit, run.Output));
        Assert.StartsWith(
            "symphony: it is not said which database is meant\n  expected  --database-url, DATABASE_URL, or libpq's",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(folder.File("evidence")));
    }

    [Fact]
    public async Task Every_problem_of_the_manifests_is_told_with_its_place()
    {
        using var folder = CliFolder.With("  - {id: A, table: {tabel: t}}\n  - {id: b, chek: {}}\n");

        var run = await CliRun.In(folder.Path, "verify", "--database-url", Nowhere);

        Assert.Equal((3, ""), (run.Exit, run.Output));
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.All(lines[..^1], line => Assert.Matches(@"^invariants/m\.yml:\d+:\d+: expected .+, found ", line));
        Assert.Equal($"symphony: {lines.Length - 1} problems in the manifests; nothing was verified", lines[^1]);
        Assert.Equal(5, lines.Length);
    }

    /// <summary>Connecting began meanwhile, and nobody needs it any more.</summary>
    [Fact]
    public async Task A_problem_of_the_manifests_does_not_wait_for_a_server_that_does_not_answer()
    {
        using var folder = CliFolder.With("  - {id: A, table: {table: t}}\n");
        using var silent = new SilentServer();

        var running = CliRun.In(folder.Path, "verify", "--database-url", silent.Url, "--connect-timeout", "1000");
        var run = await running.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal((3, ""), (run.Exit, run.Output));
        Assert.StartsWith("invariants/m.yml:5:10: expected ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - {id: a, \"ta\\e[2Jble\": {}}\n")]
    [InlineData("  - {id: \"a\\e]0;title\\a\", table: {table: t}}\n")]
    [InlineData("  - {id: a, table: {table: \"a.b.c\\u202e\"}}\n")]
    [InlineData("  - {id: a, table: {table: t, \"own\\ner\": x}}\n")]
    [InlineData("  - {id: a, check: {table: t, name: c, expression: \"'\\e[31m\"}}\n")]
    [InlineData("  - {id: a, append_only: {table: t, sqlstate: \"\\e[31\"}}\n")]
    [InlineData("  - {id: a, severity: \"\\r\\e[A\", table: {table: t}}\n")]
    public async Task A_terminals_commands_in_a_manifest_are_not_obeyed(string invariants)
    {
        using var folder = CliFolder.With(invariants);

        var run = await CliRun.In(folder.Path, "verify", "--database-url", Nowhere);

        Assert.Equal(3, run.Exit);
        Assert.DoesNotContain(
            run.Error.Replace("\n", "", StringComparison.Ordinal),
            character => char.IsControl(character) || character == '\u202e'
        );
        Assert.StartsWith("invariants/m.yml:5:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_with_evidence_and_without_the_password()
    {
        using var folder = CliFolder.With(Good);

        var run = await CliRun.In(folder.Path, "verify", "--database-url", Nowhere);

        Assert.Equal(2, run.Exit);
        Assert.Contains("1 check: 0 PASS, 0 WAIVED, 0 FAIL, 1 ERROR", run.Output, StringComparison.Ordinal);
        Assert.Contains("lets postgres://somebody@127.0.0.1:1/nowhere in", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("evidence/TSK-1/P0.SOME.SIGNATURE.json")));
        Assert.DoesNotContain("secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(folder.File("evidence"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("secret", File.ReadAllText(file), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task As_JSON_there_is_nothing_but_JSON()
    {
        using var folder = CliFolder.With(Good);

        var run = await CliRun.In(folder.Path, "verify", "--json", "--database-url", Nowhere);

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(["bundles", "run"], document.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("ERROR", document.RootElement.GetProperty("bundles")[0].GetProperty("verdict").GetString());
        Assert.Equal(2, run.Exit);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--fail-on=P0")]
    public async Task Bad_manifests_leave_standard_output_empty(string option)
    {
        using var folder = CliFolder.With("  - {}\n");

        var run = await CliRun.In(folder.Path, "verify", option, "--database-url", Nowhere);

        Assert.Equal((3, ""), (run.Exit, run.Output));
    }

    [Fact]
    public async Task Evidence_that_cannot_be_written_is_told()
    {
        using var folder = CliFolder.With(Good);

        var run = await CliRun.In(
            folder.Path,
            "verify",
            "--database-url",
            Nowhere,
            "--evidence",
            "invariants/m.yml/evidence"
        );

        Assert.NotEqual(0, run.Exit);
        Assert.StartsWith("symphony: evidence cannot be written\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_without_a_folder_or_a_database_are_bad_input()
    {
        Assert.Equal(3, (await CliRun.InRepository("migrate")).Exit);
        Assert.Equal(
            3,
            (await CliRun.InRepository("migrate", "--plan", "--migrations", "nowhere", "--database-url", Nowhere)).Exit
        );
    }
}
