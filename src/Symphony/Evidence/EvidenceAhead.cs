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
    /// <summary>Checks from which on a bundle is begun.</summary>
    private const int Large = 256;

    /// <summary>Bundles that are begun, the largest ones. Their files stay open, and a process may have only so many.</summary>
    private const int Most = 16;

    private readonly CheckDrafts _documents = new();
    private IReadOnlyList<CheckResult>? _checks;
    private IReadOnlyList<BundleDraft> _drafts = [];
    private StagedRun? _staged;

    public string RunId => runId;

    public void Passed(CheckResult check) => _documents.Add(check);

    public void Judged(Report report)
    {
        var staged = Anew();
        var drafts = BundleDraft.Of(report, manifests, verified);
        try
        {
            foreach (var draft in drafts.Where(IsLarge).OrderByDescending(draft => draft.Results.Count).Take(Most))
            {
                staged.Begin(draft);
            }

            (_checks, _drafts) = (report.Checks, drafts);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InputException)
        {
            // Told when the evidence is written, by the same failure or not at all.
            Discard();
        }
    }

    /// <summary>What was begun for this very report, or all from the beginning.</summary>
    internal (StagedRun Staged, IReadOnlyList<BundleDraft> Drafts) For(Report report)
    {
        if (_staged is { } staged && ReferenceEquals(_checks, report.Checks) && report.Error is null)
        {
            return (staged, [.. _drafts.Select(draft => draft.For(report.Target))]);
        }

        return (Anew(), BundleDraft.Of(report, manifests, verified));
    }

    public void Dispose()
    {
        Discard();
        _documents.Dispose();
    }

    private static bool IsLarge(BundleDraft draft) => draft.Results.Count >= Large;

    private StagedRun Anew()
    {
        Discard();
        return _staged = new StagedRun(store, runId) { Drafts = _documents };
    }

    private void Discard()
    {
        _staged?.Dispose();
        (_staged, _checks) = (null, null);
    }
}
