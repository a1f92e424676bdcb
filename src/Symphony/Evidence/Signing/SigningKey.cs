using System.Security.Cryptography;

namespace Symphony.Evidence.Signing;

/// <summary>An ECDSA P-256 key that evidence is signed with. It is never shown and never stored with evidence.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>NIST P-256 by its object identifier: names of curves differ by platform.</summary>
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => (_key, Public) = (key, new PublicKey(key));

    public PublicKey Public { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">A PEM text, <c>BEGIN PRIVATE KEY</c> or <c>BEGIN EC PRIVATE KEY</c>, not encrypted.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InputException">It is no such key.</exception>
    public static SigningKey Parse(string pem, string source)
    {
        var key = Import(pem, source, "private");
        try
        {
            // A public key imports as well, and would fail only at the end of the run.
            key.SignHash(new byte[SHA256.HashSizeInBytes]);
            return new SigningKey(key);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw Unusable(source, "a public key", "private");
        }
    }

    /// <summary>In DER form (RFC 3279 section 2.2.3).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) =>
        _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>For the file that the key is kept in, and for nothing else.</summary>
    internal string ToPem() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    public void Dispose() => _key.Dispose();

    internal static ECDsa Import(string pem, string source, string sort)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
            if (curve.Value == P256 || curve.FriendlyName is "nistP256" or "ECDSA_P256")
            {
                return key;
            }

            throw Unusable(source, $"a key on the curve {curve.FriendlyName}", sort);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            var found =
                pem.Contains("ENCRYPTED", StringComparison.Ordinal) ? "an encrypted key"
                : pem.Contains("BEGIN ", StringComparison.Ordinal) ? "another sort of key, or a damaged one"
                : "no PEM text";
            throw Unusable(source, found, sort);
        }
    }

    /// <summary>What was found is said in our words: the library's might quote the key.</summary>
    internal static InputException Unusable(string source, string found, string sort) =>
        new(
            $"the {sort} key cannot be used",
            $"an ECDSA P-256 {sort} key in PEM form, not encrypted, in {source}",
            found,
            "make a pair with `symphony evidence keygen --out FILE`"
        );
}
