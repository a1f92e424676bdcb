using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;
using Symphony.Kinds;

namespace Symphony.Evidence.Replay;

/// <summary>
/// An evidence folder, a run's folder or one bundle, examined without a database: documents against their contracts,
/// verdicts against their facts, digests against bytes, the log and the signatures. A stranger's folder is hostile
/// input; nothing in it is written.
/// </summary>
public sealed class FolderExamination
{
    /// <summary>How long a process that puts reports into a run's folder is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _root;
    private readonly KindRegistry _kinds;
    private readonly DocumentReader _reader;

    /// <param name="root">The folder's full path.</param>
    /// <param name="kinds">The kinds that there are.</param>
    public FolderExamination(string root, KindRegistry kinds)
    {
        (_root, _kinds) = (root, kinds);
        _reader = new DocumentReader(root, Result);
    }

    /// <summary>Evidence from after it is wrong; null when it is not known.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Must have signed every run and the log; null when signatures are not to be verified.</summary>
    public PublicKey? Key { get; init; }

    /// <summary>The log must be a continuation of what this saw of it; and where it comes from.</summary>
    public (Checkpoint Checkpoint, string Source)? Last { get; init; }

    /// <summary>The caller holds the folder of the one run that is examined.</summary>
    public bool IsHeld { get; init; }

    public Examination Result { get; } = new();

    private RunExamination Runs => new(_reader, Result, _kinds, Now);

    /// <summary>One bundle alone: nothing says which run wrote it.</summary>
    public Examination Bundle(string name)
    {
        if (_reader.Read(name, EvidenceJson.Default.Bundle, b => b.Schema, Evidence.Bundle.Identifier) is { } bundle)
        {
            new BundleReplay(Result, _kinds).Replay(bundle, null);
        }

        return Result;
    }

    /// <summary>The verdicts of every run and newest bundle; not who wrote them, nor what was removed.</summary>
    /// <exception cref="InputException">The folder is not there, or cannot be listed.</exception>
    public Examination Replay()
    {
        var tree = ReadTree();
        if (tree.IsOneRun)
        {
            Runs.Examine("", Path.GetFileName(_root));
            return Result;
        }

        var runs = tree
            .RunIds.Where(id => tree.FilesOfRun(id).Contains("run.json", StringComparer.Ordinal))
            .Select(id => Runs.Examine(EvidenceStore.RunFolder(id) + "/", id))
            .OfType<ExaminedRun>()
            .ToList();
        new NewestExamination(_reader, Result, _kinds).Examine(tree, runs, []);
        return Result;
    }

    /// <summary>Everything in the folder.</summary>
    /// <exception cref="InputException">The folder is not there, or cannot be listed.</exception>
    public Examination Everything()
    {
        var tree = ReadTree();
        if (tree.IsOneRun)
        {
            OneRun(tree.Files, "", Path.GetFileName(_root));
            return Result;
        }

        var log = new LogExamination(_reader, Result, Key, Last);
        var entries = log.Read(tree);
        var runs = tree
            .RunIds.Select(id => OneRun(tree.FilesOfRun(id), EvidenceStore.RunFolder(id) + "/", id))
            .OfType<(ExaminedRun Run, string? Statement)>()
            .ToList();
        if (entries is not null)
        {
            log.Compare(
                entries,
                [.. runs.Select(run => run.Run)],
                runs.ToDictionary(run => run.Run.Id, run => run.Statement, StringComparer.Ordinal)
            );
        }

        new NewestExamination(_reader, Result, _kinds).Examine(tree, [.. runs.Select(run => run.Run)], entries ?? []);
        ExamineArchives(tree);
        NoteStrangers(tree);
        return Result;
    }

    /// <summary>
    /// The files that there are, and the log, its checkpoint and the newest bundles as they are at this moment: runs
    /// themselves are never changed, and one that is published meanwhile makes nothing wrong.
    /// </summary>
    private EvidenceTree ReadTree()
    {
        using var quiet = EvidenceLock.TakeToRead(_root);
        var tree = EvidenceTree.Read(_root, Result);
        _reader.Keep(
            tree.Files.Where(file =>
                file is EvidenceLog.FileName or Checkpoint.FileName || EvidenceTree.KeyOf(file) is not null
            )
        );
        return tree;
    }

    private (ExaminedRun Run, string? Statement)? OneRun(IReadOnlyList<string> files, string folder, string id)
    {
        if (!files.Contains("run.json", StringComparer.Ordinal))
        {
            Result.Note($"{folder}: a run that has not ended; it has no run.json and proves nothing.");
            return null;
        }

        if (Runs.Examine(folder, id) is not { } run)
        {
            return null;
        }

        // A report and the index that binds it are read as one writer left them.
        var own = Path.GetFullPath(folder, _root);
        using var quiet = IsHeld
            ? null
            : AdvisoryLock.Take(own, toWrite: false, Patience, TimeProvider.System, CancellationToken.None);
        files = [.. EvidenceTree.ReadTop(own, new Examination()).Files, .. files.Where(file => file.Contains('/'))];
        var reports = new ReportExamination(_reader, Result, Key).Examine(files, folder, run);
        NoteStrangers(files, folder, run, reports);
        var statement = new StatementExamination(_reader, Result, Key).Examine(
            folder + DsseEnvelope.FileName,
            run,
            files.Contains(DsseEnvelope.FileName, StringComparer.Ordinal)
        );
        return (run, statement);
    }

    private void NoteStrangers(IEnumerable<string> files, string folder, ExaminedRun run, IEnumerable<string> reports)
    {
        var own = RunExamination
            .FilesOf(run.Document.Value)
            .Concat(reports)
            .Concat(["run.json", DsseEnvelope.FileName])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !own.Contains(file)))
        {
            if (EvidenceTree.KeyOf(file) is not null)
            {
                Result.Find(folder + file, "", $"only bundles that {run.Document.Name} lists", "one that it does not");
            }
            else
            {
                Result.Note($"{folder}{file}: no digest says what it must be.");
            }
        }
    }

    /// <summary>They hold no facts; that they are whole is all that can be said.</summary>
    private void ExamineArchives(EvidenceTree tree)
    {
        foreach (
            var file in tree.Files.Where(file =>
                file.StartsWith(Import.ArchiveStore.Folder + "/", StringComparison.Ordinal)
            )
        )
        {
            if (
                _reader.Read(
                    file,
                    Import.ImportJson.Default.ImportedArchive,
                    archive => archive.Schema,
                    Import.ImportedArchive.Identifier
                ) is
                { } archive
            )
            {
                Result.Note($"{file}: {archive.Value.Records.Count} records of the older format, which hold no facts.");
            }
        }
    }

    private void NoteStrangers(EvidenceTree tree)
    {
        foreach (
            var file in tree.Files.Where(file =>
                !file.StartsWith("runs/", StringComparison.Ordinal)
                && !file.StartsWith(Import.ArchiveStore.Folder + "/", StringComparison.Ordinal)
                && file is not (EvidenceLog.FileName or Checkpoint.FileName or EvidenceLock.FileName or "README.md")
                && EvidenceTree.KeyOf(file) is null
            )
        )
        {
            Result.Note($"{file}: no evidence of this Symphony; not looked at.");
        }
    }
}
