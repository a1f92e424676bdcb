using System.Security.Cryptography;

namespace Symphony.Evidence;

/// <summary>Writes the same bytes to every stream and takes their digest on the way.</summary>
internal sealed class EvidenceSink(IReadOnlyList<Stream> streams) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes what was collected, and leaves the buffer empty.</summary>
    public void Take(ByteBuffer bytes)
    {
        _hash.AppendData(bytes.Written);
        foreach (var stream in streams)
        {
            stream.Write(bytes.Written);
        }

        bytes.Clear();
    }

    /// <summary>Lower-case hex SHA-256 of everything that was taken.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
