using System.Text.RegularExpressions;
using Npgsql;

namespace Symphony.Linting.Trials;

/// <summary>A role that a statement names and the trial server does not have: roles are not made by every chain.</summary>
internal static partial class MissingRole
{
    public static string? In(PostgresException refusal) =>
        refusal.SqlState == PostgresErrorCodes.UndefinedObject
        && Message().Match(refusal.MessageText) is { Success: true } match
            ? match.Groups["role"].Value
            : null;

    [GeneratedRegex(
        "^role \"(?<role>.+)\" does not exist$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Message();
}
