using System.Globalization;
using System.Text.RegularExpressions;
using Symphony.Linting.Rules;
using Symphony.Migrations;
using Symphony.Sql;

namespace Symphony.Linting;

/// <summary>
/// Waivers beside a statement: <c>-- symphony:waive RULE reason="…" until=YYYY-MM-DD</c> above it, inside it, or behind
/// it on its last line.
/// </summary>
internal static partial class WaiverComment
{
    private const string Form = "-- symphony:waive RULE reason=\"why it may stand\" until=YYYY-MM-DD";

    /// <exception cref="InputException">A waiver cannot be read: it must not be passed over in silence.</exception>
    public static IEnumerable<LintWaiver> Read(MigrationScript script)
    {
        foreach (Match found in Marker().Matches(script.Text))
        {
            if (IsComment(script.Text, found.Index))
            {
                yield return Read(script, found);
            }
        }
    }

    private static LintWaiver Read(MigrationScript script, Match found)
    {
        var line = SourcePosition.Of(script.Text, found.Index).Line;
        var place = $"{script.File.Path}:{line}";
        if (
            Content().Match(found.Value) is not { Success: true } content
            || !DateOnly.TryParseExact(
                content.Groups["until"].Value,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var until
            )
        )
        {
            throw new InputException($"{place}: the waiver cannot be read", Form, found.Value.Trim(), "correct it");
        }

        var rule = content.Groups["rule"].Value;
        Require(rule, place);
        var statement =
            script.Statements.FirstOrDefault(entry => LastLine(script, entry) >= line)
            ?? throw new InputException(
                $"{place}: the waiver stands behind every statement",
                "a waiver above its statement",
                found.Value.Trim(),
                "move it above the statement that it is about"
            );
        return new LintWaiver(
            rule,
            script.Version,
            statement.Offset,
            null,
            content.Groups["reason"].Value,
            until,
            place
        );
    }

    /// <exception cref="InputException">There is no such rule.</exception>
    public static void Require(string rule, string place)
    {
        if (RuleRegistry.Find(rule) is null)
        {
            var near = Manifests.Binding.Nearest.Of(rule, RuleRegistry.Rules.Select(known => known.Id));
            throw new InputException(
                $"{place}: the waiver names no rule",
                "the id of a rule: `symphony lint --explain` lists them",
                $"`{rule}`",
                near is null ? "correct the id" : $"did you mean `{near}`?"
            );
        }
    }

    private static int LastLine(MigrationScript script, SqlStatement statement) =>
        SourcePosition.Of(script.Text, statement.Offset + statement.Text.Length).Line;

    /// <summary>Whether nothing is open where the comment begins.</summary>
    private static bool IsComment(string text, int offset)
    {
        try
        {
            SqlLexer.Read(text[..offset]);
            return true;
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"--[ \t]*symphony:waive\b[^\r\n]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex(
        @"^--[ \t]*symphony:waive[ \t]+(?<rule>[a-z0-9-]+)[ \t]+reason=""(?<reason>[^""]*[^""\s][^""]*)""[ \t]+until=(?<until>[0-9-]+)[ \t]*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Content();
}
