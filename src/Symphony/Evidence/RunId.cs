using System.Globalization;
using System.Security.Cryptography;

namespace Symphony.Evidence;

/// <summary>Names of runs: in the order of time when sorted as text, unique without asking anyone, fit for a file name.</summary>
public static class RunId
{
    /// <summary>Such as <c>20261121T101530Z-9f86d081</c>.</summary>
    public static string Create(DateTimeOffset started) =>
        started.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
        + "-"
        + RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>Whether a text from a document may become a folder's name.</summary>
    public static bool IsOne(string text) =>
        text.Length == 25
        && text[8] == 'T'
        && text[15] == 'Z'
        && text[16] == '-'
        && text[..8].All(char.IsAsciiDigit)
        && text[9..15].All(char.IsAsciiDigit)
        && text[17..].All(char.IsAsciiHexDigitLower);
}
