using System.Globalization;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Evidence.Replay;

/// <summary>A run as it was examined: what its documents say, wherever they could be read.</summary>
/// <param name="Id">The name of its folder.</param>
internal sealed record ExaminedRun(
    string Id,
    ReadDocument<RunDocument> Document,
    IReadOnlyList<ReadDocument<Bundle>> Bundles
);

/// <summary>One run's folder: its run.json, its bundles, and whether they agree.</summary>
/// <param name="now">Nothing was done after it; null when it is not known.</param>
internal sealed class RunExamination(
    DocumentReader reader,
    Examination examination,
    KindRegistry kinds,
    DateTimeOffset? now = null
)
{
    /// <summary>Clocks of different machines are that far apart and no further.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <param name="folder">The run's folder below the folder that is examined, with a slash behind it; empty when it is that folder itself.</param>
    /// <param name="runId">The folder's own name.</param>
    /// <returns>The run, or null when it could not be read.</returns>
    public ExaminedRun? Examine(string folder, string runId)
    {
        var name = folder + "run.json";
        if (
            reader.Read(name, EvidenceJson.Default.RunDocument, run => run.Schema, RunDocument.Identifier)
            is not { } document
        )
        {
            return null;
        }

        examination.Runs++;
        var run = document.Value;
        examination.Require(name, "/run_id", runId, run.RunId);
        RequireTimes(name, run);
        var bundles = new List<ReadDocument<Bundle>>();
        for (var i = 0; i < run.Bundles.Count; i++)
        {
            if (ExamineBundle(folder, document, i) is { } bundle)
            {
                bundles.Add(bundle);
            }
        }

        RequireAgreement(document, bundles);
        return new ExaminedRun(runId, document, bundles);
    }

    /// <summary>The paths below a run's folder that its run.json names.</summary>
    public static IEnumerable<string> FilesOf(RunDocument run) =>
        run.Bundles.Select(bundle => KeyPath(bundle.TaskId, bundle.FailureSignature)).OfType<string>();

    /// <summary>Null for what is no task or no signature: it never becomes a path.</summary>
    internal static string? KeyPath(string task, string signature) =>
        Manifests.Identifiers.IsTask(task) && Manifests.Identifiers.IsSignature(signature)
            ? new EvidenceKey(task, signature).ToPath()
            : null;

    private ReadDocument<Bundle>? ExamineBundle(string folder, ReadDocument<RunDocument> run, int index)
    {
        var reference = run.Value.Bundles[index];
        var pointer = JsonPointer.Item("/bundles", index);
        if (KeyPath(reference.TaskId, reference.FailureSignature) is not { } path)
        {
            examination.Find(
                run.Name,
                pointer,
                "a task and a failure signature",
                Shown.Of($"{reference.TaskId} {reference.FailureSignature}")
            );
            return null;
        }

        examination.Require(
            run.Name,
            pointer + "/path",
            $"{EvidenceStore.RunFolder(run.Value.RunId)}/{path}",
            reference.Path
        );
        if (index > 0 && !IsInOrder(run.Value.Bundles[index - 1], reference))
        {
            examination.Find(
                run.Name,
                pointer,
                "each task and failure signature once, in their order",
                Shown.Of($"{reference.TaskId} {reference.FailureSignature}")
            );
            return null;
        }

        var name = folder + path;
        if (reader.Read(name, EvidenceJson.Default.Bundle, b => b.Schema, Bundle.Identifier) is not { } bundle)
        {
            return null;
        }

        if (bundle.Sha256 != reference.Sha256)
        {
            examination.Find(
                name,
                "",
                $"bytes with the SHA-256 that {run.Name} {pointer} gives: {reference.Sha256}",
                bundle.Sha256
            );
        }

        examination.Require(name, "/task_id", reference.TaskId, bundle.Value.TaskId);
        examination.Require(name, "/failure_signature", reference.FailureSignature, bundle.Value.FailureSignature);
        examination.Require(run.Name, pointer + "/verdict", bundle.Value.Verdict.Word(), reference.Verdict.Word());
        new BundleReplay(examination, kinds).Replay(bundle, run.Value);
        return bundle;
    }

    private static bool IsInOrder(BundleReference before, BundleReference reference) =>
        string.CompareOrdinal(before.TaskId, reference.TaskId) is var order
        && (
            order < 0 || (order == 0 && string.CompareOrdinal(before.FailureSignature, reference.FailureSignature) < 0)
        );

    private void RequireTimes(string name, RunDocument run)
    {
        var (started, ended) = (TimeOf(run.Started), TimeOf(run.Ended));
        foreach (var (member, time, text) in new[] { ("started", started, run.Started), ("ended", ended, run.Ended) })
        {
            if (time is null)
            {
                examination.Find(name, "/" + member, "a UTC time with milliseconds", Shown.Of(text));
            }
        }

        if (started > now + ClockSkew || ended > now + ClockSkew)
        {
            examination.Find(name, "/ended", $"a time before now, {now:u}", $"{run.Ended}: a clock is wrong");
        }

        if (ended < started)
        {
            examination.Find(name, "/ended", $"a time not before {run.Started}", Shown.Of(run.Ended));
        }

        if (started is { } begun && !run.RunId.StartsWith($"{begun:yyyyMMdd'T'HHmmss'Z'}-", StringComparison.Ordinal))
        {
            examination.Find(name, "/run_id", $"an id that begins with the time {run.Started}", Shown.Of(run.RunId));
        }
    }

    private void RequireAgreement(ReadDocument<RunDocument> document, List<ReadDocument<Bundle>> bundles)
    {
        var (name, run) = (document.Name, document.Value);
        foreach (var bundle in bundles.Skip(1).Where(bundle => bundle.Value.Target != bundles[0].Value.Target))
        {
            examination.Find(bundle.Name, "/target", $"the target of {bundles[0].Name}", "another one");
        }

        foreach (
            var manifest in bundles
                .SelectMany(bundle => bundle.Value.Manifests)
                .Distinct()
                .GroupBy(manifest => manifest.Path)
                .Where(same => same.Count() > 1)
        )
        {
            examination.Find(name, "/bundles", $"one digest of {manifest.Key}", $"{manifest.Count()}");
        }

        if (bundles.Count != run.Bundles.Count)
        {
            return;
        }

        var verdict = bundles.Count == 0 ? Verdict.Error : bundles.Max(bundle => bundle.Value.Verdict);
        examination.Require(name, "/verdict", verdict.Word(), run.Verdict.Word());
        var says = (run.Verdict, run.ExitCode) switch
        {
            (Verdict.Pass or Verdict.Waived, 0) or (Verdict.Error, 2) or (Verdict.Fail, 0 or 1 or 2) => true,
            _ => false,
        };
        if (!says)
        {
            examination.Find(
                name,
                "/exit_code",
                $"what {run.Verdict.Word()} ends with",
                run.ExitCode.ToString(CultureInfo.InvariantCulture)
            );
        }
    }

    internal static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            TimeForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;
}
