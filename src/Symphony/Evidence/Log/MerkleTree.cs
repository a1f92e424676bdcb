using System.Numerics;
using System.Security.Cryptography;

namespace Symphony.Evidence.Log;

/// <summary>
/// The Merkle tree of RFC 6962 section 2.1 over SHA-256: a leaf is hashed behind a 0x00, a node behind a 0x01, so that
/// neither can pass for the other. Proofs are those of sections 2.1.1 and 2.1.2; they are verified as RFC 9162,
/// sections 2.1.3.2 and 2.1.4.2, writes it down.
/// </summary>
public static class MerkleTree
{
    public static byte[] LeafHash(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The root over leaves' hashes; of no leaf, the digest of nothing.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 1 ? leaves[0] : SHA256.HashData([]);
        }

        var split = Split(leaves.Length);
        return NodeHash(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>The hashes that lead from one leaf to the root, from the bottom.</summary>
    public static IReadOnlyList<byte[]> InclusionProof(ReadOnlySpan<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        if (leaves.Length == 1)
        {
            return [];
        }

        var split = Split(leaves.Length);
        return index < split
            ? [.. InclusionProof(leaves[..split], index), Root(leaves[split..])]
            : [.. InclusionProof(leaves[split..], index - split), Root(leaves[..split])];
    }

    /// <summary>The hashes that show that the first <paramref name="size"/> leaves are the beginning of all of them.</summary>
    public static IReadOnlyList<byte[]> ConsistencyProof(ReadOnlySpan<byte[]> leaves, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, leaves.Length);
        return Consistency(leaves, size, isOldTree: true);
    }

    public static bool VerifyInclusion(
        long index,
        long size,
        byte[] leafHash,
        IReadOnlyList<byte[]> proof,
        ReadOnlySpan<byte> root
    )
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (at, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = NodeHash(sibling, hash);
                while ((at & 1) == 0 && at != 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    public static bool VerifyConsistency(
        long from,
        long size,
        byte[] oldRoot,
        ReadOnlySpan<byte> newRoot,
        IReadOnlyList<byte[]> proof
    )
    {
        if (from <= 0 || from > size)
        {
            return false;
        }

        if (from == size)
        {
            return proof.Count == 0 && newRoot.SequenceEqual(oldRoot);
        }

        IReadOnlyList<byte[]> path = BitOperations.IsPow2(from) ? [oldRoot, .. proof] : proof;
        if (path.Count == 0)
        {
            return false;
        }

        var (at, last) = (from - 1, size - 1);
        while ((at & 1) == 1)
        {
            (at, last) = (at >> 1, last >> 1);
        }

        var (before, after) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                (before, after) = (NodeHash(sibling, before), NodeHash(sibling, after));
                while ((at & 1) == 0 && at != 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                after = NodeHash(after, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && before.AsSpan().SequenceEqual(oldRoot) && newRoot.SequenceEqual(after);
    }

    private static IReadOnlyList<byte[]> Consistency(ReadOnlySpan<byte[]> leaves, int size, bool isOldTree)
    {
        if (size == leaves.Length)
        {
            return isOldTree ? [] : [Root(leaves)];
        }

        var split = Split(leaves.Length);
        return size <= split
            ? [.. Consistency(leaves[..split], size, isOldTree), Root(leaves[split..])]
            : [.. Consistency(leaves[split..], size - split, isOldTree: false), Root(leaves[..split])];
    }

    /// <summary>The largest power of two below the number of leaves.</summary>
    private static int Split(int leaves) => 1 << (31 - BitOperations.LeadingZeroCount((uint)(leaves - 1)));
}
