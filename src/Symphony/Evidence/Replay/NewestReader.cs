using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;
using Symphony.Kinds;

namespace Symphony.Evidence.Replay;

/// <summary>
/// The bundle that counts for a key: that of the last run in the log that verified the whole of it, examined with its
/// run. Other runs are not looked at, so it takes as long after a year as on the first day.
/// </summary>
internal sealed class NewestReader(string root, KindRegistry kinds, Examination examination)
{
    public PublicKey? Key { get; init; }

    public (Checkpoint Checkpoint, string Source)? Last { get; init; }

    /// <summary>Evidence from after it is wrong; null when it is not known.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Null when there is none, or none that can be read: the examination says why.</summary>
    public (ExaminedRun Run, ReadDocument<Bundle> Bundle)? Read(EvidenceKey key)
    {
        var reader = new DocumentReader(root, examination);
        var log = new LogExamination(reader, examination, Key, Last);
        var tree = ReadTree(reader, key);
        var entries = log.Read(tree) ?? [];
        var entry = entries.LastOrDefault(candidate =>
            candidate.Bundles.Any(bundle => bundle.Whole && IsOf(bundle.TaskId, bundle.FailureSignature, key))
        );
        if (entry is null)
        {
            examination.Find(
                key.ToPath(),
                "",
                "a run in the log that verified the whole of this task and failure signature",
                "none"
            );
            return null;
        }

        var folder = EvidenceStore.RunFolder(entry.RunId) + "/";
        if (new RunExamination(reader, examination, kinds, Now).Examine(folder, entry.RunId) is not { } run)
        {
            return null;
        }

        var statement = folder + DsseEnvelope.FileName;
        var digest = new StatementExamination(reader, examination, Key).Examine(
            statement,
            run,
            File.Exists(Path.Combine(root, statement))
        );
        log.CompareOne(entry, run, digest);
        var bundle = run.Bundles.FirstOrDefault(candidate =>
            IsOf(candidate.Value.TaskId, candidate.Value.FailureSignature, key)
        );
        if (bundle is null)
        {
            return null;
        }

        RequireCopy(reader, key, bundle);
        return (run, bundle);
    }

    /// <summary>With the log, its checkpoint and the newest bundle as they are at one moment: another run may end meanwhile.</summary>
    private EvidenceTree ReadTree(DocumentReader reader, EvidenceKey key)
    {
        using var quiet = EvidenceLock.TakeToRead(root);
        var tree = EvidenceTree.ReadTop(root, examination);
        reader.Keep([EvidenceLog.FileName, Checkpoint.FileName, key.ToPath()]);
        return tree;
    }

    private void RequireCopy(DocumentReader reader, EvidenceKey key, ReadDocument<Bundle> bundle)
    {
        var name = key.ToPath();
        if (reader.ReadBytes(name) is { } copy && !copy.AsSpan().SequenceEqual(bundle.Bytes))
        {
            examination.Find(name, "", $"a copy of {bundle.Name}", "other bytes");
        }
    }

    private static bool IsOf(string task, string signature, EvidenceKey key) =>
        task == key.TaskId && signature == key.FailureSignature;
}
