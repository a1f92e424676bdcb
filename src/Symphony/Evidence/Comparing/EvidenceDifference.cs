using System.Text.Json;
using Symphony.Catalog;
using Symphony.Evidence.Replay;
using Symphony.Verification;

namespace Symphony.Evidence.Comparing;

/// <summary>What two pieces of evidence say differently, as lines for people.</summary>
public static class EvidenceDifference
{
    public static IEnumerable<string> Between(ShownEvidence a, ShownEvidence b)
    {
        // Of what stands there twice, which is a finding, the first is meant.
        var before = a.Bundles.DistinctBy(KeyOf).ToDictionary(KeyOf);
        var after = b.Bundles.DistinctBy(KeyOf).ToDictionary(KeyOf);
        foreach (
            var key in before
                .Keys.Union(after.Keys)
                .OrderBy(key => key.TaskId, StringComparer.Ordinal)
                .ThenBy(key => key.FailureSignature, StringComparer.Ordinal)
        )
        {
            var (old, now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            var lines =
                old is null ? [$"only in B, {now!.Verdict.Word()}"]
                : now is null ? [$"only in A, {old.Verdict.Word()}"]
                : Between(old, now).Concat(AboutFingerprints((a, old), (b, now)));
            foreach (var line in lines)
            {
                yield return $"{key.TaskId} {key.FailureSignature}: {line}";
            }
        }
    }

    /// <summary>
    /// What a fingerprint covers is said of the run and not of the bundle, so the runs are read, and only where the
    /// fingerprints differ.
    /// </summary>
    private static IEnumerable<string> AboutFingerprints(
        (ShownEvidence Evidence, Bundle Bundle) a,
        (ShownEvidence Evidence, Bundle Bundle) b
    )
    {
        if (
            a.Bundle.Target.SchemaFingerprint is not { } old
            || b.Bundle.Target.SchemaFingerprint is not { } now
            || old == now
            || a.Evidence.RunOf(a.Bundle) is not { } before
            || b.Evidence.RunOf(b.Bundle) is not { } after
        )
        {
            yield break;
        }

        const string NotComparable = "schema: these two fingerprints are not comparable";
        if (before.Run.Fingerprint != after.Run.Fingerprint)
        {
            yield return $"{NotComparable}: A's is of --fingerprint {before.Run.Fingerprint}, B's of {after.Run.Fingerprint}; "
                + "verify both with the same one (full: all user schemas; touched: the relations that the invariants are about)";
        }
        else if (
            before.Run.Fingerprint == "touched"
            && Touched(before.Folder) is { } left
            && Touched(after.Folder) is { } right
            && !left.SequenceEqual(right)
        )
        {
            yield return $"{NotComparable}: A's covers {Beyond(left, right)} that B's does not, B's {Beyond(right, left)} that A's does not; "
                + "verify the same invariants in both, or both with --fingerprint full";
        }
    }

    /// <summary>Null where not all of the run is there as it was written.</summary>
    private static IReadOnlyList<Subject>? Touched(string folder)
    {
        try
        {
            return TouchedRelations.Of(StoredRun.Read(folder).Bundles);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static string Beyond(IEnumerable<Subject> relations, IEnumerable<Subject> others)
    {
        const int Most = 3;
        var beyond = relations.Except(others).Select(relation => relation.ToString()).ToList();
        return beyond.Count == 0
            ? "no relation"
            : string.Join(", ", beyond.Take(Most)) + (beyond.Count > Most ? $" and {beyond.Count - Most} more" : "");
    }

    private static EvidenceKey KeyOf(Bundle bundle) => new(bundle.TaskId, bundle.FailureSignature);

    private static IEnumerable<string> Between(Bundle a, Bundle b)
    {
        foreach (
            var (member, old, now) in new[]
            {
                ("verdict", a.Verdict.Word(), b.Verdict.Word()),
                ("database", Name(a.Target), Name(b.Target)),
                ("server", $"{a.Target.ServerVersionNum}", $"{b.Target.ServerVersionNum}"),
                ("schema", a.Target.SchemaFingerprint ?? "unknown", b.Target.SchemaFingerprint ?? "unknown"),
                ("manifests", Text(a.Manifests), Text(b.Manifests)),
            }
        )
        {
            if (old != now)
            {
                yield return $"{member}: {old} → {now}";
            }
        }

        var before = ByKey(a.Checks);
        var after = ByKey(b.Checks);
        foreach (
            var key in before
                .Keys.Union(after.Keys)
                .OrderBy(key => key.Id, StringComparer.Ordinal)
                .ThenBy(key => key.Subject, StringComparer.Ordinal)
        )
        {
            foreach (var line in Between(before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            {
                yield return $"{key.Id} {key.Subject ?? "(the rule)"}: {line}";
            }
        }
    }

    private static Dictionary<(string Id, string? Subject), CheckDocument> ByKey(IEnumerable<CheckDocument> checks) =>
        checks.DistinctBy(check => (check.Id, check.Subject)).ToDictionary(check => (check.Id, check.Subject));

    private static IEnumerable<string> Between(CheckDocument? a, CheckDocument? b)
    {
        if (a is null || b is null)
        {
            yield return a is null ? $"only in B, {b!.Verdict.Word()}" : $"only in A, {a.Verdict.Word()}";
            yield break;
        }

        if (a.Verdict != b.Verdict)
        {
            yield return $"{a.Verdict.Word()} → {b.Verdict.Word()}";
        }

        foreach (var (member, old, now) in new[] { ("claim", a.Claim, b.Claim), ("observed", a.Observed, b.Observed) })
        {
            foreach (var (pointer, after, before) in JsonDifference.Between("/" + member, Value(now), Value(old)))
            {
                yield return $"{pointer}: {before} → {after}";
            }
        }
    }

    private static JsonElement Value(JsonElement? value) => value ?? JsonElement.Parse("null");

    private static string Name(TargetDocument target) =>
        $"{target.SystemIdentifier ?? "unknown"}/{target.Database ?? "unknown"}";

    private static string Text(IEnumerable<ManifestReference> manifests) =>
        string.Join(
            ", ",
            manifests.Select(manifest => $"{manifest.Path} {manifest.Sha256[..Math.Min(12, manifest.Sha256.Length)]}")
        );
}
