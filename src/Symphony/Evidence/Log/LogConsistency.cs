using System.Globalization;

namespace Symphony.Evidence.Log;

/// <summary>Whether a log still begins with what a checkpoint saw of it.</summary>
public static class LogConsistency
{
    private const int Largest = 1024 * 1024;

    /// <summary>What is wrong, as what was found; null when the log has only grown.</summary>
    public static string? Problem(EvidenceLog log, Checkpoint checkpoint) =>
        checkpoint.Size > log.Lines.Count
            ? string.Create(CultureInfo.InvariantCulture, $"a log of {log.Lines.Count} runs: it was cut")
        : checkpoint.Size > 0 && checkpoint.Origin != log.Origin ? $"another log: {log.Origin}"
        : !log.Root(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root)
            ? "other lines among the first: it was rewritten"
        : null;

    /// <exception cref="InputException">The log is not a continuation of what the checkpoint saw.</exception>
    public static void Require(EvidenceLog log, Checkpoint checkpoint, string source)
    {
        if (Problem(log, checkpoint) is { } problem)
        {
            throw new InputException(
                "the log of runs is not the one that the checkpoint is of; nothing is added to it",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EvidenceLog.FileName} that begins with the {checkpoint.Size} runs of {source}"
                ),
                problem,
                "restore the log from a copy and find out who changed it; a new log begins in a new folder (--evidence)"
            );
        }
    }

    /// <param name="path">What the caller named: a pipe, too.</param>
    /// <exception cref="InputException">There is no checkpoint in the file.</exception>
    public static Checkpoint ReadCheckpoint(string path)
    {
        var found = Directory.Exists(path) ? "a folder" : "no such file";
        try
        {
            if (File.Exists(path))
            {
                found = "something else";
                if (
                    SmallFile.Read(path, Largest) is { Length: <= Largest } bytes
                    && Checkpoint.Parse(bytes) is { } checkpoint
                )
                {
                    return checkpoint;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found = failure.Message;
        }

        throw Unusable(path, found);
    }

    /// <summary>The checkpoint that stands in an evidence folder, where somebody else may have put something.</summary>
    /// <exception cref="InputException">It is not a file of its own, or holds no checkpoint.</exception>
    public static Checkpoint ReadCheckpointOf(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, Checkpoint.FileName));
        return file.LinkTarget is not null ? throw Unusable(file.FullName, "a symbolic link")
            // A pipe or a device has no length, and no end either.
            : file is { Exists: true, Length: 0 } ? throw Unusable(file.FullName, "no bytes")
            : !file.Exists
                ? throw new InputException(
                    "there is no checkpoint to hold the log against",
                    $"the signed one of an evidence folder: {file.FullName}",
                    Directory.Exists(file.FullName) ? "a folder" : "no such file",
                    "runs with --key write it; `symphony evidence verify` holds a log without one against its runs"
                )
            : ReadCheckpoint(file.FullName);
    }

    private static InputException Unusable(string path, string found) =>
        new(
            "the checkpoint cannot be used",
            $"a signed checkpoint, as a run with --key writes it: {path}",
            found,
            $"give a copy of the evidence folder's file {Checkpoint.FileName}"
        );
}
