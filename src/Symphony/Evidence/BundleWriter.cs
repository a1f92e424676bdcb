using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>A draft as <see cref="Bundle"/>, its members in the order of their names.</summary>
internal static class BundleWriter
{
    /// <summary>Bytes that are collected before they are handed on: a bundle is never held whole.</summary>
    private const int Block = 64 * 1024;

    /// <summary>The part that is nearly all of it, and first in the order of names.</summary>
    public static void WriteChecks(CanonicalWriter json, BundleDraft draft, CheckDrafts? drafts, EvidenceSink sink)
    {
        json.BeginObject();
        json.Name("checks"u8).BeginArray();
        foreach (var check in draft.Results)
        {
            if (drafts is not null && drafts.Find(check) is { Length: > 0 } document)
            {
                json.Canonical(document);
            }
            else
            {
                CheckWriter.Write(json, check);
            }

            if (json.Output.Length >= Block)
            {
                sink.Take(json.Output);
            }
        }

        json.EndArray();
        sink.Take(json.Output);
    }

    /// <summary>The rest, behind the checks.</summary>
    public static void WriteHead(CanonicalWriter json, Bundle head, EvidenceSink sink)
    {
        WriteError(json, head.Error);
        json.Name("failure_signature"u8).String(head.FailureSignature);
        json.Name("left_out"u8).Strings(head.LeftOut);
        WriteManifests(json, head.Manifests);
        json.Name("queries"u8).BeginObject();
        foreach (var digest in head.Queries.Keys.Order(StringComparer.Ordinal))
        {
            json.Name(digest).String(head.Queries[digest]);
        }

        json.EndObject();
        json.Name("schema"u8).String(head.Schema);
        WriteSummary(json, head.Summary);
        json.Name("target"u8);
        WriteTarget(json, head.Target);
        json.Name("task_id"u8).String(head.TaskId);
        json.Name("verdict"u8).String(head.Verdict.Word());
        json.EndObject();
        sink.Take(json.Output);
    }

    private static void WriteError(CanonicalWriter json, BundleError? error)
    {
        json.Name("error"u8);
        if (error is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("message"u8).String(error.Message);
        json.Name("sqlstate"u8).String(error.Sqlstate);
        json.EndObject();
    }

    private static void WriteManifests(CanonicalWriter json, IReadOnlyList<ManifestReference> manifests)
    {
        json.Name("manifests"u8).BeginArray();
        foreach (var manifest in manifests)
        {
            json.BeginObject();
            json.Name("path"u8).String(manifest.Path);
            json.Name("sha256"u8).String(manifest.Sha256);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteSummary(CanonicalWriter json, Summary summary)
    {
        json.Name("summary"u8).BeginObject();
        json.Name("error"u8).Number(summary.Error);
        json.Name("fail"u8).Number(summary.Fail);
        json.Name("pass"u8).Number(summary.Pass);
        json.Name("waived"u8).Number(summary.Waived);
        json.EndObject();
    }

    public static void WriteTarget(CanonicalWriter json, TargetDocument target)
    {
        json.BeginObject();
        json.Name("database"u8).String(target.Database);
        json.Name("schema_fingerprint"u8).String(target.SchemaFingerprint);
        json.Name("server_version_num"u8).Number(target.ServerVersionNum);
        json.Name("system_identifier"u8).String(target.SystemIdentifier);
        json.EndObject();
    }
}
