using System.Text.RegularExpressions;
using Symphony.Catalog;

namespace Symphony.Probes.Rows;

/// <summary>The server's words, fit for evidence: what is made anew at every run stands in them as dots.</summary>
internal static partial class Words
{
    public static string Of(Refusal refusal) =>
        refusal.Constraint is { } constraint
            ? $"{Steady(refusal.Message)} ({refusal.SqlState}, {constraint})"
            : $"{Steady(refusal.Message)} ({refusal.SqlState})";

    /// <summary>The same, short: which code, and which constraint.</summary>
    public static string Code(Refusal refusal) =>
        refusal.Constraint is { } constraint ? $"{refusal.SqlState} by {constraint}" : refusal.SqlState;

    private static string Steady(string message) => Changing().Replace(message, "…");

    /// <summary>A UUID, a moment, or a long number.</summary>
    [GeneratedRegex(
        @"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}(:?\d{2})?)?|\d{7,}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Changing();
}
