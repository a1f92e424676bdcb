using System.Text.RegularExpressions;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Evidence.Replay;

/// <summary>
/// Why a statement that reads rows was not answered. Such a refusal is of one check and stands in its explanation; that
/// what it asks does not exist may be the very failure.
/// </summary>
internal static partial class StatementRefusal
{
    /// <returns>The server's words and code; null when the explanation does not tell of a refusal.</returns>
    public static ObservationError? Of(CheckDocument check, InvariantKind kind)
    {
        var explanation = check.Explanation ?? "";
        if (Verifier.RefusalNamedIn(explanation, kind) is not { } message)
        {
            return null;
        }

        var code =
            check.Error?.Sqlstate
            ?? (Code().Match(message) is { Success: true } found ? found.Groups["code"].Value : null);
        return new ObservationError(message, code);
    }

    /// <summary>As <see cref="ConnectionFailures"/> puts it behind the server's words.</summary>
    [GeneratedRegex(@"\(SQLSTATE (?<code>[0-9A-Z]{5})\)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
