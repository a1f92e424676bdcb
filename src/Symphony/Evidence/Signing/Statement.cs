using System.Security.Cryptography;
using Symphony.Verification;

namespace Symphony.Evidence.Signing;

/// <summary>
/// What a signature says: an in-toto Statement v1 with the test-result v0.1 predicate. It follows from the run's
/// documents and from nothing else, so who has those can make it again and compare the bytes.
/// </summary>
public static class Statement
{
    public const string Type = "https://in-toto.io/Statement/v1";

    public const string PredicateType = "https://in-toto.io/attestation/test-result/v0.1";

    /// <param name="run">The run.</param>
    /// <param name="runSha256">The digest of its run.json.</param>
    /// <param name="target">The database that it read.</param>
    /// <param name="manifests">The manifests of all its bundles.</param>
    /// <param name="tests">The name and verdict of every check, in the order of bundles.</param>
    public static byte[] Payload(
        RunDocument run,
        string runSha256,
        TargetDocument target,
        IEnumerable<ManifestReference> manifests,
        IEnumerable<(string Name, Verdict Verdict)> tests
    )
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("_type"u8).String(Type);
        json.Name("predicate"u8).BeginObject();
        json.Name("configuration"u8).BeginArray();
        foreach (
            var (name, digest) in manifests
                .Select(manifest => (manifest.Path, manifest.Sha256))
                .Concat(run.Bundles.Select(bundle => (bundle.Path, bundle.Sha256)))
                .Append((EvidenceStore.RunPath(run.RunId), runSha256))
                .Distinct()
                .OrderBy(entry => entry.Item1, StringComparer.Ordinal)
        )
        {
            WriteDescriptor(json, name, "sha256", digest);
        }

        json.EndArray();
        var byVerdict = tests.ToLookup(test => test.Verdict, test => test.Name);
        json.Name("failedTests"u8).Strings([.. byVerdict[Verdict.Fail], .. byVerdict[Verdict.Error]]);
        json.Name("passedTests"u8).Strings(byVerdict[Verdict.Pass]);
        json.Name("result"u8)
            .String(
                run.Verdict switch
                {
                    Verdict.Pass => "PASSED",
                    Verdict.Waived => "WARNED",
                    _ => "FAILED",
                }
            );
        json.Name("warnedTests"u8).Strings(byVerdict[Verdict.Waived]);
        json.EndObject();
        json.Name("predicateType"u8).String(PredicateType);
        json.Name("subject"u8).BeginArray();
        WriteDescriptor(json, NameOf(target), "sha256", DigestOf(target));
        if (run.Git?.Commit is { } commit)
        {
            WriteDescriptor(
                json,
                run.Git.Dirty == false ? "git" : "git, with changes that are not committed",
                "gitCommit",
                commit
            );
        }

        json.EndArray();
        json.EndObject();
        return json.Output.Written.ToArray();
    }

    /// <summary>The name of a check as a test.</summary>
    public static string TestName(string task, string signature, string id, string? subject) =>
        $"{task}/{signature}/{id}" + (subject is null ? "" : " " + subject);

    /// <summary>Of the bundle's member <c>target</c> in its canonical form: the database's identity with its schema's fingerprint.</summary>
    internal static string DigestOf(TargetDocument target)
    {
        using var json = new CanonicalWriter();
        BundleWriter.WriteTarget(json, target);
        return Convert.ToHexStringLower(SHA256.HashData(json.Output.Written));
    }

    private static string NameOf(TargetDocument target) =>
        $"postgresql:{target.SystemIdentifier ?? "unknown"}/{target.Database ?? "unknown"}";

    private static void WriteDescriptor(CanonicalWriter json, string name, string algorithm, string digest)
    {
        json.BeginObject();
        json.Name("digest"u8).BeginObject();
        json.Name(algorithm).String(digest);
        json.EndObject();
        json.Name("name"u8).String(name);
        json.EndObject();
    }
}
