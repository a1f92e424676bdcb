using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Evidence.Freshness;
using Symphony.Evidence.Signing;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Tests.Evidence.Freshness;

public sealed class FreshnessCheckTests : IDisposable
{
    private static readonly ManifestSet Green = Samples.Set(Samples.Invariant("a-holds"));

    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pass_of_this_commit_and_these_manifests_counts()
    {
        var run = await _folder.RunAsync(Green);
        var evidence = Check(request =>
            request with
            {
                MaxAge = TimeSpan.FromHours(1),
                PublicKey = _folder.Key.Public,
            }
        );
        Assert.Equal([], evidence.Examination.Findings);
        Assert.Equal(run.RunId, evidence.Run?.RunId);
        Assert.Equal([new Subject("public", "a_holds", null)], evidence.Relations);
    }

    [Fact]
    public void Absent_evidence_is_never_a_pass()
    {
        Assert.Contains("log", Refusal(request => request), StringComparison.Ordinal);
        var check = new FreshnessCheck(_folder.File("absent"), KindRegistry.Standard);
        Assert.NotEmpty(check.Check(Request()).Examination.Findings);
    }

    [Fact]
    public async Task A_failure_does_not_count_and_no_earlier_pass_takes_its_place()
    {
        await _folder.RunAsync(Green);
        await _folder.RunAsync();
        var findings = Check(request => request with { Manifests = Samples.Manifests }).Examination.Findings;
        Assert.Equal(["/verdict"], findings.Select(finding => finding.Pointer));
    }

    [Fact]
    public async Task A_pass_after_a_failure_counts()
    {
        await _folder.RunAsync();
        await _folder.RunAsync(Green);
        Assert.Equal([], Check(request => request).Examination.Findings);
    }

    [Fact]
    public async Task Another_commit_does_not_count()
    {
        await _folder.RunAsync(Green);
        Assert.Equal("/git/commit", Refusal(request => request with { Commit = new string('d', 40) }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public async Task A_working_tree_that_is_not_the_commit_does_not_count_unless_it_may(bool? dirty)
    {
        _folder.Git = new GitState(SignedFolder.Commit, dirty);
        await _folder.RunAsync(Green);
        Assert.Equal("/git/dirty", Refusal(request => request));
        Assert.Equal([], Check(request => request with { AllowDirty = true }).Examination.Findings);
    }

    [Fact]
    public async Task A_run_outside_of_a_repository_is_of_no_commit()
    {
        _folder.Git = null;
        await _folder.RunAsync(Green);
        Assert.Equal("/git/commit", Refusal(request => request));
    }

    [Fact]
    public async Task Evidence_that_is_too_old_does_not_count()
    {
        _folder.Started = () => DateTimeOffset.UtcNow.AddHours(-2);
        await _folder.RunAsync(Green);
        Assert.Equal("/started", Refusal(request => request with { MaxAge = TimeSpan.FromHours(1) }));
        Assert.Equal([], Check(request => request with { MaxAge = TimeSpan.FromHours(3) }).Examination.Findings);
    }

    [Fact]
    public async Task Evidence_from_the_future_does_not_count()
    {
        await _folder.RunAsync(Green);
        Assert.Equal("/ended", Refusal(request => request with { Now = DateTimeOffset.UtcNow.AddMinutes(-10) }));
        Assert.Equal(
            [],
            Check(request => request with { Now = DateTimeOffset.UtcNow.AddSeconds(-20) }).Examination.Findings
        );
    }

    [Fact]
    public async Task Other_bytes_of_a_manifest_are_another_manifest()
    {
        await _folder.RunAsync(Green);
        var manifest = Green.Manifests[0] with { Sha256 = new string('b', 64) };
        Assert.Equal("/manifests", Refusal(request => request with { Manifests = new ManifestSet([manifest], []) }));
    }

    [Fact]
    public async Task An_invariant_that_was_added_has_no_evidence()
    {
        await _folder.RunAsync(Green);
        var more = Samples.Set(Samples.Invariant("a-holds"), Samples.Invariant("b-new"));
        Assert.Equal("/checks", Refusal(request => request with { Manifests = more }));
    }

    [Fact]
    public async Task A_run_that_left_something_out_is_not_asked()
    {
        await _folder.RunAsync(Green);
        await new EvidenceWriter(EvidenceStore.Open(_folder.Root), TimeProvider.System).WriteAsync(
            Samples.Judge([Samples.Invariant("a-holds")], _ => null),
            Samples.Set(Samples.Invariant("a-holds"), Samples.Invariant("b-left-out")),
            [Samples.Invariant("a-holds")],
            Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );
        Assert.Equal([], Check(request => request).Examination.Findings);
    }

    [Fact]
    public async Task Another_key_s_signature_or_none_does_not_count()
    {
        using var other = SigningKey.Create();
        await _folder.RunAsync(Green);
        Assert.NotEmpty(Check(request => request with { PublicKey = other.Public }).Examination.Findings);
        await _folder.RunAsync(Green, signed: false);
        Assert.Equal([], Check(request => request).Examination.Findings);
        Assert.NotEmpty(Check(request => request with { PublicKey = _folder.Key.Public }).Examination.Findings);
    }

    [Fact]
    public async Task A_changed_bundle_does_not_count()
    {
        var run = await _folder.RunAsync(Green);
        foreach (var path in new[] { run.Bundles[0].Path, $"{Samples.Task}/{Samples.Signature}.json", "log.jsonl" })
        {
            var bytes = File.ReadAllBytes(_folder.File(path));
            File.WriteAllBytes(_folder.File(path), [.. bytes[..40], (byte)(bytes[40] ^ 1), .. bytes[41..]]);
            Assert.NotEmpty(Check(request => request).Examination.Findings);
            File.WriteAllBytes(_folder.File(path), bytes);
        }

        Assert.Equal([], Check(request => request).Examination.Findings);
    }

    [Fact]
    public async Task Another_database_does_not_count()
    {
        await _folder.RunAsync(Green);
        foreach (
            var (target, pointer) in new (Target, string?)[]
            {
                (Samples.Target, null),
                (Samples.Target with { SystemIdentifier = "1" }, "/target/system_identifier"),
                (Samples.Target with { SystemIdentifier = null }, "/target/system_identifier"),
                (Samples.Target with { Database = "other" }, "/target/database"),
                (Samples.Target with { SchemaFingerprint = new string('0', 64) }, "/target/schema_fingerprint"),
            }
        )
        {
            var evidence = Check(request => request);
            FreshnessCheck.RequireTarget(evidence, target);
            Assert.Equal(pointer, evidence.Examination.Findings.SingleOrDefault()?.Pointer);
        }
    }

    private static FreshnessRequest Request() =>
        new()
        {
            Key = new EvidenceKey(Samples.Task, Samples.Signature),
            Manifests = Green,
            Commit = SignedFolder.Commit,
            Now = DateTimeOffset.UtcNow,
        };

    private FreshEvidence Check(Func<FreshnessRequest, FreshnessRequest> change) =>
        new FreshnessCheck(_folder.Root, KindRegistry.Standard).Check(change(Request()));

    /// <summary>The pointer of the one thing that stands against the evidence, or what was expected of a file.</summary>
    private string Refusal(Func<FreshnessRequest, FreshnessRequest> change)
    {
        var finding = Assert.Single(Check(change).Examination.Findings);
        return finding.Pointer.Length > 0 ? finding.Pointer : finding.Expected;
    }
}
