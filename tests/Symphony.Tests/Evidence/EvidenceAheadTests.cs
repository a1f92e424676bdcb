using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Evidence;

/// <summary>
/// Evidence that is begun while the run is still under way: nobody who reads it can tell, and where the run turns out
/// otherwise nothing of it is there.
/// </summary>
public sealed class EvidenceAheadTests : IDisposable
{
    /// <summary>Two bundles that are large, and one that is not.</summary>
    private static readonly ManifestSet Manifests = Samples.Set([
        .. Many(300, "check", Samples.Signature),
        .. Many(256, "other", Samples.OtherSignature),
        .. Many(3, "few", "P0.BIZ.FEW"),
    ]);

    /// <summary>Holds, is absent, differs: a bundle has documents of each.</summary>
    private static readonly Report Mixed = Judge(id =>
        id.EndsWith('3') ? null
        : id.EndsWith('5') ? Samples.Fact(enforced: false)
        : Samples.Fact()
    );

    private static readonly RunInfo Run = Samples.Run(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Four files: two for the run's folder, and two for the newest of their keys.</summary>
    [Fact]
    public Task What_was_begun_and_kept_is_what_is_written_at_the_end() =>
        AssertWrittenAsync(Mixed, Manifests.Invariants, 4, Mixed with { Target = Unfinished });

    /// <summary>The definitions changed while they were read, and the second reading found something else.</summary>
    [Fact]
    public Task What_was_begun_of_the_first_reading_is_nowhere_after_the_second()
    {
        var second = Judge(id => id.EndsWith('7') ? null : Samples.Fact());
        return AssertWrittenAsync(second, Manifests.Invariants, 4, Mixed, second with { Target = Unfinished });
    }

    [Fact]
    public Task What_turned_out_otherwise_is_written_anew() =>
        AssertWrittenAsync(Judge(_ => Samples.Fact(enforced: false)), Manifests.Invariants, 4, Mixed);

    /// <summary>The fingerprint could not be read, after every verdict was there.</summary>
    [Fact]
    public Task What_the_server_did_not_answer_to_its_end_is_written_with_that_error()
    {
        var judged = Mixed with { Target = Unfinished };
        var report = judged with { Error = new ObservationError("the statement took too long", "57014") };
        return AssertWrittenAsync(report, Manifests.Invariants, 4, judged);
    }

    [Fact]
    public async Task Half_a_verdict_does_not_replace_a_whole_one_though_it_was_begun()
    {
        var selected = Manifests.Invariants.Where(invariant => invariant.Id != "check-0000").ToList();
        var report = Samples.Judge(selected, _ => Samples.Fact());

        // Of the one with something left out there is no second file.
        await AssertWrittenAsync(report, selected, 3, report);

        Assert.False(File.Exists(_folder.File($"ahead/{Samples.Task}/{Samples.Signature}.json")));
    }

    /// <summary>Files of that age are what killed runs leave, but for those that somebody holds.</summary>
    [Fact]
    public async Task What_was_begun_hours_ago_is_not_swept_away_by_another_run()
    {
        using var ahead = Ahead("ahead", Manifests.Invariants);
        Begin(ahead, Mixed);
        var begun = Temporaries("ahead");
        begun.ForEach(file => File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-20)));

        await new EvidenceWriter(Store("ahead"), TimeProvider.System).WriteAsync(
            Mixed,
            Manifests,
            [.. Manifests.Invariants],
            Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(begun.Order(), Temporaries("ahead").Order());
    }

