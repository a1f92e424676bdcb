using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>What the views say of a check, in the same words. What could command a terminal or turn text around is shown as an escape.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions Inline = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Subject(CheckDocument check) => TerminalText.Escape(check.Subject ?? "(the rule)");

    public static string Title(CheckDocument check) =>
        TerminalText.Escape(
            string.IsNullOrWhiteSpace(check.Title)
                ? KindRegistry.Standard.Find(check.Kind)?.Summary ?? check.Kind
                : check.Title
        );

    /// <summary>Where the facts are not what the claim requires, one line each.</summary>
    public static IEnumerable<string> Differences(CheckDocument check) =>
        check.Differences.Select(difference =>
            TerminalText.Escape(
                $"{difference.Path}: expected {Show(difference.Expected)}, found {Show(difference.Observed)}"
            )
        );

    public static string? Explanation(CheckDocument check) =>
        check.Explanation is { } text ? TerminalText.Escape(text) : null;

    /// <summary>The statements, each with its semicolon; line breaks in them are kept.</summary>
    public static IEnumerable<string> Remedy(CheckDocument check) =>
        check.Remedy.Select(statement => TerminalText.EscapeLines(statement + ";"));

    public static string? Waiver(CheckDocument check) =>
        check.Waiver is { } waiver
            ? TerminalText.Escape($"waived until {waiver.Expires:yyyy-MM-dd} by {waiver.ApprovedBy}: {waiver.Reason}")
            : null;

    public static string At(CheckDocument check) =>
        TerminalText.Escape($"{check.Location.Path}:{check.Location.Line}:{check.Location.Column}");

    /// <summary>Everything there is to say of a check that does not pass, as lines.</summary>
    public static IEnumerable<string> Lines(Bundle bundle, CheckDocument check)
    {
        yield return $"{check.Verdict.Word()} {check.Id}: {Title(check)}";
        yield return $"at: {At(check)}";
        yield return $"subject: {TerminalText.Escape(check.Kind)} {Subject(check)} [{check.Severity}]";
        yield return $"task: {bundle.TaskId} {bundle.FailureSignature}";
        foreach (var difference in Differences(check))
        {
            yield return difference;
        }

        if (Explanation(check) is { } explanation)
        {
            yield return $"found: {explanation}";
        }

        if (check.Next is { } next)
        {
            yield return $"next: {TerminalText.Escape(next)}";
        }

        foreach (var statement in Remedy(check))
        {
            yield return $"repair: {statement}";
        }

        if (Waiver(check) is { } waiver)
        {
            yield return waiver;
        }
    }

    /// <summary>A path as a relative URI reference.</summary>
    public static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    /// <summary>A text of at most so many characters; a cut one says so.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    public static string Show(JsonNode? value) => value?.ToJsonString(Inline) ?? "nothing";
}
