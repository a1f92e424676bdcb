using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Symphony.Evidence.Signing;

/// <summary>A Dead Simple Signing Envelope (github.com/secure-systems-lab/dsse, protocol 1.0.2) around a statement.</summary>
[Description("A signed payload: a Dead Simple Signing Envelope")]
public sealed record DsseEnvelope(
    [property: Description("The payload's media type")] string PayloadType,
    [property: Description("The payload in base64")] string Payload,
    [property: Description("Signatures of the payload and its type")] IReadOnlyList<DsseSignature> Signatures
)
{
    public const string FileName = "statement.dsse.json";

    public const string InToto = "application/vnd.in-toto+json";

    public static DsseEnvelope Sign(byte[] payload, SigningKey key, string type = InToto) =>
        new(
            type,
            Convert.ToBase64String(payload),
            [new DsseSignature(key.Public.Id, Convert.ToBase64String(key.Sign(Encode(type, payload))))]
        );

    /// <summary>The pre-authentication encoding (PAE): what is signed.</summary>
    public static byte[] Encode(string type, ReadOnlySpan<byte> payload)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} "
        );
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }

    /// <summary>Whether one of the signatures is this key's, and right.</summary>
    public bool IsSignedBy(PublicKey key) =>
        DecodePayload() is { } payload
        && Signatures.Any(signature =>
            signature.Keyid == key.Id
            && Decode(signature.Sig) is { } bytes
            && key.Verifies(Encode(PayloadType, payload), bytes)
        );

    /// <summary>Null when it is not base64 in its one spelling.</summary>
    public byte[]? DecodePayload() => Decode(Payload);

    public byte[] ToBytes()
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("payload"u8).String(Payload);
        json.Name("payloadType"u8).String(PayloadType);
        json.Name("signatures"u8).BeginArray();
        foreach (var signature in Signatures)
        {
            json.BeginObject();
            json.Name("keyid"u8).String(signature.Keyid);
            json.Name("sig"u8).String(signature.Sig);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        return json.Output.Written.ToArray();
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return
            Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : null;
    }
}

[Description("A signature in an envelope")]
public sealed record DsseSignature(
    [property: Description("Lower-case hex SHA-256 of the public key in DER form")] string Keyid,
    [property: Description("ECDSA P-256 with SHA-256 in DER form, in base64")] string Sig
);
