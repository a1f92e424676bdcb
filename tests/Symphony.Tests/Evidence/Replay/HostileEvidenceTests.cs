using System.Text;
using System.Text.Json.Nodes;
using Symphony.Evidence;
using Symphony.Evidence.Log;
using Symphony.Evidence.Replay;
using Symphony.Kinds;

namespace Symphony.Tests.Evidence.Replay;

/// <summary>Evidence folders that were made to mislead or to break whoever reads them, or writes into them.</summary>
public sealed class HostileEvidenceTests : IDisposable
{
    private readonly SignedFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"schema\":\"symphony/evidence-run/v1\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\ud800\"")]
    public async Task A_document_that_is_none_is_a_finding_wherever_it_stands(string text)
    {
        var run = await _folder.RunAsync();
        foreach (var file in _folder.Files().ToList())
        {
            var bytes = File.ReadAllBytes(_folder.File(file));
            File.WriteAllText(_folder.File(file), text);
            Assert.True(_folder.Examine().Findings.Count > 0, file);
            File.WriteAllBytes(_folder.File(file), bytes);
        }

        Assert.Equal([], _folder.Examine().Findings);
        Assert.NotNull(run);
    }

    [Fact]
    public async Task A_document_that_is_nested_without_end_is_a_finding()
    {
        var run = await _folder.RunAsync();
        var nested = string.Concat(Enumerable.Repeat("[", 100_000));
        File.WriteAllText(_folder.File(run.Bundles[0].Path), nested);
        File.WriteAllText(_folder.File(EvidenceLog.FileName), nested + "\n");
        Assert.NotEmpty(_folder.Examine().Findings);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_any_evidence_is_not_read()
    {
        var run = await _folder.RunAsync();
        var path = run.Bundles[0].Path;
        using (var file = File.OpenWrite(_folder.File(path)))
        {
            // Sparse: it takes no room on the disk, and would take all of the memory.
            file.SetLength(DocumentReader.Largest + 1);
        }

        Assert.Contains(
            _folder.Examine().Findings,
            finding => finding.File == path && finding.Found.Contains("bytes", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Evidence_behind_a_link_is_not_read()
    {
        var run = await _folder.RunAsync();
        foreach (var name in new[] { run.Bundles[0].Path, EvidenceLog.FileName, Checkpoint.FileName })
        {
            var copy = _elsewhere.File(Path.GetFileName(name));
            File.Move(_folder.File(name), copy);
            File.CreateSymbolicLink(_folder.File(name), copy);
            Assert.Contains(_folder.Examine().Findings, finding => finding.Found.Contains("symbolic link"));
            File.Delete(_folder.File(name));
            File.Move(copy, _folder.File(name));
        }

        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task Folders_that_lead_back_to_themselves_are_not_followed()
    {
        await _folder.RunAsync();
        Directory.CreateSymbolicLink(_folder.File("runs/again"), _folder.Root);
        var finding = Assert.Single(_folder.Examine().Findings);
        Assert.Equal("runs/again", finding.File);
    }

    [Theory]
    [InlineData("../../../../etc", "P0.A")]
    [InlineData("TSK-P0-149", "../../../secret")]
    [InlineData("/etc", "P0.A")]
    [InlineData("TSK\u0000", "P0.A")]
    public async Task A_name_that_leads_out_of_the_folder_never_becomes_a_path(string task, string signature)
    {
        var run = await _folder.RunAsync();
        File.WriteAllText(_elsewhere.File("secret.json"), "{}");
        var path = _folder.File(EvidenceStore.RunPath(run.RunId));
        var document = JsonNode.Parse(File.ReadAllBytes(path))!;
        document["bundles"]![0]!["task_id"] = task;
        document["bundles"]![0]!["failure_signature"] = signature;
        document["bundles"]![0]!["path"] = $"{task}/{signature}.json";
        File.WriteAllBytes(path, CanonicalJson.Of(Encoding.UTF8.GetBytes(document.ToJsonString())));

        var findings = _folder.Examine().Findings;

        Assert.Contains(findings, finding => finding.Pointer == "/bundles/0");
        Assert.DoesNotContain(findings, finding => finding.File.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_id_in_the_log_that_leads_out_of_the_folder_never_becomes_a_path()
    {
        await _folder.RunAsync();
        var log = _folder.File(EvidenceLog.FileName);
        var line = JsonNode.Parse(File.ReadAllLines(log)[0])!;
        line["run_id"] = "../../elsewhere";
        File.WriteAllText(
            log,
            Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(line.ToJsonString()))) + "\n"
        );

        var examination = new Examination();
        var read = new NewestReader(_folder.Root, KindRegistry.Standard, examination).Read(
            new EvidenceKey(Samples.Task, Samples.Signature)
        );

        Assert.Null(read);
        Assert.Contains(examination.Findings, finding => finding.File == "log.jsonl:1");
    }

    [Theory]
    [InlineData("log.jsonl")]
    [InlineData("TSK-P0-149")]
    [InlineData("runs")]
    public async Task A_planted_link_does_not_lead_what_is_written_elsewhere(string planted)
    {
        var precious = _elsewhere.File("precious");
        if (planted == "log.jsonl")
        {
            File.WriteAllText(precious, "precious\n");
            File.CreateSymbolicLink(_folder.File(planted), precious);
        }
        else
        {
            Directory.CreateDirectory(precious);
            Directory.CreateSymbolicLink(_folder.File(planted), precious);
        }

        await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync());

        Assert.Equal(
            planted == "log.jsonl" ? ["precious"] : [],
            planted == "log.jsonl" ? File.ReadAllLines(precious) : Directory.GetFileSystemEntries(precious)
        );
    }

    [Fact]
    public async Task A_planted_link_in_place_of_a_bundle_is_replaced_and_not_written_through()
    {
        var precious = _elsewhere.File("precious");
        File.WriteAllText(precious, "precious");
        Directory.CreateDirectory(_folder.File(Samples.Task));
        File.CreateSymbolicLink(_folder.File($"{Samples.Task}/{Samples.Signature}.json"), precious);

        await _folder.RunAsync();

        Assert.Equal("precious", File.ReadAllText(precious));
        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_leaves_everything_as_it_was()
    {
        Directory.CreateDirectory(_folder.File(EvidenceLog.FileName));
        await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync(signed: false));
        Assert.Empty(_folder.Files());
    }
}
