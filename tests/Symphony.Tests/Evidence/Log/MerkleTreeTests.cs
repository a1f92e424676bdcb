using System.Security.Cryptography;
using Symphony.Evidence.Log;

namespace Symphony.Tests.Evidence.Log;

/// <summary>The vectors are those of the certificate-transparency project's Merkle tree tests, not ours.</summary>
public sealed class MerkleTreeTests
{
    private static readonly byte[][] Leaves =
    [
        .. new[]
        {
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        }.Select(data => MerkleTree.LeafHash(Convert.FromHexString(data))),
    ];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_root_of_nothing_is_the_digest_of_nothing() =>
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Convert.ToHexStringLower(MerkleTree.Root([]))
        );

    [Fact]
    public void Roots_are_those_of_the_reference() =>
        Assert.Equal(
            Roots,
            Enumerable.Range(1, 8).Select(size => Convert.ToHexStringLower(MerkleTree.Root(Leaves.AsSpan(0, size))))
        );

    [Theory]
    [InlineData(
        1,
        8,
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
    )]
    [InlineData(
        6,
        8,
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
    )]
    [InlineData(3, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(
        2,
        5,
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    )]
    public void Inclusion_proofs_are_those_of_the_reference(int leaf, int size, params string[] proof) =>
        Assert.Equal(
            proof,
            MerkleTree.InclusionProof(Leaves.AsSpan(0, size), leaf - 1).Select(Convert.ToHexStringLower)
        );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(
        1,
        8,
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
    )]
    [InlineData(
        6,
        8,
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
    )]
    [InlineData(
        2,
        5,
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    )]
    public void Consistency_proofs_are_those_of_the_reference(int from, int size, params string[] proof) =>
        Assert.Equal(proof, MerkleTree.ConsistencyProof(Leaves.AsSpan(0, size), from).Select(Convert.ToHexStringLower));

    [Fact]
    public void Every_proof_verifies_and_no_other_leaf_size_root_or_hash_does()
    {
        byte[][] leaves = [.. Enumerable.Range(0, 40).Select(i => MerkleTree.LeafHash([(byte)i]))];
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = MerkleTree.Root(leaves.AsSpan(0, size));
            for (var i = 0; i < size; i++)
            {
                var proof = MerkleTree.InclusionProof(leaves.AsSpan(0, size), i);
                Assert.True(MerkleTree.VerifyInclusion(i, size, leaves[i], proof, root));
                Assert.False(MerkleTree.VerifyInclusion(i, size, leaves[(i + 1) % 40], proof, root));
                Assert.False(MerkleTree.VerifyInclusion(size, size, leaves[i], proof, root));
                Assert.False(MerkleTree.VerifyInclusion(i, size, leaves[i], [.. proof, root], root));
                Assert.False(MerkleTree.VerifyInclusion(i, size, leaves[i], proof, SHA256.HashData(root)));
            }
        }
    }

    [Fact]
    public void A_log_that_has_only_grown_is_consistent_with_each_of_its_states_and_a_rewritten_one_is_not()
    {
        byte[][] leaves = [.. Enumerable.Range(0, 40).Select(i => MerkleTree.LeafHash([(byte)i]))];
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = MerkleTree.Root(leaves.AsSpan(0, size));
            for (var from = 1; from <= size; from++)
            {
                var old = MerkleTree.Root(leaves.AsSpan(0, from));
                var proof = MerkleTree.ConsistencyProof(leaves.AsSpan(0, size), from);
                Assert.True(MerkleTree.VerifyConsistency(from, size, old, root, proof));
                Assert.False(MerkleTree.VerifyConsistency(from, size, SHA256.HashData(old), root, proof));
                Assert.False(MerkleTree.VerifyConsistency(from, size, old, SHA256.HashData(root), proof));
                Assert.False(MerkleTree.VerifyConsistency(from, size, old, root, [.. proof, old]));
            }
        }
    }
}
