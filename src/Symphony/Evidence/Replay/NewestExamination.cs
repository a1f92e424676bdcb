using Symphony.Evidence.Log;
using Symphony.Kinds;

namespace Symphony.Evidence.Replay;

/// <summary>The bundles outside of runs, each the newest of its key: they must be copies of a run's own, and of the last.</summary>
internal sealed class NewestExamination(DocumentReader reader, Examination examination, KindRegistry kinds)
{
    public void Examine(EvidenceTree tree, IReadOnlyList<ExaminedRun> runs, IReadOnlyList<LogEntry> log)
    {
        var written = runs.SelectMany(run => run.Bundles.Select(bundle => (Run: run, Bundle: bundle)))
            .ToLookup(pair => new EvidenceKey(pair.Bundle.Value.TaskId, pair.Bundle.Value.FailureSignature));
        // Later lines overwrite earlier ones: half a verdict is newest nowhere.
        var newest = new Dictionary<EvidenceKey, (LogEntry Entry, LoggedBundle Bundle)>();
        foreach (var entry in log)
        {
            foreach (var bundle in entry.Bundles.Where(bundle => bundle.Whole))
            {
                newest[new EvidenceKey(bundle.TaskId, bundle.FailureSignature)] = (entry, bundle);
            }
        }

        foreach (var name in tree.Files)
        {
            if (EvidenceTree.KeyOf(name) is { } key && Examine(name, key, [.. written[key]]) is { } digest)
            {
                RequireNewest(name, digest, newest.TryGetValue(key, out var last) ? last : null);
            }
        }

        foreach (var (key, last) in newest)
        {
            if (!tree.Files.Contains(key.ToPath(), StringComparer.Ordinal))
            {
                examination.Find(key.ToPath(), "", $"the bundle of run {last.Entry.RunId}", "no such file");
            }
        }
    }

    private string? Examine(string name, EvidenceKey key, List<(ExaminedRun Run, ReadDocument<Bundle> Bundle)> written)
    {
        if (reader.Read(name, EvidenceJson.Default.Bundle, b => b.Schema, Bundle.Identifier) is not { } bundle)
        {
            return null;
        }

        examination.Require(name, "/task_id", key.TaskId, bundle.Value.TaskId);
        examination.Require(name, "/failure_signature", key.FailureSignature, bundle.Value.FailureSignature);
        if (bundle.Value.LeftOut.Count > 0)
        {
            examination.Find(
                name,
                "/left_out",
                "nothing: half a verdict is not the newest whole one",
                Shown.Of(bundle.Value.LeftOut[0])
            );
        }

        if (!written.Exists(pair => pair.Bundle.Sha256 == bundle.Sha256))
        {
            examination.Find(
                name,
                "",
                "a copy of a bundle below runs/",
                $"bytes that are none: their SHA-256 is {bundle.Sha256}"
            );
            new BundleReplay(examination, kinds).Replay(bundle, null);
        }

        return bundle.Sha256;
    }

    private void RequireNewest(string name, string digest, (LogEntry Entry, LoggedBundle Bundle)? newest)
    {
        if (newest is { } last && last.Bundle.Sha256 != digest)
        {
            examination.Find(
                name,
                "",
                $"the bundle of the last run in the log, {last.Entry.RunId}: {last.Bundle.Sha256}",
                $"another one: {digest}; run again if that run was ended while it was written"
            );
        }
    }
}
