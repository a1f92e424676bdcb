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
            try
            {
                stream.Write(bytes.Written);
            }
            catch (ArgumentOutOfRangeException limit)
            {
                // So the framework tells of a file that may not grow (EFBIG); for us it is a disk that is full.
                throw new IOException(limit.Message, limit);
            }
        }

        bytes.Clear();
    }

    /// <summary>Lower-case hex SHA-256 of everything that was taken.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
