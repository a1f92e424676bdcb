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
}
