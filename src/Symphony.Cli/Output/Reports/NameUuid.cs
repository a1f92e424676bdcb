using System.Security.Cryptography;
using System.Text;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// UUIDs made of names (RFC 9562, section 5.5: version 5): the same evidence gives the same identifiers, and whoever
/// knows the name can make them again.
/// </summary>
internal static class NameUuid
{
    /// <summary>Of <c>urn:symphony:evidence</c> in the RFC's namespace for URLs.</summary>
    private static readonly Guid Evidence = Of(
        new Guid("6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
        "urn:symphony:evidence"
    );

    /// <summary>The UUID of parts that belong together in this order.</summary>
    public static Guid Of(params IEnumerable<string?> parts) => Of(Evidence, string.Join('\0', parts));

    /// <summary>SHA-1 is the RFC's, and protects nothing here.</summary>
    internal static Guid Of(Guid space, string name)
    {
#pragma warning disable CA5350 // The RFC leaves no choice; nobody trusts these identifiers.
        var digest = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        digest[6] = (byte)((digest[6] & 0x0f) | 0x50);
        digest[8] = (byte)((digest[8] & 0x3f) | 0x80);
        return new Guid(digest.AsSpan(0, 16), bigEndian: true);
    }
}
