using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence.Reproduction;

/// <summary>Finds the evidence of a failure: by its signature the newest there is, or the bundle that is named.</summary>
public sealed class FailureSearch(string root, KindRegistry kinds)
{
    private readonly Examination _examination = new();

    /// <param name="path">A bundle: the newest of a key, or a run's.</param>
    /// <exception cref="InputException">It is no bundle, or not one that was written so.</exception>
    public RecordedFailure OfBundle(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var reader = new DocumentReader(folder, _examination);
        var bundle = Read(reader, Path.GetFileName(path)) ?? throw Unusable(path);
        var run = RunSearch.OfBundle(path, bundle.Sha256)?.Run;
        return Replayed(path, bundle, run);
    }

    /// <param name="signature">The failure signature.</param>
    /// <param name="task">The task; null when only one has evidence of the signature.</param>
    /// <exception cref="InputException">There is no failure of it, or of several tasks.</exception>
    public RecordedFailure OfSignature(string signature, string? task)
    {
        RequireNames(signature, task);
        var runs = RunSearch.In(root);
        var found = runs.SelectMany(run => run.Bundles.Select(bundle => (Run: run, Bundle: bundle)))
            .Where(pair =>
                pair.Bundle.FailureSignature == signature
                && (task is null ? Identifiers.IsTask(pair.Bundle.TaskId) : pair.Bundle.TaskId == task)
            )
            .ToList();
        var tasks = found.Select(pair => pair.Bundle.TaskId).Distinct().Order(StringComparer.Ordinal).ToList();
        if (tasks.Count > 1)
        {
            throw new InputException(
                "several tasks have evidence of this failure signature",
                "--task with one of them",
                string.Join(", ", tasks),
                $"--task {tasks[0]}"
            );
        }

        var last = found.LastOrDefault(pair => pair.Bundle.Verdict != Verdict.Pass);
        if (last.Run is null)
        {
            throw new InputException(
                "there is no failure to show again",
                $"evidence of a failure of {signature}{(task is null ? "" : $" of {task}")} in {root}",
                found.Count == 0 ? "no run of it" : $"{found.Count} runs, each of them a PASS",
                "verify first, or name the bundle that you were given"
            );
        }

        var name = EvidenceStore.BundlePath(last.Run.RunId, new EvidenceKey(last.Bundle.TaskId, signature));
        var bundle = Read(new DocumentReader(root, _examination), name) ?? throw Unusable(name);
        return Replayed(name, bundle, last.Run);
    }

    private static void RequireNames(string signature, string? task)
    {
        if (!Identifiers.IsSignature(signature) || (task is not null && !Identifiers.IsTask(task)))
        {
            throw new InputException(
                "there is no such evidence",
                "a failure signature (and with --task a task), or a bundle's file",
                task is null ? signature : $"{signature} of {task}",
                $"a signature is {Identifiers.SignatureForm}; a task is {Identifiers.TaskForm}"
            );
        }
    }

    private static ReadDocument<Bundle>? Read(DocumentReader reader, string name) =>
        reader.Read(name, EvidenceJson.Default.Bundle, bundle => bundle.Schema, Bundle.Identifier);

    /// <summary>What does not follow from its own facts is nothing that could be shown again.</summary>
    private RecordedFailure Replayed(string name, ReadDocument<Bundle> bundle, RunDocument? run)
    {
        new BundleReplay(_examination, kinds).Replay(bundle, run);
        if (_examination.Findings.Count > 0)
        {
            throw Unusable(name);
        }

        var failure = new RecordedFailure(name, bundle.Value, run);
        return failure.Checks.Count > 0
            ? failure
            : throw new InputException(
                "there is no failure to show again",
                "a bundle with a verdict that is not PASS",
                $"{name}: {bundle.Value.Checks.Count} checks, all of them PASS",
                "name the bundle of a run that failed; they are below runs/"
            );
    }

    private InputException Unusable(string name) =>
        new(
            "the evidence cannot be used",
            $"a bundle that is as it was written: {name}",
            _examination.Findings.Count > 0 ? _examination.Findings[0].ToString() : "something else",
            "`symphony evidence verify` says everything that is wrong with a folder"
        );
}
