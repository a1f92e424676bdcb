using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;

namespace Symphony.Tests.Evidence.Replay;

/// <summary>Evidence by somebody who knows its format and keeps every digest in order.</summary>
public sealed class HandEditedTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/checks/2/verdict", "\"PASS\"", "/checks/2/verdict")]
    [InlineData("/checks/2/observed/enforced", "true", "/checks/2/differences")]
    [InlineData("/checks/2/expected/enforced", "false", "/checks/2/expected/enforced")]
    [InlineData("/checks/2/explanation", "\"All is well.\"", "/checks/2/explanation")]
    [InlineData("/checks/2/remedy/0", "\"DROP TABLE tenants\"", "/checks/2/remedy/0")]
    [InlineData("/checks/2/differences/0/why", "\"Never mind.\"", "/checks/2/differences/0/why")]
    [InlineData("/checks/2/claim/expression", "\"true\"", "/checks/2/expected/expression")]
    [InlineData("/checks/2/claim/name", "\"other\"", "/checks/2/subject")]
    [InlineData("/checks/2/claim/validated", "\"maybe\"", "/checks/2/claim/validated")]
    [InlineData("/checks/2/claim", "[]", "/checks/2")]
    [InlineData("/checks/2/kind", "\"unheard_of\"", "/checks/2/kind")]
    [InlineData("/checks/2/normal_forms/0/form", "\"((amount > 0))\"", "/checks/2/differences")]
    [InlineData("/checks/2/normal_forms/0/relation", "\"a.b.c\"", "/checks/2/normal_forms/0/relation")]
    [InlineData("/checks/2/query_sha256", "\"00\"", "/checks/2/query_sha256")]
    [InlineData("/checks/2/query_sha256", "null", "/checks/2/query_sha256")]
    [InlineData("/checks/2/location/path", "\"invariants/other.yml\"", "/checks/2/location/path")]
    [InlineData("/checks/1/observed", "{}", "/checks/1/verdict")]
    [InlineData("/checks/0/observed", "null", "/checks/0/verdict")]
    [InlineData("/checks/3/waiver", "null", "/checks/3/verdict")]
    [InlineData("/checks/4/verdict", "\"PASS\"", "/checks/4/verdict")]
    [InlineData("/verdict", "\"PASS\"", "/verdict")]
    [InlineData("/summary/fail", "0", "/summary/fail")]
    [InlineData("/queries", "{}", "/checks/0/query_sha256")]
    [InlineData("/target/schema_fingerprint", "\"none\"", "/target/schema_fingerprint")]
    [InlineData("/left_out", "[\"c-differs\"]", "/left_out")]
    [InlineData("/manifests/0/sha256", "\"no digest\"", "/manifests/0/sha256")]
    [InlineData("/schema", "\"symphony/evidence-bundle/v9\"", "/schema")]
    [InlineData("/extra", "1", "/extra")]
    [InlineData("/task_id", "null", "/task_id")]
    public async Task What_does_not_follow_from_the_facts_is_found_where_it_stands(
        string pointer,
        string value,
        string found
    )
    {
        await _folder.RunAsync();
        var path = $"{Samples.Task}/{Samples.Signature}.json";
        Edit(path, bundle => Set(bundle, pointer, JsonNode.Parse(value)));

        var examination = new FolderExamination(_folder.Root, KindRegistry.Standard).Bundle(path);

        Assert.All(examination.Findings, finding => Assert.Equal(path, finding.File));
        Assert.Contains(found, examination.Findings.Select(finding => finding.Pointer));
    }

    [Fact]
    public async Task A_failure_that_was_taken_out_with_every_digest_put_right_is_found_by_the_log_and_the_signature()
    {
        var run = await _folder.RunAsync();
        var reference = run.Bundles.Single(bundle => bundle.FailureSignature == Samples.Signature);
        foreach (var path in new[] { reference.Path, $"{Samples.Task}/{Samples.Signature}.json" })
        {
            Edit(
                path,
                bundle =>
                {
                    bundle["checks"]!.AsArray().RemoveAt(2);
                    bundle["summary"]!["fail"] = 1;
                }
            );
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File(reference.Path))));
        Edit(
            EvidenceStore.RunPath(run.RunId),
            document =>
                document["bundles"]!.AsArray().Single(bundle => (string)bundle!["sha256"]! == reference.Sha256)![
                    "sha256"
                ] = digest
        );

        var findings = _folder.Examine().Findings;

        Assert.Contains(findings, finding => finding is { File: "log.jsonl", Pointer: "/run_sha256" });
        Assert.Contains(findings, finding => finding.File.EndsWith("statement.dsse.json", StringComparison.Ordinal));
        Assert.Contains("/run_sha256", _folder.ExamineUnsigned().Findings.Select(finding => finding.Pointer));
    }

    [Fact]
    public async Task A_passing_bundle_of_an_earlier_run_in_place_of_the_newest_is_found()
    {
        await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")));
        var path = $"{Samples.Task}/{Samples.Signature}.json";
        var green = File.ReadAllBytes(_folder.File(path));
        await _folder.RunAsync();
        File.WriteAllBytes(_folder.File(path), green);

        var finding = Assert.Single(_folder.ExamineUnsigned().Findings);

        Assert.Equal(path, finding.File);
        Assert.Contains("last run in the log", finding.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiver_that_was_not_in_force_on_the_day_of_the_run_is_found()
    {
        var run = await _folder.RunAsync();
        var path = run.Bundles.Single(bundle => bundle.FailureSignature == Samples.Signature).Path;
        Edit(path, bundle => Set(bundle, "/checks/3/waiver/expires", JsonNode.Parse("\"2020-01-01\"")));

        Assert.Contains(
            _folder.ExamineUnsigned().Findings,
            finding => finding.File == path && finding.Pointer == "/checks/3/verdict"
        );
    }

    [Fact]
    public async Task A_run_that_the_log_does_not_list_is_found()
    {
        var run = await _folder.RunAsync();
        var log = File.ReadAllBytes(_folder.File("log.jsonl"));
        var second = await _folder.RunAsync(signed: false);
        File.WriteAllBytes(_folder.File("log.jsonl"), log);

        Assert.Contains(
            _folder.ExamineUnsigned().Findings,
            finding => finding.File == EvidenceStore.RunPath(second.RunId) && finding.Expected.Contains("log.jsonl")
        );
        Assert.NotEqual(run.RunId, second.RunId);
    }

    [Fact]
    public async Task A_run_that_was_removed_is_told()
    {
        var run = await _folder.RunAsync();
        await _folder.RunAsync();
        Directory.Delete(_folder.File(EvidenceStore.RunFolder(run.RunId)), recursive: true);

        var examination = _folder.Examine();

        Assert.Equal([], examination.Findings);
        Assert.Contains(run.RunId + " FAIL", Assert.Single(examination.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_from_the_future_is_found()
    {
        _folder.Started = () => DateTimeOffset.UtcNow.AddDays(1);
        var run = await _folder.RunAsync();

        var examination = new FolderExamination(_folder.Root, KindRegistry.Standard)
        {
            Now = DateTimeOffset.UtcNow,
        }.Everything();

        Assert.Contains(
            examination.Findings,
            finding => finding.File == EvidenceStore.RunPath(run.RunId) && finding.Found.Contains("a clock is wrong")
        );
    }

    [Fact]
    public async Task An_unsigned_run_among_signed_ones_is_found_by_who_has_the_key()
    {
        await _folder.RunAsync();
        var run = await _folder.RunAsync(signed: false);

        Assert.Equal([], _folder.ExamineUnsigned().Findings);
        var finding = Assert.Single(_folder.Examine().Findings);
        Assert.Equal(EvidenceStore.StatementPath(run.RunId), finding.File);
    }

    private void Edit(string path, Action<JsonObject> edit)
    {
        var document = JsonNode.Parse(File.ReadAllBytes(_folder.File(path)))!.AsObject();
        edit(document);
        var bytes = System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
        File.WriteAllBytes(_folder.File(path), CanonicalJson.Of(bytes));
    }

    private static void Set(JsonNode document, string pointer, JsonNode? value)
    {
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1]
            .Aggregate(document, (at, step) => at is JsonArray list ? list[int.Parse(step)]! : at[step]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(steps[^1])] = value;
        }
        else
        {
            parent[steps[^1]] = value;
        }
    }
}
