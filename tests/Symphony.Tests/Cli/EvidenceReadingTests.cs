using Symphony.Evidence;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

/// <summary>Evidence for people: shown, compared, imported.</summary>
public sealed class EvidenceReadingTests : IDisposable
{
    private const string Record =
        """{"check_id":"tenants","timestamp_utc":"2025-03-01T10:00:00Z","git_sha":"abc123","status":"PASS","details":{"rows":3}}""";

    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bundle_is_shown_with_what_was_found_and_how_it_is_repaired()
    {
        await _folder.RunAsync();
        var shown = await CliRun.In(_folder.Root, "evidence", "show", $"{Samples.Task}/{Samples.Signature}.json");
        Assert.Equal(0, shown.Exit);
        Assert.Contains($"FAIL    {Samples.Task} {Samples.Signature}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("enforced: expected true, found false", shown.Output, StringComparison.Ordinal);
        Assert.Contains("repair: ALTER TABLE", shown.Output, StringComparison.Ordinal);
        Assert.Contains(
            "waived until 2026-11-21 by dba@example.org: being repaired",
            shown.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_does_not_follow_from_its_facts_is_not_shown_without_a_word()
    {
        await _folder.RunAsync();
        var path = _folder.File($"{Samples.Task}/{Samples.Signature}.json");
        File.WriteAllText(
            path,
            File.ReadAllText(path).Replace("\"enforced\":false", "\"enforced\":true", StringComparison.Ordinal)
        );
        var shown = await CliRun.In(_folder.Root, "evidence", "show", path);
        Assert.Equal(1, shown.Exit);
        Assert.StartsWith("WRONG", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_are_compared_check_by_check()
    {
        var green = await _folder.RunAsync(Samples.Set(Samples.Invariant("c-differs")));
        var red = await _folder.RunAsync();
        var (a, b) = (EvidenceStore.RunFolder(green.RunId), EvidenceStore.RunFolder(red.RunId));

        var same = await CliRun.In(_folder.Root, "evidence", "diff", a, a);
        var other = await CliRun.In(_folder.Root, "evidence", "diff", a, b);

        Assert.Equal((0, ""), (same.Exit, same.Output));
        Assert.Equal(1, other.Exit);
        Assert.Contains(
            "c-differs public.c_differs.c-differs_chk: PASS → FAIL",
            other.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("/observed/enforced: true → false", other.Output, StringComparison.Ordinal);
        Assert.Contains("a-holds public.a_holds.a-holds_chk: only in B, PASS", other.Output, StringComparison.Ordinal);
        Assert.Contains($"{Samples.OtherSignature}: only in B, PASS", other.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Record)]
    [InlineData("[" + Record + "]")]
    [InlineData(Record + "\n" + Record + "\n")]
    public async Task An_older_archive_stays_readable_and_counts_for_nothing(string text)
    {
        File.WriteAllText(_folder.File("old.json"), text);

        var before = await CliRun.In(_folder.Root, "evidence", "show", "old.json");
        var imported = await CliRun.In(_folder.Root, "evidence", "import", "old.json", "--evidence", "e");
        var again = await CliRun.In(_folder.Root, "evidence", "import", "old.json", "--evidence", "e");
        var file = Assert.Single(Directory.GetFiles(_folder.File("e/imported")));
        var after = await CliRun.In(_folder.Root, "evidence", "show", file);
        var verified = await CliRun.In(_folder.Root, "evidence", "verify", "e");

        Assert.Equal((0, 0, 0), (imported.Exit, again.Exit, after.Exit));
        Assert.Equal(before.Output, after.Output);
        Assert.Contains(
            "2025-03-01T10:00:00.000Z  tenants  PASS  commit abc123",
            after.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("{\"rows\":3}", after.Output, StringComparison.Ordinal);
        Assert.Equal(2, verified.Exit);
        Assert.Contains("which hold no facts", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_keeps_numbers_that_no_double_holds_and_no_password()
    {
        File.WriteAllText(
            _folder.File("old.json"),
            Record.Replace(
                "{\"rows\":3}",
                """{"max":9223372036854775807,"list":["postgres://u:hunter2@h/d",{"db_password":"hunter2"}]}""",
                StringComparison.Ordinal
            )
        );

        var shown = await CliRun.In(_folder.Root, "evidence", "show", "old.json");
        await CliRun.In(_folder.Root, "evidence", "import", "old.json", "--evidence", "e");
        var file = File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.File("e/imported"))));

        foreach (var text in new[] { shown.Output, file })
        {
            Assert.Contains("\"max\":\"9223372036854775807\"", text, StringComparison.Ordinal);
            Assert.Contains("postgres://u:***@h/d", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_archives_are_not_the_same_because_neither_has_a_bundle()
    {
        var run = await _folder.RunAsync();
        File.WriteAllText(_folder.File("old.json"), Record);
        File.WriteAllText(_folder.File("new.json"), Record.Replace("PASS", "FAIL", StringComparison.Ordinal));

        foreach (var other in new[] { "new.json", EvidenceStore.RunFolder(run.RunId) })
        {
            var diff = await CliRun.In(_folder.Root, "evidence", "diff", "old.json", other);
            Assert.Equal(3, diff.Exit);
            Assert.Contains("holds no facts: old.json", diff.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}", "check_id")]
    [InlineData("[]", "record")]
    [InlineData("", "")]
    [InlineData("[1]", "object")]
    [InlineData("no json", "JSON")]
    [InlineData("""{"check_id":"a","timestamp_utc":"yesterday","git_sha":"b","status":"PASS"}""", "timestamp_utc")]
    [InlineData("""{"check_id":"a","timestamp_utc":"2025-01-01T00:00:00Z","git_sha":7,"status":"PASS"}""", "git_sha")]
    [InlineData("""{"schema":"symphony/evidence-bundle/v9"}""", "v9")]
    public async Task Something_else_is_not_imported_and_nothing_is_written(string text, string problem)
    {
        File.WriteAllText(_folder.File("good.json"), Record);
        File.WriteAllText(_folder.File("bad.json"), text);

        var run = await CliRun.In(_folder.Root, "evidence", "import", "good.json", "bad.json", "--evidence", "e");

        Assert.Equal(3, run.Exit);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("e")));
    }

    [Fact]
    public async Task A_skipped_check_is_not_a_pass()
    {
        File.WriteAllText(_folder.File("old.json"), Record.Replace("PASS", "SKIPPED", StringComparison.Ordinal));
        var shown = await CliRun.In(_folder.Root, "evidence", "show", "old.json");
        Assert.StartsWith("ERROR   2025-03-01T10:00:00.000Z  tenants  SKIPPED", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_for_terminals_in_evidence_is_shown_as_text()
    {
        File.WriteAllText(
            _folder.File("old.json"),
            Record.Replace("tenants", "\\u001b[2Jgone", StringComparison.Ordinal)
        );
        var shown = await CliRun.In(_folder.Root, "evidence", "show", "old.json");
        Assert.DoesNotContain('\u001b', shown.Output);
        Assert.Contains("\\u001b[2Jgone", shown.Output, StringComparison.Ordinal);
    }
}
