using System.Security.Cryptography;
using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class RunDocumentTests : IDisposable
{
    private static readonly DateTimeOffset Started = new(2026, 11, 21, 10, 15, 30, 123, TimeSpan.FromHours(2));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_says_who_when_where_and_how()
    {
        var run = await WriteAsync(
            Samples.Run(Started) with
            {
                DurationsMs = new Dictionary<string, long> { ["connect"] = 12 },
                Git = Task.FromResult<GitState?>(new GitState(new string('c', 40), Dirty: true)),
                Host = "db.example.org",
                Port = 5432,
                Arguments = ["verify", "--database-url", "postgres://auditor:hunter2@db.example.org/payments"],
                ReproCommand = "symphony verify --task TSK-P0-149",
            }
        );
        Assert.Matches("^20261121T081530Z-[0-9a-f]{8}$", run.RunId);
        Assert.Equal("2026-11-21T08:15:30.123Z", run.Started);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", run.Ended);
        Assert.Equal(12, run.DurationsMs["connect"]);
        Assert.True(run.DurationsMs.ContainsKey("evidence"));
        Assert.Equal(("auditor", "db.example.org", 5432), (run.Role, run.Host, run.Port));
        Assert.Equal(["verify", "--database-url", "postgres://auditor:***@db.example.org/payments"], run.Argv);
        Assert.True(run.Git!.Dirty);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.ToolVersion);
    }

    [Fact]
    public async Task A_run_binds_its_bundles_by_their_digests()
    {
        var run = await WriteAsync(Samples.Run(Started));
        Assert.All(
            run.Bundles,
            bundle =>
            {
                var own = File.ReadAllBytes(_folder.File(bundle.Path));
                Assert.Equal(bundle.Sha256, Convert.ToHexStringLower(SHA256.HashData(own)));
                Assert.Equal(own, File.ReadAllBytes(_folder.File($"{bundle.TaskId}/{bundle.FailureSignature}.json")));
            }
        );
    }

    [Fact]
    public async Task The_file_holds_what_was_returned_in_canonical_bytes()
    {
        var run = await WriteAsync(Samples.Run(Started));
        var bytes = File.ReadAllBytes(_folder.File(EvidenceStore.RunPath(run.RunId)));
        Assert.Equal(CanonicalJson.Of(bytes), bytes);
        Assert.Equivalent(run, JsonSerializer.Deserialize(bytes, EvidenceJson.Default.RunDocument), strict: true);
    }

    [Fact]
    public void Names_of_runs_sort_by_time_and_are_unique()
    {
        var ids = Enumerable.Range(0, 100).Select(second => RunId.Create(Started.AddSeconds(second))).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.NotEqual(RunId.Create(Started), RunId.Create(Started));
    }

    private Task<RunDocument> WriteAsync(RunInfo run) =>
        new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
            Samples.Report,
            Samples.Manifests,
            [.. Samples.Manifests.Invariants],
            run,
            TestContext.Current.CancellationToken
        );
}
