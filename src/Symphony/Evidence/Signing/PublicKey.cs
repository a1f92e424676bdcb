using System.Security.Cryptography;

namespace Symphony.Evidence.Signing;

/// <summary>An ECDSA P-256 key that signatures are verified with.</summary>
public sealed class PublicKey
{
    private readonly ECDsa _key;
    private readonly byte[] _id;

    internal PublicKey(ECDsa key) => (_key, _id) = (key, SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>Lower-case hex SHA-256 of the key in its DER form (SubjectPublicKeyInfo).</summary>
    public string Id => Convert.ToHexStringLower(_id);

    /// <summary>The key's id in signed notes: of ECDSA keys, the beginning of the same digest (c2sp.org/signed-note).</summary>
    public ReadOnlySpan<byte> NoteKeyId => _id.AsSpan(0, 4);

    /// <param name="pem">A PEM text, <c>BEGIN PUBLIC KEY</c>.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InputException">It is no such key.</exception>
    public static PublicKey Parse(string pem, string source)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw SigningKey.Unusable(source, "a private key: give its public half, the file FILE.pub", "public");
        }

        return new PublicKey(SigningKey.Import(pem, source, "public"));
    }

    /// <param name="signature">In DER form.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public string ToPem() => _key.ExportSubjectPublicKeyInfoPem() + "\n";
}
