using System.Text;
using System.Text.Json;

namespace Symphony.Evidence.Log;

/// <summary>Proofs as canonical JSON, hashes in base64 as in checkpoints: enough to be verified without the log.</summary>
public static class LogProofs
{
    /// <exception cref="InputException">The log has no such run.</exception>
    public static string Inclusion(EvidenceLog log, string runId)
    {
        var index = 0;
        while (index < log.Lines.Count && RunIdOf(log.Lines[index]) != runId)
        {
            index++;
        }

        if (index == log.Lines.Count)
        {
            throw new InputException(
                "the run is not in the log",
                $"a run id of {EvidenceLog.FileName}",
                runId,
                "take it from the name of a folder below runs/"
            );
        }

        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("hashes"u8).Strings(MerkleTree.InclusionProof(log.Leaves, index).Select(Convert.ToBase64String));
        json.Name("leaf_hash"u8).String(Convert.ToBase64String(log.Leaves[index]));
        json.Name("leaf_index"u8).Number(index);
        json.Name("line"u8).String(Encoding.UTF8.GetString(log.Lines[index]));
        json.Name("origin"u8).String(log.Origin);
        json.Name("root_hash"u8).String(Convert.ToBase64String(log.Root(log.Lines.Count)));
        json.Name("tree_size"u8).Number(log.Lines.Count);
        json.EndObject();
        return Encoding.UTF8.GetString(json.Output.Written);
    }

    /// <param name="size">The earlier size, from 1 to the log's own.</param>
    public static string Consistency(EvidenceLog log, int size)
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("from_root_hash"u8).String(Convert.ToBase64String(log.Root(size)));
        json.Name("from_tree_size"u8).Number(size);
        json.Name("hashes"u8).Strings(MerkleTree.ConsistencyProof(log.Leaves, size).Select(Convert.ToBase64String));
        json.Name("origin"u8).String(log.Origin);
        json.Name("root_hash"u8).String(Convert.ToBase64String(log.Root(log.Lines.Count)));
        json.Name("tree_size"u8).Number(log.Lines.Count);
        json.EndObject();
        return Encoding.UTF8.GetString(json.Output.Written);
    }

    /// <summary>Null for a line that is no entry.</summary>
    private static string? RunIdOf(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EvidenceJson.Default.LogEntry)?.RunId;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
