using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>What several claims have in common.</summary>
internal static class Claims
{
    public static IEnumerable<ClaimProblem> ExpressionProblems(string path, string? expression) =>
        expression is not null && ExpressionText.Problem(expression) is { } problem
            ? [new ClaimProblem(path, "one SQL expression", problem)]
            : [];

    public static IEnumerable<ClaimProblem> EmptyList(string path, IReadOnlyList<string> list, string expected) =>
        list.Count == 0 ? [new ClaimProblem(path, expected, "an empty list")] : [];

    public static IEnumerable<ClaimProblem> DigestProblems(string path, string? digest) =>
        digest is null || (digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower))
            ? []
            : [new ClaimProblem(path, "a SHA-256 digest: 64 digits in lower-case hexadecimal", $"`{digest}`")];

    public static IEnumerable<ClaimProblem> SqlStateProblems(string path, string sqlstate) =>
        sqlstate.Length == 5
        && sqlstate.All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character))
            ? []
            : [new ClaimProblem(path, "a SQLSTATE: five digits or upper-case letters", $"`{sqlstate}`")];
}
