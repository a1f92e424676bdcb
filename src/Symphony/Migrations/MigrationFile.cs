using System.Security.Cryptography;
using System.Text;

namespace Symphony.Migrations;

/// <summary>A file <c>NNNN_name.sql</c> as it lies on disk.</summary>
/// <param name="Version">The file's name without <c>.sql</c>: what the ledger knows it by.</param>
/// <param name="Checksum">SHA-256 of the file's bytes, in lower-case hexadecimal.</param>
public sealed record MigrationFile(string Version, string Path, string Checksum, ReadOnlyMemory<byte> Content)
{
    public static MigrationFile Of(string path, byte[] content) =>
        new(System.IO.Path.GetFileNameWithoutExtension(path), path, ChecksumOf(content), content);

    /// <summary>Whether the ledger's checksum, in either letter case, is this file's.</summary>
    public bool Matches(string checksum) => checksum.Equals(Checksum, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether nothing but line ends has changed since: what a checkout on another system does.</summary>
    public bool MatchesButForLineEnds(string checksum)
    {
        var text = Encoding.Latin1.GetString(Content.Span).ReplaceLineEndings("\n");
        return new[] { text, text.ReplaceLineEndings("\r\n") }
            .Select(variant => ChecksumOf(Encoding.Latin1.GetBytes(variant)))
            .Contains(checksum, StringComparer.OrdinalIgnoreCase);
    }

    public static bool IsName(string fileName) =>
        fileName is [_, _, _, _, '_', not ('_' or '.'), ..]
        && fileName[..4].All(char.IsAsciiDigit)
        && fileName.EndsWith(".sql", StringComparison.Ordinal)
        && fileName[5..^4].All(letter => letter == '_' || char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));

    private static string ChecksumOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
