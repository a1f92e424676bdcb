using System.Text.Json;
using Symphony.Cli;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Tests.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary><c>--report</c>, and <c>symphony evidence report</c>.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const string Invariant = """
          - id: a
            table: {table: public.t}
        """;

    private const string Nowhere = "postgres://nobody@127.0.0.1:1/nowhere";

    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_named_by_its_folder_its_id_or_the_evidence_that_it_is_the_newest_of()
    {
        var started = DateTimeOffset.UtcNow;
        _folder.Started = () => started = started.AddSeconds(-10);
        var newest = await _folder.RunAsync();
        var older = await _folder.RunAsync();

        foreach (
            var (name, run) in new[]
            {
                (".", newest),
                (older.RunId, older),
                (EvidenceStore.RunFolder(older.RunId), older),
                (EvidenceStore.RunFolder(newest.RunId) + "/", newest),
            }
        )
        {
            var report = await CliRun.In(
                _folder.Root,
                "evidence",
                "report",
                name,
                "--evidence",
                ".",
                "--report",
                "markdown=-"
            );
            Assert.Equal((0, ""), (report.Exit, report.Error));
            Assert.Contains(run.RunId, report.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_reports_are_written_at_once_and_files_are_replaced()
    {
        await _folder.RunAsync();
        File.WriteAllText(_folder.File("r.sarif"), "old");
        var report = await CliRun.In(
            _folder.Root,
            "evidence",
            "report",
            ".",
            "--report",
            "sarif=r.sarif",
            "--report",
            "junit=new/j.xml"
        );
        Assert.Equal((0, ""), (report.Exit, report.Error));
        Assert.Equal($"report    r.sarif\nreport    {Path.Combine("new", "j.xml")}\n", report.Output);
        Assert.StartsWith("{", File.ReadAllText(_folder.File("r.sarif")), StringComparison.Ordinal);
        Assert.Equal(["j.xml"], Directory.GetFiles(_folder.File("new")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Of_evidence_that_was_changed_no_report_is_made()
    {
        var run = await _folder.RunAsync();
        var bundle = _folder.File(run.Bundles[0].Path);
        File.WriteAllText(bundle, File.ReadAllText(bundle).Replace("\"FAIL\"", "\"PASS\"", StringComparison.Ordinal));
        var report = await CliRun.In(_folder.Root, "evidence", "report", ".", "--report", "junit=j.xml");
        Assert.Equal(1, report.Exit);
        Assert.Contains("WRONG", report.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("j.xml")));
    }

    [Theory]
    [InlineData("evidence", "report", "nothing", "--report", "junit=j.xml")]
    [InlineData("evidence", "report", ".")]
    public async Task Without_a_run_or_a_format_there_is_no_report(params string[] args)
    {
        Assert.Equal(3, (await CliRun.In(_folder.Root, args)).Exit);
        Assert.False(File.Exists(_folder.File("j.xml")));
    }

    [Theory]
    [InlineData("pdf=r.pdf", "pdf")]
    [InlineData("SARIF=r", "SARIF")]
    [InlineData("sarif=", "sarif=")]
    [InlineData("=r", "=r")]
    [InlineData("sarif=invariants", "a folder has that name")]
    [InlineData("sarif=link", "a symbolic link")]
    [InlineData("sarif=/dev/null", "it is a device")]
    [InlineData("sarif=invariants/m.yml/r.sarif", "m.yml")]
    public async Task A_report_that_cannot_be_made_is_told_before_the_database_is_asked(string report, string found)
    {
        using var folder = CliFolder.With(Invariant);
        File.CreateSymbolicLink(folder.File("link"), "target");
        foreach (var command in new[] { "verify", "gate" })
        {
            var run = await CliRun.In(folder.Path, command, "--database-url", Nowhere, "--report", report);
            Assert.Equal(3, run.Exit);
            Assert.Contains(found, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("nowhere", run.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder.File("evidence")));
        }
    }

    [Fact]
    public async Task Two_documents_have_no_place_on_one_output()
    {
        using var folder = CliFolder.With(Invariant);
        foreach (
            var more in new[]
            {
                new[] { "--report", "junit=-", "--report", "sarif=-" },
                ["--json", "--report", "junit=-"],
                ["--report", "junit=r", "--report", "sarif=r"],
            }
        )
        {
            Assert.Equal(3, (await CliRun.In(folder.Path, ["verify", "--database-url", Nowhere, .. more])).Exit);
        }
    }

    [Fact]
    public async Task A_database_that_was_not_reached_is_an_error_in_the_reports_too()
    {
        using var folder = CliFolder.With(Invariant);
        var run = await CliRun.In(
            folder.Path,
            "verify",
            "--database-url",
            Nowhere,
            "--report",
            "junit=j.xml",
            "--report",
            "github=-"
        );
        Assert.Equal(2, run.Exit);
        Assert.Contains("errors=\"1\"", File.ReadAllText(folder.File("j.xml")), StringComparison.Ordinal);
        // Standard output is the report's alone.
        Assert.All(
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("::", line, StringComparison.Ordinal)
        );
        Assert.Contains("1 ERROR", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_names_the_place_of_the_invariant_from_its_first_character_to_its_last()
    {
        using var folder = CliFolder.With(Invariant + "\n\n  # a comment\n");
        await CliRun.In(folder.Path, "verify", "--database-url", Nowhere, "--report", "sarif=r.sarif");
        var region = JsonElement
            .Parse(File.ReadAllText(folder.File("r.sarif")))
            .GetProperty("runs")[0]
            .GetProperty("results")[0]
            .GetProperty("locations")[0]
            .GetProperty("physicalLocation")
            .GetProperty("region");
        var lines = File.ReadAllLines(folder.File("invariants/m.yml"));
        Assert.Equal(
            (5, lines[4].IndexOf("id", StringComparison.Ordinal) + 1, 6, lines[5].Length + 1),
            (Number("startLine"), Number("startColumn"), Number("endLine"), Number("endColumn"))
        );

        int Number(string name) => region.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task One_report_that_cannot_be_written_does_not_keep_the_others_away_and_is_told()
    {
        var run = await _folder.RunAsync();
        File.WriteAllText(_folder.File("file"), "");
        using var output = new StringWriter();
        var context = new CliContext(output, output, _folder.Root, _ => null, TimeProvider.System);
        var (files, failure) = new ReportWriter(context).Write(
            [
                new ReportTarget(ReportFormats.Find("sarif")!, _folder.File("file/r.sarif")),
                new ReportTarget(ReportFormats.Find("junit")!, _folder.File("j.xml")),
            ],
            _folder.File(EvidenceStore.RunFolder(run.RunId))
        );
        Assert.Equal([_folder.File("j.xml")], files);
        Assert.Equal("the report was not written", failure!.Message);
    }

    [Fact]
    public async Task A_gate_that_verifies_nothing_does_not_leave_a_report_out_without_a_word()
    {
        using var folder = CliFolder.With(Invariant);
        var run = await CliRun.In(folder.Path, "gate", "--only", "manifests", "--report", "junit=j.xml");
        Assert.Equal(2, run.Exit);
        Assert.Contains("no report was written", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("j.xml")));
    }
}
