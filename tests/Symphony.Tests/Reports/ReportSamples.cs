using Symphony.Catalog;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Reports;

/// <summary>Runs whose evidence is on the disk, for views of it.</summary>
internal sealed class ReportSamples : IDisposable
{
    /// <summary>What a database or a manifest may hold and no reader may take for anything but text.</summary>
    public const string Hostile =
        "<script>alert(1)</script> | a](http://evil.example) `x` **b** ::set-output name=a::b\n::error::c\r\n##[set-env name=PATH]d \u001b[31m \u202egnp.exe \"q\" 'r' \\ {0} %0A, --> ]]> www.evil.example @team #1 $x$ _y_ 100%";

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    /// <summary>Holds, is absent, differs, is waived, cannot be decided.</summary>
    public Task<EvidenceRun> MixedAsync() => WriteAsync(Samples.Manifests, Samples.Report);

    /// <summary>The same, waived until that day.</summary>
    public Task<EvidenceRun> WaivedUntilAsync(DateOnly day) =>
        WriteAsync(
            Samples.Manifests,
            Samples.Report with
            {
                Checks =
                [
                    .. Samples.Report.Checks.Select(check =>
                        check.Waiver is { } waiver ? check with { Waiver = waiver with { Expires = day } } : check
                    ),
                ],
            }
        );

    public Task<EvidenceRun> CleanAsync()
    {
        var set = Samples.Set(Samples.Invariant("a-holds"), Samples.Invariant("b-holds"));
        return WriteAsync(set, Samples.Judge([.. set.Invariants], _ => Samples.Fact()));
    }

    /// <summary>Nothing was checked.</summary>
    public Task<EvidenceRun> EmptyAsync()
    {
        var report = Samples.Report with { Checks = [] };
        return WriteAsync(Samples.Set(Samples.Invariant("a-holds")), report);
    }

    /// <summary>One invariant for each verdict, with the same text wherever a text may stand.</summary>
    public Task<EvidenceRun> HostileAsync(string text = Hostile)
    {
        Invariant Of(string id) =>
            Samples.Invariant(id) with
            {
                Title = text,
                ManifestPath = $"invariants/{text.Replace('/', '_').Replace("\0", "", StringComparison.Ordinal)}.yml",
                Claim = Samples.Claim(id) with { Table = new ObjectName(text, id + text), Name = text },
            };
        var set = Samples.Set(Of("a-differs"), Of("b-absent"), Of("d-waived"), Of("e-undecided"), Of("f-holds"));
        var waiver = set.Waivers[0] with { Reason = text, ApprovedBy = text, Path = text };
        set = set with { Waivers = [waiver] };
        var report = Samples.Judge(
            [.. set.Invariants],
            id =>
                id switch
                {
                    // Of an expression with such a sign the samples' server makes nothing.
                    "a-differs" or "d-waived" => Samples.Fact(
                        expression: text.Replace("<", "", StringComparison.Ordinal)
                    ),
                    "b-absent" => null,
                    "e-undecided" => Samples.Fact(expression: "<" + text),
                    _ => Samples.Fact(),
                }
        );
        report = report with
        {
            Checks =
            [
                .. report.Checks.Select(check =>
                    check.Waiver is null
                        ? check
                        : check with
                        {
                            Waiver = check.Waiver with { Reason = text, ApprovedBy = text },
                        }
                ),
            ],
            WaiverNotes = [text],
            Target = report.Target with { Database = text, Role = text },
        };
        return WriteAsync(set, report);
    }

    /// <summary>So many failures, each of an invariant of its own.</summary>
    public Task<EvidenceRun> FailuresAsync(int count, Severity severity)
    {
        var set = Samples.Set([
            .. Enumerable.Range(0, count).Select(i => Samples.Invariant($"i{i:00000}") with { Severity = severity }),
        ]);
        return WriteAsync(set, Samples.Judge([.. set.Invariants], _ => null));
    }

    public async Task<EvidenceRun> WriteAsync(
        ManifestSet set,
        Report report,
        IReadOnlyList<StageDocument>? stages = null
    )
    {
        var store = EvidenceStore.Open(_folder.File("evidence"));
        var run = await new EvidenceWriter(store, TimeProvider.System).WriteAsync(
            report,
            set,
            [.. set.Invariants],
            Samples.Run(DateTimeOffset.UtcNow) with
            {
                Stages = stages ?? [],
                DurationsMs = new Dictionary<string, long> { ["verify"] = 123 },
                ExitCode =
                    report.Count(Verdict.Fail) > 0 ? 1
                    : report.Verdict == Verdict.Error ? 2
                    : 0,
            },
            TestContext.Current.CancellationToken
        );
        return EvidenceRun.Read(store.FullPath(EvidenceStore.RunFolder(run.RunId)));
    }

    public static string Text(ReportFormat format, EvidenceRun run)
    {
        using var output = new StringWriter { NewLine = "\n" };
        format.Write(run, output);
        return output.ToString();
    }

    public void Dispose() => _folder.Dispose();
}
