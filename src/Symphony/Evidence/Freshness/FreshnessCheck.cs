using Symphony.Catalog;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Evidence.Freshness;

/// <summary>The evidence that counts for a key: that of the last run in the log, and nothing else.</summary>
/// <param name="Run">The run; null when there is none that can be read.</param>
/// <param name="Bundle">Its bundle of the key.</param>
/// <param name="Relations">What the run was about.</param>
/// <param name="Examination">What stands against it: no evidence, or not of what was asked.</param>
public sealed record FreshEvidence(
    RunDocument? Run,
    Bundle? Bundle,
    IReadOnlyList<Subject> Relations,
    Examination Examination
)
{
    /// <summary>What the run's fingerprint covers: those relations, or everything.</summary>
    public FingerprintScope Scope => Run?.Fingerprint == "full" ? FingerprintScope.Full : FingerprintScope.Touched;
}

/// <summary>
/// Whether there is a PASS of this commit, these manifests and this target, recent enough. Whatever is missing, older,
/// newer than now, changed or not judged alike again stands against it: absent evidence is never a pass.
/// </summary>
public sealed class FreshnessCheck(string root, KindRegistry kinds)
{
    /// <exception cref="InputException">The folder cannot be listed.</exception>
    public FreshEvidence Check(FreshnessRequest request)
    {
        var examination = new Examination();
        if (!Directory.Exists(root))
        {
            examination.Find(request.Key.ToPath(), "", "evidence", $"no folder {root}");
            return new FreshEvidence(null, null, [], examination);
        }

        var reader = new NewestReader(root, kinds, examination)
        {
            Key = request.PublicKey,
            Last = request.Last,
            Now = request.Now,
        };
        if (reader.Read(request.Key) is not var (run, bundle))
        {
            return new FreshEvidence(null, null, [], examination);
        }

        var name = run.Document.Name;
        RequireVerdict(bundle, request, examination);
        RequireCommit(name, run.Document.Value.Git, request, examination);
        RequireTime(name, run.Document.Value, request, examination);
        RequireManifests(bundle, request, examination);
        return new FreshEvidence(
            run.Document.Value,
            bundle.Value,
            TouchedRelations.Of(run.Bundles.Select(found => found.Value)),
            examination
        );
    }

    /// <summary>Holds the database that is there against the one that the evidence is of.</summary>
    public static void RequireTarget(FreshEvidence evidence, Target target)
    {
        if (evidence.Bundle is not { Target: var recorded })
        {
            return;
        }

        var name = new EvidenceKey(evidence.Bundle.TaskId, evidence.Bundle.FailureSignature).ToPath();
        foreach (
            var (member, expected, found) in new[]
            {
                ("system_identifier", target.SystemIdentifier, recorded.SystemIdentifier),
                ("database", target.Database, recorded.Database),
                ("schema_fingerprint", target.SchemaFingerprint, recorded.SchemaFingerprint),
            }
        )
        {
            if (expected is null || expected != found)
            {
                evidence.Examination.Find(
                    name,
                    "/target/" + member,
                    expected is null
                        ? "what the role may read of the database"
                        : $"the database's {Shown.Of(expected)}",
                    Shown.Of(found)
                );
            }
        }
    }

    private static void RequireVerdict(ReadDocument<Bundle> bundle, FreshnessRequest request, Examination examination)
    {
        var today = DateOnly.FromDateTime(request.Now.UtcDateTime);
        if (bundle.Value.Verdict == Verdict.Waived && request.AllowWaived)
        {
            foreach (var check in bundle.Value.Checks.Where(check => check.Waiver is { } w && w.Expires < today))
            {
                examination.Find(bundle.Name, "/verdict", "waivers that are in force today", $"{check.Id}: expired");
            }
        }
        else if (bundle.Value.Verdict != Verdict.Pass)
        {
            examination.Find(bundle.Name, "/verdict", Verdict.Pass.Word(), bundle.Value.Verdict.Word());
        }
    }

    private static void RequireCommit(string name, GitState? git, FreshnessRequest request, Examination examination)
    {
        if (git?.Commit != request.Commit)
        {
            examination.Find(name, "/git/commit", request.Commit, git?.Commit ?? "none");
        }
        else if (git.Dirty != false && !request.AllowDirty)
        {
            examination.Find(
                name,
                "/git/dirty",
                "a working tree without changes",
                git.Dirty is null ? "nobody could say" : "one with changes that are not in the commit"
            );
        }
    }

    private static void RequireTime(string name, RunDocument run, FreshnessRequest request, Examination examination)
    {
        // What is no time, or one to come, was found when the run was read.
        if (
            request.MaxAge is { } age
            && RunExamination.TimeOf(run.Started) is { } started
            && request.Now - started > age
        )
        {
            examination.Find(name, "/started", $"a run after {request.Now - age:u}", run.Started);
        }
    }

    private static void RequireManifests(ReadDocument<Bundle> bundle, FreshnessRequest request, Examination examination)
    {
        var invariants = request
            .Manifests.Invariants.Where(invariant =>
                invariant.Task == request.Key.TaskId && invariant.FailureSignature == request.Key.FailureSignature
            )
            .ToList();
        var paths = invariants.Select(invariant => invariant.ManifestPath).ToHashSet(StringComparer.Ordinal);
        var now = request.Manifests.Manifests.Where(manifest => paths.Contains(manifest.Path)).ToList();
        foreach (var manifest in now)
        {
            var then = bundle.Value.Manifests.FirstOrDefault(reference => reference.Path == manifest.Path);
            if (then?.Sha256 != manifest.Sha256)
            {
                examination.Find(
                    bundle.Name,
                    "/manifests",
                    $"{manifest.Path} as it is now, {manifest.Sha256}",
                    then?.Sha256 ?? "none"
                );
            }
        }

        foreach (var gone in bundle.Value.Manifests.Where(reference => !paths.Contains(reference.Path)))
        {
            examination.Find(bundle.Name, "/manifests", "only manifests that there are", gone.Path);
        }

        var verified = bundle.Value.Checks.Select(check => check.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var invariant in invariants.Where(invariant => !verified.Contains(invariant.Id)))
        {
            // A rule's matches may be none only where that is an error, which has a check, too.
            examination.Find(bundle.Name, "/checks", $"a verdict on {invariant.Id}", "none");
        }
    }
}
