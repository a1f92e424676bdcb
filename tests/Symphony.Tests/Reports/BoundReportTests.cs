using System.Text;
using System.Text.Json.Nodes;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Evidence.Reports;
using Symphony.Evidence.Signing;
using Symphony.Tests.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>Reports in a run's own folder: views, and bound to their run all the same.</summary>
public sealed class BoundReportTests : IDisposable
{
    private static readonly string[] Everything =
    [
        .. ReportFormats.All.SelectMany(format => new[] { "--report", format.Name }),
    ];

    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_format_has_a_file_of_its_own_that_is_no_evidence()
    {
        var names = ReportFormats.All.Select(format => format.FileName).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.True(ReportIndex.IsReportName(name), name));
    }

    [Fact]
    public async Task One_changed_byte_of_a_report_or_of_what_binds_it_is_found()
    {
        var run = await _folder.RunAsync();
        await _folder.ReportAsync(run, [.. Everything, "--key", _folder.KeyFile]);
        Assert.Equal([], _folder.Examine().Findings);
        Assert.Equal([], _folder.ExamineUnsigned().Findings);

        var files = Directory.GetFiles(_folder.FolderOf(run)).Select(file => Path.GetFileName(file)).Order().ToList();
        Assert.Equal(ReportFormats.All.Count + 4, files.Count);
        foreach (var file in files)
        {
            var path = Path.Combine(_folder.FolderOf(run), file);
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                var changed = bytes.ToArray();
                changed[at] ^= 1;
                await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
                Assert.True(_folder.Examine().Findings.Count > 0, $"{file} at {at}");
            }

            File.Delete(path);
            Assert.True(_folder.Examine().Findings.Count + _folder.Examine().Notes.Count > 0, file);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        }

        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task Without_a_key_a_changed_report_is_found_by_its_digest()
    {
        var run = await _folder.RunAsync(signed: false);
        await _folder.ReportAsync(run, "--report", "html");
        Assert.Equal([], _folder.ExamineUnsigned().Findings);

        var page = Path.Combine(_folder.FolderOf(run), "report.html");
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            page,
            text.Replace("FAIL", "PASS", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var finding = Assert.Single(_folder.ExamineUnsigned().Findings);
        Assert.Equal($"{EvidenceStore.RunFolder(run.RunId)}/report.html", finding.File);
    }

    [Fact]
    public async Task Of_an_index_that_somebody_wrote_anew_the_signature_is_missing()
    {
        var run = await _folder.RunAsync();
        await _folder.ReportAsync(run, "--report", "markdown", "--key", _folder.KeyFile);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FolderOf(run), "report.md"),
            "all is well",
            TestContext.Current.CancellationToken
        );
        new ReportBinding(_folder.FolderOf(run), null).Bind([("markdown", "report.md")]);

        Assert.Contains(
            _folder.Examine().Findings,
            finding => finding.File.EndsWith(ReportIndex.SignatureName, StringComparison.Ordinal)
        );
        File.Delete(Path.Combine(_folder.FolderOf(run), ReportIndex.SignatureName));
        Assert.NotEmpty(_folder.Examine().Findings);
    }

    [Fact]
    public async Task A_report_that_comes_later_joins_the_others()
    {
        var run = await _folder.RunAsync();
        await _folder.ReportAsync(run, "--report", "junit", "--report", "sarif", "--key", _folder.KeyFile);
        await _folder.ReportAsync(
            run,
            "--report",
            $"html={Path.Combine(_folder.FolderOf(run), "page.html")}",
            "--report",
            "junit",
            "--key",
            _folder.KeyFile
        );

        Assert.Equal([], _folder.Examine().Findings);
        var index = JsonNode.Parse(
            await File.ReadAllTextAsync(_folder.IndexOf(run), TestContext.Current.CancellationToken)
        )!;
        Assert.Equal(
            ["junit.xml", "page.html", "results.sarif"],
            index["reports"]!.AsArray().Select(report => (string?)report!["name"])
        );
    }

    [Fact]
    public async Task What_joins_a_signed_run_without_a_key_is_refused_and_nothing_is_written()
    {
        var run = await _folder.RunAsync();
        var report = await CliRun.In(_folder.Root, "evidence", "report", ".", "--report", "html");

        Assert.Equal(3, report.Exit);
        Assert.Contains("--key", report.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["run.json", DsseEnvelope.FileName],
            Directory.GetFiles(_folder.FolderOf(run)).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_run_puts_them_into_its_own_folder()
    {
        using var folder = CliFolder.With("  - id: a\n    table: {table: public.t}");
        var run = await CliRun.In(
            folder.Path,
            "verify",
            "--database-url",
            "postgres://nobody@127.0.0.1:1/nowhere",
            "--report",
            "html",
            "--report",
            "sarif"
        );

        var own = Assert.Single(Directory.GetDirectories(folder.File("evidence/runs")));
        Assert.Equal(
            ["report.html", "reports.json", "results.sarif", "run.json"],
            Directory.GetFiles(own).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Contains($"{Path.GetFileName(own)}/report.html", run.Output, StringComparison.Ordinal);
        var verified = await CliRun.In(folder.Path, "evidence", "verify", "evidence");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Annotations_of_a_run_without_findings_are_an_empty_file_and_no_finding()
    {
        var run = await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")));
        await _folder.ReportAsync(run, "--report", "github", "--key", _folder.KeyFile);
        var annotations = Path.Combine(_folder.FolderOf(run), "annotations.txt");
        Assert.Equal(0, new FileInfo(annotations).Length);

        Assert.Equal([], _folder.Examine().Findings);

        File.WriteAllText(annotations, "::error::all is lost");
        Assert.Contains(
            _folder.Examine().Findings,
            finding => finding.File.EndsWith("annotations.txt", StringComparison.Ordinal)
        );
        File.Delete(annotations);
        Assert.Contains(
            _folder.Examine().Findings,
            finding => finding.File.EndsWith("annotations.txt", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_same_report_twice_is_one_and_another_in_its_place_is_refused()
    {
        var run = await _folder.RunAsync(signed: false);
        await _folder.ReportAsync(run, "--report", "html", "--report", "html");
        Assert.Equal([], _folder.ExamineUnsigned().Findings);

        var place = Path.Combine(_folder.FolderOf(run), "report.html");
        var other = await CliRun.In(
            _folder.Root,
            "evidence",
            "report",
            ".",
            "--report",
            "html",
            "--report",
            $"json={place}"
        );
        Assert.Equal(3, other.Exit);
        Assert.Contains("a file of its own for each report", other.Error, StringComparison.Ordinal);
        Assert.Equal([], _folder.ExamineUnsigned().Findings);
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("statement.dsse.json")]
    [InlineData("../../log.jsonl")]
    [InlineData("../../checkpoint")]
    [InlineData("TSK-P0-149/" + Samples.Signature + ".json")]
    [InlineData("../../TSK-P0-149/" + Samples.Signature + ".json")]
    public async Task No_report_takes_the_place_of_evidence(string path)
    {
        var run = await _folder.RunAsync();
        var file = Path.GetFullPath(Path.Combine(_folder.FolderOf(run), path));
        Assert.True(File.Exists(file), file);

        var report = await CliRun.In(_folder.Root, "evidence", "report", ".", "--report", $"json={file}");

        Assert.Equal(3, report.Exit);
        Assert.Contains("it is evidence", report.Error, StringComparison.Ordinal);
        Assert.Equal([], _folder.Examine().Findings);
    }

    [Theory]
    [InlineData("../../../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("run.json")]
    [InlineData("TSK-P0-149/" + Samples.OtherSignature + ".json")]
    [InlineData("..")]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task A_name_in_the_index_never_becomes_a_path(string name)
    {
        var run = await _folder.RunAsync(signed: false);
        await _folder.ReportAsync(run, "--report", "html");
        Rewrite(run, index => index["reports"]![0]!["name"] = name);

        var findings = _folder.ExamineUnsigned().Findings;

        Assert.Contains(findings, finding => finding.Pointer == "/reports/0/name");
        Assert.DoesNotContain(findings, finding => finding.File.Contains("passwd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_of_another_run_or_with_a_report_twice_is_a_finding()
    {
        var run = await _folder.RunAsync(signed: false);
        await _folder.ReportAsync(run, "--report", "html");
        var index = await File.ReadAllBytesAsync(_folder.IndexOf(run), TestContext.Current.CancellationToken);
        foreach (
            var (change, pointer) in new (Action<JsonNode>, string)[]
            {
                (node => node["run_id"] = "20200101T000000Z-00000000", "/run_id"),
                (node => node["run_sha256"] = new string('0', 64), "/run_sha256"),
                (node => node["reports"]!.AsArray().Add(node["reports"]![0]!.DeepClone()), "/reports/1/name"),
                (node => node["more"] = 1, "/more"),
            }
        )
        {
            Rewrite(run, change);
            Assert.Contains(_folder.ExamineUnsigned().Findings, finding => finding.Pointer == pointer);
            await File.WriteAllBytesAsync(_folder.IndexOf(run), index, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_file_that_nothing_binds_is_named()
    {
        var run = await _folder.RunAsync();
        File.WriteAllText(Path.Combine(_folder.FolderOf(run), "page.html"), "all is well");
        Assert.Contains(
            _folder.Examine().Notes,
            note => note.Contains("page.html: no digest says what it must be", StringComparison.Ordinal)
        );
    }

    private void Rewrite(RunDocument run, Action<JsonNode> change)
    {
        var path = _folder.IndexOf(run);
        var index = JsonNode.Parse(File.ReadAllBytes(path))!;
        change(index);
        File.WriteAllBytes(path, CanonicalJson.Of(Encoding.UTF8.GetBytes(index.ToJsonString())));
    }
}