    /// <summary>Who examines the folder meanwhile finds nothing wrong with it.</summary>
    [Fact]
    public async Task What_is_under_way_is_nothing_against_the_folder()
    {
        await WriteAsync("ahead", Mixed, Manifests.Invariants, ahead: null);
        using var ahead = new EvidenceAhead(
            Store("ahead"),
            RunId.Create(Run.Started.AddHours(1)),
            Manifests,
            [.. Manifests.Invariants]
        );
        Begin(ahead, Mixed);

        var examined = new FolderExamination(_folder.File("ahead"), KindRegistry.Standard).Everything();

        Assert.Empty(examined.Findings);
        Assert.Contains(examined.Notes, note => note.Contains("a run that has not ended", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_begun_is_gone_when_the_run_is_interrupted()
    {
        using (var ahead = Ahead("ahead", Manifests.Invariants))
        {
            Begin(ahead, Mixed);
            Assert.NotEmpty(Temporaries("ahead"));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_disk_that_fails_meanwhile_is_told_when_the_evidence_is_written_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder.File("ahead"));
        File.WriteAllText(_folder.File("ahead/" + Samples.Task), "");
        using (var ahead = Ahead("ahead", Manifests.Invariants))
        {
            Begin(ahead, Mixed);
            Assert.Empty(Temporaries("ahead"));
            await Assert.ThrowsAsync<UnobservedException>(() =>
                WriteAsync("ahead", Mixed, Manifests.Invariants, ahead)
            );
        }

        Assert.Equal([_folder.File("ahead/" + Samples.Task)], Entries("ahead"));
    }

    [Fact]
    public async Task A_disk_that_works_again_gets_all_of_it()
    {
        Directory.CreateDirectory(_folder.File("ahead"));
        File.WriteAllText(_folder.File("ahead/" + Samples.Task), "");
        using (var ahead = Ahead("ahead", Manifests.Invariants))
        {
            Begin(ahead, Mixed);
            File.Delete(_folder.File("ahead/" + Samples.Task));
            await WriteAsync("ahead", Mixed, Manifests.Invariants, ahead);
        }

        await AssertAsWrittenAtOnceAsync(Mixed, Manifests.Invariants);
    }

    [Fact]
    public async Task A_link_inside_the_folder_is_refused_then_too_and_nothing_was_begun()
    {
        Directory.CreateDirectory(_folder.File("ahead"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        File.CreateSymbolicLink(_folder.File("ahead/" + Samples.Task), _folder.File("elsewhere"));
        using (var ahead = Ahead("ahead", Manifests.Invariants))
        {
            Begin(ahead, Mixed);
            await Assert.ThrowsAsync<InputException>(() => WriteAsync("ahead", Mixed, Manifests.Invariants, ahead));
        }

        Assert.Equal([_folder.File("ahead/" + Samples.Task)], Entries("ahead"));
        Assert.Empty(Entries("elsewhere"));
    }

    /// <summary>A process may have only so many files open, and every bundle that is begun has two.</summary>
    [Fact]
    public async Task Of_many_large_bundles_only_so_many_are_begun()
    {
        var manifests = Samples.Set([
            .. Enumerable.Range(0, 20).SelectMany(key => Many(256, $"k{key:d2}", $"P0.BIZ.K{key:d2}")),
        ]);
        var report = Samples.Judge([.. manifests.Invariants], _ => Samples.Fact());
        using (var ahead = new EvidenceAhead(Store("ahead"), Run.RunId, manifests, [.. manifests.Invariants]))
        {
            Begin(ahead, report);
            Assert.Equal(2 * 16, Temporaries("ahead").Count);
            await WriteAsync("ahead", report, manifests, manifests.Invariants, ahead);
        }

        await WriteAsync("at-once", report, manifests, manifests.Invariants, ahead: null);
        Assert.Equal(Contents("at-once"), Contents("ahead"));
    }

    /// <summary>What is known of the target while its fingerprint is still being computed.</summary>
    private static Target Unfinished => Samples.Target with { SchemaFingerprint = null };

    private static IEnumerable<Invariant> Many(int count, string name, string signature) =>
        Enumerable
            .Range(0, count)
            .Select(i => Samples.Invariant($"{name}-{i:d4}") with { FailureSignature = signature });

    private static Report Judge(Func<string, string?> factOf) => Samples.Judge([.. Manifests.Invariants], factOf);

    private static void Begin(EvidenceAhead ahead, Report report)
    {
        foreach (var check in report.Checks.Where(check => check.Verdict == Verdict.Pass))
        {
            ahead.Passed(check);
        }

        ahead.Judged(report);
    }

    private EvidenceStore Store(string folder) => EvidenceStore.Open(_folder.File(folder));

    private EvidenceAhead Ahead(string folder, IEnumerable<Invariant> verified) =>
        new(Store(folder), Run.RunId, Manifests, [.. verified]);

    /// <summary>What is begun of reports, one after the other, changes nothing of what is written of the last.</summary>
    private async Task AssertWrittenAsync(
        Report written,
        IEnumerable<Invariant> invariants,
        int begunFiles,
        params Report[] begun
    )
    {
        using (var ahead = Ahead("ahead", invariants))
        {
            foreach (var report in begun)
            {
                Begin(ahead, report);
            }

            Assert.Equal(begunFiles, Temporaries("ahead").Count);
            await WriteAsync("ahead", written, invariants, ahead);
        }

        await AssertAsWrittenAtOnceAsync(written, invariants);
    }

    private async Task AssertAsWrittenAtOnceAsync(Report report, IEnumerable<Invariant> verified)
    {
        await WriteAsync("at-once", report, verified, ahead: null);
        Assert.Equal(Contents("at-once"), Contents("ahead"));
    }

    private Task WriteAsync(string folder, Report report, IEnumerable<Invariant> verified, EvidenceAhead? ahead) =>
        WriteAsync(folder, report, Manifests, verified, ahead);

    private Task WriteAsync(
        string folder,
        Report report,
        ManifestSet manifests,
        IEnumerable<Invariant> verified,
        EvidenceAhead? ahead
    ) =>
        new EvidenceWriter(Store(folder), new Standstill()) { Ahead = ahead }.WriteAsync(
            report,
            manifests,
            [.. verified],
            Run,
            TestContext.Current.CancellationToken
        );

    private List<string> Entries(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(_folder.File(folder), "*", SearchOption.AllDirectories)];

    private List<string> Temporaries(string folder) =>
        [.. Entries(folder).Where(path => path.EndsWith(".tmp", StringComparison.Ordinal))];

    /// <summary>Every file under its path.</summary>
    private SortedDictionary<string, string> Contents(string folder) =>
        new(
            Entries(folder)
                .Where(File.Exists)
                .ToDictionary(path => Path.GetRelativePath(_folder.File(folder), path), File.ReadAllText),
            StringComparer.Ordinal
        );

    /// <summary>So that two runs differ in nothing.</summary>
    private sealed class Standstill : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Run.Started;

        public override long GetTimestamp() => 0;
    }
}
