using System.Globalization;
using System.Text.Json;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Replay;

/// <summary>What the log says of an evidence folder, line by line, and whether its checkpoints agree.</summary>
internal sealed class LogExamination(
    DocumentReader reader,
    Examination examination,
    PublicKey? key,
    (Checkpoint Checkpoint, string Source)? last
)
{
    /// <summary>The lines that could be read, in their order; null when there is no log.</summary>
    public IReadOnlyList<LogEntry>? Read(EvidenceTree tree)
    {
        if (!tree.Files.Contains(EvidenceLog.FileName, StringComparer.Ordinal))
        {
            if (tree.RunIds.Count > 0 || last is not null)
            {
                examination.Find(EvidenceLog.FileName, "", "the log of the runs in this folder", "no such file");
            }

            return null;
        }

        if (reader.ReadBytes(EvidenceLog.FileName) is not { } bytes)
        {
            return null;
        }

        var log = EvidenceLog.Parse(bytes);
        examination.LogEntries = log.Lines.Count;
        if (log.IsTorn)
        {
            examination.Find(
                Line(log.Lines.Count),
                "",
                "a line with its end",
                "the beginning of one: the machine stopped while it was written, or it was cut; the next run removes it"
            );
        }

        var entries = log.Lines.Select((line, i) => Parse(line, i)).ToList();
        RequireOnce(entries);
        RequireCheckpoints(tree, log);
        return [.. entries.OfType<LogEntry>()];
    }

    /// <summary>The runs of the folder against the lines of the log.</summary>
    /// <param name="statements">The digests of the runs' statements, null where there is none.</param>
    public void Compare(
        IReadOnlyList<LogEntry> entries,
        IReadOnlyList<ExaminedRun> runs,
        IReadOnlyDictionary<string, string?> statements
    )
    {
        var byRun = entries.ToLookup(entry => entry.RunId, StringComparer.Ordinal);
        foreach (var run in runs)
        {
            if (byRun[run.Id].FirstOrDefault() is { } entry)
            {
                CompareOne(entry, run, statements[run.Id]);
            }
            else
            {
                examination.Find(
                    run.Document.Name,
                    "",
                    $"a run that {EvidenceLog.FileName} lists",
                    "one that it does not"
                );
            }
        }

        var here = runs.Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        var gone = entries.Where(entry => !here.Contains(entry.RunId)).ToList();
        if (gone.Count > 0)
        {
            examination.Note(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EvidenceLog.FileName}: {gone.Count} of its runs are not in this folder (removed, or ended before they were written): {string.Join(", ", gone.Take(5).Select(entry => $"{entry.RunId} {Verification.VerdictNames.Word(entry.Verdict)}"))}{(gone.Count > 5 ? ", …" : "")}."
                )
            );
        }
    }

    /// <summary>One run against its line.</summary>
    public void CompareOne(LogEntry entry, ExaminedRun run, string? statement)
    {
        var derived = LogEntry.Of(
            run.Document.Value,
            run.Document.Sha256,
            statement,
            run.Document.Value.Bundles.Select(reference => new LoggedBundle(
                reference.TaskId,
                reference.FailureSignature,
                reference.Verdict,
                reference.Sha256,
                run.Bundles.FirstOrDefault(bundle => bundle.Sha256 == reference.Sha256)?.Value.LeftOut.Count
                    is 0
                        or null
            ))
        );
        foreach (
            var (pointer, expected, found) in JsonDifference.Between(
                "",
                JsonElement.Parse(derived.ToBytes()),
                JsonElement.Parse(entry.ToBytes())
            )
        )
        {
            examination.Find(
                EvidenceLog.FileName,
                pointer,
                $"of run {entry.RunId}: {expected}, as the run's files say",
                found
            );
        }
    }

    private LogEntry? Parse(byte[] line, int index)
    {
        try
        {
            if (
                JsonSerializer.Deserialize(line, EvidenceJson.Default.LogEntry) is { Schema: LogEntry.Identifier } entry
                && entry.ToBytes().AsSpan().SequenceEqual(line)
                && RunId.IsOne(entry.RunId)
                && entry.Bundles.All(bundle =>
                    RunExamination.KeyPath(bundle.TaskId, bundle.FailureSignature) is not null
                )
            )
            {
                return entry;
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Told below, like a line that is JSON and still no entry.
        }

        examination.Find(Line(index), "", $"a line of {LogEntry.Identifier} in canonical JSON", "something else");
        return null;
    }

    private void RequireOnce(List<LogEntry?> entries)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { } entry && !known.Add(entry.RunId))
            {
                examination.Find(Line(i), "/run_id", "each run once", Shown.Of(entry.RunId));
            }
        }
    }

    private void RequireCheckpoints(EvidenceTree tree, EvidenceLog log)
    {
        if (last is { } given)
        {
            RequireCheckpoint(given.Source, given.Checkpoint, log);
        }

        if (tree.Files.Contains(Checkpoint.FileName, StringComparer.Ordinal))
        {
            if (reader.ReadBytes(Checkpoint.FileName) is { } bytes)
            {
                RequireOwn(Checkpoint.Parse(bytes), log);
            }
        }
        else if (key is not null)
        {
            examination.Find(Checkpoint.FileName, "", $"a checkpoint that the key {key.Id} has signed", "no such file");
        }
    }

    private void RequireOwn(Checkpoint? checkpoint, EvidenceLog log)
    {
        if (checkpoint is null)
        {
            examination.Find(
                Checkpoint.FileName,
                "",
                "a signed checkpoint (c2sp.org/tlog-checkpoint)",
                "something else"
            );
            return;
        }

        RequireCheckpoint(Checkpoint.FileName, checkpoint, log);
        if (key is null)
        {
            examination.Note($"{Checkpoint.FileName}: says that it is signed; give --public-key to know.");
        }

        if (checkpoint.Size < log.Lines.Count)
        {
            examination.Note(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Checkpoint.FileName}: the last {log.Lines.Count - checkpoint.Size} of {log.Lines.Count} runs came after it."
                )
            );
        }
    }

    private void RequireCheckpoint(string name, Checkpoint checkpoint, EvidenceLog log)
    {
        if (LogConsistency.Problem(log, checkpoint) is { } problem)
        {
            examination.Find(
                name,
                "",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EvidenceLog.FileName} that begins with the {checkpoint.Size} runs of the checkpoint"
                ),
                problem
            );
        }

        if (key is not null && (checkpoint.Signatures.Count > 1 || !checkpoint.IsSignedBy(key)))
        {
            examination.Find(name, "", $"one signature, right for the text and the key {key.Id}", "another");
        }
    }

    private static string Line(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{EvidenceLog.FileName}:{index + 1}");
}
