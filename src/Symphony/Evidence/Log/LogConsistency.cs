using System.Globalization;

namespace Symphony.Evidence.Log;

/// <summary>Whether a log still begins with what a checkpoint saw of it.</summary>
public static class LogConsistency
{
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

    /// <exception cref="InputException">There is no checkpoint in the file.</exception>
    public static Checkpoint ReadCheckpoint(string path)
    {
        var found = "no such file";
        try
        {
            var file = new FileInfo(path);
            if (file.Exists)
            {
                found = "something else";
                if (file.Length < 1024 * 1024 && Checkpoint.Parse(File.ReadAllBytes(path)) is { } checkpoint)
                {
                    return checkpoint;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found = failure.Message;
        }

        throw new InputException(
            "the checkpoint cannot be used",
            $"a signed checkpoint, as a run with --key writes it: {path}",
            found,
            $"give a copy of the evidence folder's file {Checkpoint.FileName}"
        );
    }
}
