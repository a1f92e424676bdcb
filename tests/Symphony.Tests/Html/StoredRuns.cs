using Symphony.Catalog;
using Symphony.Cli.Output.Html;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Kinds.Check;
using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Html;

/// <summary>An evidence folder of one test, with pages made of its runs.</summary>
internal sealed class StoredRuns : IDisposable
{
    /// <summary>Closes what it could stand in, begins what should not run, and turns the reading direction.</summary>
    public const string Hostile =
        "</script></noscript><img src=x onerror=\"document.title='owned'\">&amp;{{data}}'\u202e\u2028";

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    /// <summary>The sample report: one that holds, one absent, one that differs, one waived, one undecided; one elsewhere.</summary>
    public Task<EvidenceRun> WriteSampleAsync(int minute = 0, params string[] only) =>
        WriteAsync(Samples.Report, Samples.Manifests, minute, only);

    /// <summary>One check whose every name has markup in it.</summary>
    public Task<EvidenceRun> WriteHostileAsync()
    {
        var hostile = Samples.Invariant("hostile") with
        {
            Title = Hostile,
            Claim = new CheckClaim
            {
                Table = new ObjectName("public", Hostile),
                Name = Hostile,
                Expression = Hostile,
                Validated = Validation.False,
            },
            ManifestPath = $"invariants/{Hostile.Replace('/', '-')}.yml",
        };
        var manifests = Samples.Set(hostile);
        return WriteAsync(Samples.Judge([hostile], _ => Samples.Fact("true")), manifests, 0);
    }

    /// <summary>The sample report, and proof of what holds: one deed as claimed, one sabotage noticed, one not.</summary>
    public Task<EvidenceRun> WriteProvenAsync()
    {
        var checks = Samples.Report.Checks.Select(check =>
            check.Invariant.Id != "a-holds"
                ? check
                : new SabotageProof([
                    new(new("the constraint is dropped", "DROP"), TrialOutcome.Detected, Verdict.Fail, "gone", null),
                    new(new("the constraint is emptied", "ALTER <b>"), TrialOutcome.Survived, Verdict.Pass, null, null),
                ]).Conclude(
                    check with
                    {
                        Behaviour = new(
                            "direct",
                            [new("insert a NULL", TestimonyOutcome.Confirmed, "It was refused.", "23514")]
                        ),
                    }
                )
        );
        return WriteAsync(Samples.Report with { Checks = [.. checks] }, Samples.Manifests, 0);
    }

    /// <summary>Under twenty tasks; every hundredth is absent.</summary>
    public Task<EvidenceRun> WriteManyAsync(int count)
    {
        var invariants = Enumerable
            .Range(0, count)
            .Select(i => Samples.Invariant($"check-{i:00000}") with { Task = $"TSK-{i % 20:00}" })
            .ToList();
        var report = Samples.Judge(
            invariants,
            id => id.EndsWith("00", StringComparison.Ordinal) ? null : Samples.Fact()
        );
        return WriteAsync(report, Samples.Set(invariants), 0);
    }

    /// <summary>A run at a minute of its own, all else being equal; with <paramref name="only"/>, of these invariants.</summary>
    public async Task<EvidenceRun> WriteAsync(Report report, ManifestSet manifests, int minute, params string[] only)
    {
        var checks = report.Checks.Where(check => only.Length == 0 || only.Contains(check.Invariant.Id)).ToList();
        var run = await new EvidenceWriter(EvidenceStore.Open(Root), TimeProvider.System).WriteAsync(
            only.Length == 0 ? report : report with { Checks = checks },
            manifests,
            [.. checks.Select(check => check.Invariant)],
            Samples.Run(new DateTimeOffset(2026, 11, 21, 12, minute, 0, TimeSpan.Zero)),
            TestContext.Current.CancellationToken
        );
        return EvidenceRun.Read(File(EvidenceStore.RunFolder(run.RunId)));
    }

    public static string PageOf(EvidenceRun run)
    {
        using var page = new StringWriter { NewLine = "\n" };
        new HtmlReport().Write(run, page);
        return page.ToString();
    }

    /// <summary>The page as a file, and its address.</summary>
    public Uri WritePage(EvidenceRun run)
    {
        System.IO.File.WriteAllText(File("report.html"), PageOf(run));
        return new Uri(File("report.html"));
    }
}
