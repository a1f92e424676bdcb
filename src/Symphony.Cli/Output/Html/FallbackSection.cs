using System.Globalization;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Html;

/// <summary>For a reader without scripts, such as a mail program's: what is not a PASS, and why.</summary>
internal static class FallbackSection
{
    public static Markup Write(EvidenceRun run)
    {
        var checks = run.Checks.Select(pair => pair.Check).Where(check => check.Verdict != Verdict.Pass).ToList();
        return Markup.Of(
            $"""
            <noscript>
            <p class="muted">Scripts are off: the checks that are not a PASS, in short.</p>
            {(checks.Count == 0 ? Markup.Of($"<p>Every check is a PASS.</p>") : Table(checks))}
            </noscript>
            """
        );
    }

    private static Markup Table(List<CheckDocument> checks) =>
        Markup.Of(
            $"""
            <div class="scroll"><table>
            <thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">Declared at</th><th scope="col">Why</th></tr></thead>
            <tbody>{checks.Select(Row)}</tbody>
            </table></div>
            """
        );

    private static Markup Row(CheckDocument check)
    {
        var at = check.Location;
        var place = string.Create(CultureInfo.InvariantCulture, $"{at.Path}:{at.Line}:{at.Column}");
        return Markup.Of(
            $"<tr><td>{Markup.Badge(check.Verdict.Word())}</td><th scope=\"row\"><bdi>{check.Id}</bdi> <span class=\"muted\">{check.Kind}</span> <bdi>{check.Subject ?? "(the rule)"}</bdi></th><td><bdi>{place}</bdi></td><td><bdi>{check.Explanation}</bdi></td></tr>\n"
        );
    }
}
