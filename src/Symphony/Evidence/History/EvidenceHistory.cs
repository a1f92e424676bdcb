using Symphony.Evidence.Log;
using Symphony.Evidence.Replay;

namespace Symphony.Evidence.History;

/// <summary>
/// What the log of an evidence folder says of a run's keys, up to that run: a later one does not change the history
/// that an earlier one is shown with. One file is read, however many runs there were.
/// </summary>
/// <param name="Keys">In the run's order.</param>
/// <param name="Notes">What was not as it must be, so that the history may lack runs; sentences.</param>
public sealed record EvidenceHistory(IReadOnlyList<KeyHistory> Keys, IReadOnlyList<string> Notes)
{
    /// <param name="root">The evidence folder, as a full path; null when the run stands alone.</param>
    public static EvidenceHistory Read(string? root, StoredRun run)
    {
        var examination = new Examination();
        var reader = root is null ? null : new DocumentReader(root, examination);
        var entries = reader is null ? [] : Before(run.Run.RunId, EntriesOf(root!, reader, examination));
        var commits = new Dictionary<string, string?>(StringComparer.Ordinal);
        var keys = run
            .Bundles.Select(bundle =>
            {
                var key = new EvidenceKey(bundle.TaskId, bundle.FailureSignature);
                var history = new KeyHistory(key, [.. RunsOf(key, entries), Now(run.Run, bundle)]);
                return reader is null ? history : WithCommits(history, entries, reader, examination, commits);
            })
            .ToList();
        return new EvidenceHistory(keys, [.. examination.Findings.Select(finding => finding.ToString())]);
    }

    private static IReadOnlyList<LogEntry> EntriesOf(string root, DocumentReader reader, Examination examination) =>
        File.Exists(Path.Combine(root, EvidenceLog.FileName))
            ? new LogExamination(reader, examination, null, null).Read(EvidenceTree.ReadTop(root, examination)) ?? []
            : [];

    /// <summary>A run that is not in the log comes after those that began before it.</summary>
    private static List<LogEntry> Before(string runId, IReadOnlyList<LogEntry> entries) =>
        entries.Any(entry => entry.RunId == runId)
            ? [.. entries.TakeWhile(entry => entry.RunId != runId)]
            : [.. entries.Where(entry => string.CompareOrdinal(entry.RunId, runId) < 0)];

    private static IEnumerable<KeyRun> RunsOf(EvidenceKey key, IReadOnlyList<LogEntry> entries) =>
        from entry in entries
        from bundle in entry.Bundles
        where bundle.TaskId == key.TaskId && bundle.FailureSignature == key.FailureSignature
        select new KeyRun(entry.RunId, entry.Started, bundle.Verdict, bundle.Whole, null);

    private static KeyRun Now(RunDocument run, Bundle bundle) =>
        new(run.RunId, run.Started, bundle.Verdict, bundle.LeftOut.Count == 0, run.Git?.Commit);

    private static KeyHistory WithCommits(
        KeyHistory history,
        IReadOnlyList<LogEntry> entries,
        DocumentReader reader,
        Examination examination,
        Dictionary<string, string?> commits
    )
    {
        var named = new[] { history.FirstSeen, history.LastGreen, history.NotGreenSince };
        foreach (var entry in entries.Where(entry => named.Any(run => run?.RunId == entry.RunId)))
        {
            if (!commits.ContainsKey(entry.RunId))
            {
                commits[entry.RunId] = CommitOf(entry, reader, examination);
            }
        }

        return history with
        {
            Runs =
            [
                .. history.Runs.Select(run => run with { Commit = run.Commit ?? commits.GetValueOrDefault(run.RunId) }),
            ],
        };
    }

    /// <summary>Runs may be removed, and the log stays: then nobody knows. A changed document is not believed.</summary>
    private static string? CommitOf(LogEntry entry, DocumentReader reader, Examination examination)
    {
        var name = EvidenceStore.RunPath(entry.RunId);
        if (
            !reader.Exists(name)
            || reader.Read(name, EvidenceJson.Default.RunDocument, run => run.Schema, RunDocument.Identifier)
                is not { } document
        )
        {
            return null;
        }

        examination.Require(name, "", entry.RunSha256, document.Sha256);
        return document.Sha256 == entry.RunSha256 ? document.Value.Git?.Commit : null;
    }
}
