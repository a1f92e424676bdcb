using System.Text;
using Symphony.Evidence.Log;

namespace Symphony.Evidence.Signing;

/// <summary>What a run is signed with, and what the log must be a continuation of.</summary>
/// <param name="Key">Signs the run and the log; null when a checkpoint is only held against it.</param>
/// <param name="Last">The last checkpoint that the caller knows of, and where it comes from.</param>
public sealed record EvidenceSeal(SigningKey? Key, (Checkpoint Checkpoint, string Source)? Last)
{
    /// <summary>Tries the log before anything is verified that could not be recorded in it.</summary>
    /// <exception cref="InputException">It was cut or rewritten.</exception>
    public void RequireConsistent(string root)
    {
        var log = EvidenceLog.Read(root);
        if (Last is { } last)
        {
            if (Key is not null && !last.Checkpoint.IsSignedBy(Key.Public))
            {
                throw new InputException(
                    "the checkpoint cannot be used",
                    $"a checkpoint that the key {Key.Public.Id} has signed: {last.Source}",
                    "none of its signatures, or other text than it signed",
                    "give the last checkpoint of this log, or none after a change of keys"
                );
            }

            LogConsistency.Require(log, last.Checkpoint, last.Source);
        }

        var own = Path.Combine(root, Checkpoint.FileName);
        if (Key is not null && File.Exists(own))
        {
            // A log must sign nothing that contradicts what it has signed before (c2sp.org/tlog-checkpoint).
            LogConsistency.Require(log, LogConsistency.ReadCheckpointOf(root), own);
        }
    }

    /// <summary>The head of the log as it is now, signed.</summary>
    internal void WriteCheckpoint(string root)
    {
        if (Key is null)
        {
            return;
        }

        var log = EvidenceLog.Read(root);
        var checkpoint = Checkpoint.Sign(log.Origin, log.Lines.Count, log.Root(log.Lines.Count), Key);
        using var file = new StagedFile(Path.Combine(root, Checkpoint.FileName));
        file.Stream.Write(Encoding.UTF8.GetBytes(checkpoint.ToString()));
        file.Complete();
        file.Publish();
    }
}
