using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>
/// Writes evidence while the run is still under way: the documents of checks as they pass, and the checks of large
/// bundles once all are judged. What turns out otherwise is thrown away and written anew.
/// </summary>
/// <param name="manifests">All that was read.</param>
/// <param name="verified">The invariants that are to be verified.</param>
public sealed class EvidenceAhead(
    EvidenceStore store,
    string runId,
    ManifestSet manifests,
    IReadOnlyCollection<Invariant> verified
) : IVerificationProgress, IDisposable
{
    /// <summary>Checks from which on a bundle is begun. Its files stay open until it is complete.</summary>
    private const int Large = 256;

    private readonly CheckDrafts _documents = new();
    private IReadOnlyList<CheckResult>? _checks;
    private IReadOnlyList<BundleDraft> _drafts = [];
    private StagedRun? _staged;

    public void Passed(CheckResult check) => _documents.Add(check);

    public void Judged(Report report)
    {
        Discard();
        var drafts = BundleDraft.Of(report, manifests, verified);
        var staged = new StagedRun(store, runId) { Drafts = _documents };
        try
        {
            foreach (var draft in drafts.Where(draft => draft.Results.Count >= Large))
            {
                staged.Begin(draft);
            }

            (_checks, _drafts, _staged) = (report.Checks, drafts, staged);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Told when the evidence is written, by the same failure or not at all.
            staged.Dispose();
        }
    }

    /// <summary>What was begun for this very report, or all from the beginning.</summary>
    internal (StagedRun Staged, IReadOnlyList<BundleDraft> Drafts) For(Report report)
    {
        if (_staged is { } staged && ReferenceEquals(_checks, report.Checks) && report.Error is null)
        {
            return (staged, [.. _drafts.Select(draft => draft.For(report.Target))]);
        }

        Discard();
        _staged = new StagedRun(store, runId) { Drafts = _documents };
        return (_staged, BundleDraft.Of(report, manifests, verified));
    }

    public void Dispose()
    {
        Discard();
        _documents.Dispose();
    }

    private void Discard()
    {
        _staged?.Dispose();
        (_staged, _checks) = (null, null);
    }
}
