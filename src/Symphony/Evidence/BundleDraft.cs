using Symphony.Catalog;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>A bundle about to be written: everything but its checks' documents, which are made one at a time.</summary>
/// <param name="Head">The bundle, without checks.</param>
/// <param name="Results">What its checks will be.</param>
internal sealed record BundleDraft(EvidenceKey Key, Bundle Head, IReadOnlyList<CheckResult> Results)
{
    /// <summary>
    /// A draft for each task and signature of which something was to be verified, in their order: also for one whose
    /// rules matched nothing, for that is an ERROR and must not look like an absence of news.
    /// </summary>
    /// <param name="verified">The manifests' invariants that were to be verified: all, or those that were asked for.</param>
    public static IReadOnlyList<BundleDraft> Of(
        Report report,
        ManifestSet manifests,
        IReadOnlyCollection<Invariant> verified
    )
    {
        var results = report.Checks.ToLookup(check => KeyOf(check.Invariant));
        var declared = manifests.Invariants.ToLookup(KeyOf);
        var digests = manifests.Manifests.ToDictionary(manifest => manifest.Path, manifest => manifest.Sha256);
        var wanted = verified.Select(invariant => invariant.Id).ToHashSet();
        return
        [
            .. verified
                .Select(KeyOf)
                .Distinct()
                .OrderBy(key => key.TaskId, StringComparer.Ordinal)
                .ThenBy(key => key.FailureSignature, StringComparer.Ordinal)
                .Select(Draft),
        ];

        BundleDraft Draft(EvidenceKey key)
        {
            var invariants = declared[key].ToList();
            var checks = results[key].ToList();
            var head = new Bundle
            {
                Schema = Bundle.Identifier,
                TaskId = key.TaskId,
                FailureSignature = key.FailureSignature,
                Manifests = [.. PathsOf(invariants).Select(path => new ManifestReference(path, digests[path]))],
                Target = TargetOf(report.Target),
                Verdict = Report.Summarise(checks, report.Error),
                Summary = SummaryOf(checks),
                Error = report.Error is { } error ? new BundleError(error.Message, error.SqlState) : null,
                LeftOut =
                [
                    .. invariants
                        .Select(invariant => invariant.Id)
                        .Where(id => !wanted.Contains(id))
                        .Order(StringComparer.Ordinal),
                ],
                Checks = [],
                Queries = QueriesOf(checks),
            };
            return new BundleDraft(key, head, checks);
        }
    }

    /// <summary>The same of a report that knows more of its target.</summary>
    public BundleDraft For(Target target) => this with { Head = Head with { Target = TargetOf(target) } };

    private static EvidenceKey KeyOf(Invariant invariant) => new(invariant.Task, invariant.FailureSignature);

    private static IEnumerable<string> PathsOf(IEnumerable<Invariant> invariants) =>
        invariants.Select(invariant => invariant.ManifestPath).Distinct().Order(StringComparer.Ordinal);

    private static TargetDocument TargetOf(Target target) =>
        new(target.SystemIdentifier, target.Database, target.ServerVersionNum, target.SchemaFingerprint);

    private static Dictionary<string, string> QueriesOf(IEnumerable<CheckResult> checks) =>
        checks
            .Select(check => check.Query)
            .OfType<FactQuery>()
            .DistinctBy(query => query.Sha256)
            .ToDictionary(query => query.Sha256, query => query.Sql);

    private static Summary SummaryOf(IReadOnlyList<CheckResult> checks)
    {
        return new Summary(Count(Verdict.Pass), Count(Verdict.Fail), Count(Verdict.Error), Count(Verdict.Waived));

        int Count(Verdict verdict) => checks.Count(check => check.Verdict == verdict);
    }
}
