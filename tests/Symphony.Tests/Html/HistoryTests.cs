using Symphony.Cli.Output.Reports;
using Symphony.Evidence.History;
using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Html;

public sealed class HistoryTests : IDisposable
{
    private static readonly ManifestSet Two = Samples.Set(Samples.Invariant("a"), Samples.Invariant("d-waived"));

    private readonly StoredRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_key_was_first_seen_last_green_and_not_green_since()
    {
        var (first, green, broken) = (await Fails(0), await Passes(1), await Fails(2));
        var key = KeyOf(await Fails(3));

        Assert.Equal(4, key.Runs.Count);
        Assert.Equal(first.Run.RunId, key.FirstSeen.RunId);
        Assert.Equal(green.Run.RunId, key.LastGreen?.RunId);
        Assert.Equal(broken.Run.RunId, key.NotGreenSince?.RunId);
    }

    [Fact]
    public async Task A_pass_of_a_part_is_not_green()
    {
        var part = await Passes(0, "a");
        var broken = await Fails(1);
        var key = KeyOf(await Passes(2, "a"));

        Assert.False(key.Runs[0].Whole);
        Assert.Equal(part.Run.RunId, key.FirstSeen.RunId);
        Assert.Null(key.LastGreen);
        Assert.Equal(broken.Run.RunId, key.NotGreenSince?.RunId);
    }

    [Fact]
    public async Task A_waived_failure_is_not_green()
    {
        await Passes(0);
        var waived = await Judged(1, id => id == "d-waived" ? null : Samples.Fact());

        Assert.Equal(Verdict.Waived, waived.Run.Verdict);
        Assert.Equal(waived.Run.RunId, KeyOf(waived).NotGreenSince?.RunId);
    }

    [Fact]
    public async Task A_later_run_is_not_in_the_history_of_an_earlier_one()
    {
        var earlier = await Passes(0);
        await Fails(1);

        Assert.Equal(earlier.Run.RunId, Assert.Single(KeyOf(earlier).Runs).RunId);
    }

    [Fact]
    public async Task A_run_that_stands_alone_is_its_own_history()
    {
        var run = await Passes(0);
        var history = EvidenceHistory.Read(null, run.Stored);

        Assert.Empty(history.Notes);
        Assert.Equal(run.Run.RunId, Assert.Single(Assert.Single(history.Keys).Runs).RunId);
    }

    [Fact]
    public async Task What_is_wrong_with_the_log_is_said()
    {
        await Passes(0);
        var run = await Passes(1);
        var log = File.ReadAllText(_runs.File("log.jsonl"));
        File.WriteAllText(_runs.File("log.jsonl"), log.Replace("PASS", "pass", StringComparison.Ordinal));

        Assert.NotEmpty(EvidenceHistory.Read(_runs.Root, run.Stored).Notes);
    }

    private Task<EvidenceRun> Passes(int minute, params string[] only) => Judged(minute, _ => Samples.Fact(), only);

    private Task<EvidenceRun> Fails(int minute) => Judged(minute, id => id == "a" ? null : Samples.Fact());

    private Task<EvidenceRun> Judged(int minute, Func<string, string?> factOf, params string[] only) =>
        _runs.WriteAsync(Samples.Judge([.. Two.Invariants], factOf), Two, minute, only);

    private KeyHistory KeyOf(EvidenceRun run)
    {
        var history = EvidenceHistory.Read(_runs.Root, run.Stored);
        Assert.Empty(history.Notes);
        return Assert.Single(history.Keys);
    }
}
