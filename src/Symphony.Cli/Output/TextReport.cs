using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Manifests.Changes;
using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>
/// A report for people: each check that is not a PASS with what was claimed, what was found, why it matters, the repair
/// as SQL, and the command that reproduces it; then one line that sums up.
/// </summary>
internal sealed class TextReport(TextWriter output, Style style)
{
    private static readonly JsonSerializerOptions Inline = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The UTC day at which waivers were judged; null where it is told elsewhere.</summary>
    public DateOnly? WaiverDate { get; init; }

    /// <param name="report">What was found.</param>
    /// <param name="reproduce">The command that shows one check again.</param>
    public void Write(Report report, Func<CheckResult, string> reproduce)
    {
        // What made the run fail as a whole is said once, not for each check that it left undecided.
        foreach (
            var check in report
                .Checks.Where(check => check.Verdict != Verdict.Pass && !IsSaidOfTheRun(check, report))
                .OrderByDescending(check => check.Verdict)
                .ThenBy(check => check.Invariant.Severity)
        )
        {
            Write(check, reproduce(check));
        }

        foreach (var note in report.WaiverNotes)
        {
            output.WriteLine($"note    {TerminalText.Escape(note)}");
        }

        if (report.Error is { } error)
        {
            output.WriteLine(
                $"{style.Of(Verdict.Error)}  the run was not observed: {TerminalText.Escape(error.Message)}"
            );
            Line(
                "next",
                TerminalText.Escape(
                    report.Checks.FirstOrDefault(check => IsSaidOfTheRun(check, report))?.Next ?? error.Next
                )
            );
        }
    }

    /// <summary>For whoever reviews the manifests: a check that passes may ask for less than it did.</summary>
    public void WriteChanges(ChangesSince since)
    {
        var revision = TerminalText.Escape(since.Revision);
        foreach (var change in since.Changes)
        {
            output.WriteLine($"since   {revision}  {TerminalText.Escape(change.ToString())}");
        }

        if (since.Changes.Count == 0)
        {
            output.WriteLine($"since   {revision}  no invariant and no waiver was loosened, removed or changed");
        }
    }

    public void WriteSummary(Report report, TimeSpan elapsed)
    {
        output.WriteLine(
            FormattableString.Invariant(
                $"{style.Of(report.Verdict)}  {report.Checks.Count} check{(report.Checks.Count == 1 ? "" : "s")}: {report.Count(Verdict.Pass)} PASS, {report.Count(Verdict.Waived)} WAIVED, {report.Count(Verdict.Fail)} FAIL, {report.Count(Verdict.Error)} ERROR in {elapsed.TotalSeconds:0.00} s"
            )
        );
        if (report.Checks.Count == 0)
        {
            output.WriteLine("        nothing was checked, which proves nothing: that is an error");
        }
    }

    private static bool IsSaidOfTheRun(CheckResult check, Report report) =>
        report.Error is { } error
        && check is { Verdict: Verdict.Error, Explanation: { } explanation }
        && explanation.Contains(error.Message, StringComparison.Ordinal);

    private void Write(CheckResult check, string reproduce)
    {
        var invariant = check.Invariant;
        output.WriteLine(
            $"{style.Of(check.Verdict)}  {style.Bold(invariant.Id)}  {invariant.Kind.Key} {TerminalText.Escape(check.Subject ?? "(the rule)")}  [{invariant.Severity}]"
        );
        Line(
            "at",
            $"{TerminalText.Escape(invariant.ManifestPath)}:{invariant.Location.Line}:{invariant.Location.Column}  {invariant.Task} {invariant.FailureSignature}"
        );
        Line(
            "claimed",
            TerminalText.Escape(
                invariant.Title
                    ?? (check.Claim is null ? $"at least {invariant.Rule?.AtLeast}" : invariant.Kind.Summary)
            )
        );
        foreach (var difference in check.Differences)
        {
            Line(
                "",
                $"{TerminalText.Escape(difference.Path)}: expected {Show(difference.Expected)}, found {Show(difference.Observed)}"
            );
        }

        Line("found", TerminalText.Escape(check.Explanation ?? ""));
        if (check.Verdict == Verdict.Fail && check.Differences.Count > 0 && check.Claim is not null)
        {
            Line("why", invariant.Kind.WhyItMatters);
        }

        new ProofReport(output, style).WriteSurvivors(check);
        WriteRepair(check);
        if (check.Waiver is { } waiver)
        {
            Line(
                "waived",
                TerminalText.Escape(
                    $"until {waiver.Expires:yyyy-MM-dd} by {waiver.ApprovedBy}: {waiver.Reason}"
                        + (WaiverDate is { } day ? $" (judged at {day:yyyy-MM-dd})" : "")
                )
            );
        }

        Line("again", TerminalText.Escape(reproduce));
        output.WriteLine();
    }

    private void WriteRepair(CheckResult check)
    {
        if (check.Next is { } next)
        {
            Line("next", TerminalText.Escape(next));
        }

        var label = "repair";
        foreach (var statement in check.Remedy)
        {
            foreach (var line in TerminalText.EscapeLines(statement + ";").Split('\n'))
            {
                Line(label, line);
                label = "";
            }
        }

        if (check.Verdict == Verdict.Fail && check.Remedy.Count == 0 && check.Next is null)
        {
            Line("repair", "a decision of the owner: apply the migration that creates it, or correct the claim");
        }
    }

    private void Line(string label, string text) => output.WriteLine($"  {style.Dim(label.PadRight(8))}{text}");

    private static string Show(JsonNode? value) => TerminalText.Escape(value?.ToJsonString(Inline) ?? "nothing");
}
