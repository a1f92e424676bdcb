using System.Globalization;
using System.Text;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>Markdown for people: the verdict, a table of tasks and signatures, and each check that does not pass.</summary>
internal sealed class MarkdownReport : ReportFormat
{
    public override string Name => "markdown";

    public override string FileName => "report.md";

    public override void Write(EvidenceRun run, TextWriter output) => Write(run, output, int.MaxValue);

    /// <summary>The same in at most so many bytes of UTF-8: what does not fit is counted.</summary>
    public static void Write(EvidenceRun run, TextWriter output, int bytes)
    {
        var head = Head(run);
        var sections = run
            .Checks.Where(item => item.Check.Verdict != Verdict.Pass)
            .OrderByDescending(item => item.Check.Verdict)
            .ThenBy(item => item.Check.Severity)
            .Select(item => Section(item.Bundle, item.Check))
            .ToList();
        var left = (long)bytes - Encoding.UTF8.GetByteCount(head) - Omission(sections.Count).Length;
        if (left < 0)
        {
            return;
        }

        output.Write(head);
        for (var i = 0; i < sections.Count; i++)
        {
            left -= Encoding.UTF8.GetByteCount(sections[i]);
            if (left < 0)
            {
                output.Write(Omission(sections.Count - i));
                return;
            }

            output.Write(sections[i]);
        }
    }

    private static string Omission(int count) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"\n{count} more checks that do not pass have no room here; the evidence has all.\n"
        );

    private static string Head(EvidenceRun run)
    {
        var (text, target) = (new StringBuilder(), run.Bundles.Select(bundle => bundle.Target).FirstOrDefault());
        text.Append(CultureInfo.InvariantCulture, $"## Symphony: {run.Run.Verdict.Word()}\n\n");
        text.Append("| | |\n|---|---|\n");
        Row(text, "run", run.Run.RunId);
        Row(text, "started", run.Run.Started);
        Row(text, "database", target?.Database ?? "unknown");
        Row(text, "server", (target?.ServerVersionNum ?? 0).ToString(CultureInfo.InvariantCulture));
        Row(text, "commit", Commit(run.Run.Git));
        Row(text, "again", run.Run.ReproCommand ?? "");
        text.Append(
            "\n| verdict | task | failure signature | PASS | FAIL | ERROR | WAIVED |\n|---|---|---|---|---|---|---|\n"
        );
        foreach (var bundle in run.Bundles)
        {
            var sum = bundle.Summary;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {bundle.Verdict.Word()} | {MarkdownText.Code(bundle.TaskId)} | {MarkdownText.Code(bundle.FailureSignature)} | {sum.Pass} | {sum.Fail} | {sum.Error} | {sum.Waived} |\n"
            );
        }

        foreach (var problem in run.Problems)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n**{problem.Verdict.Word()}** {MarkdownText.Code(problem.Stage)}: {MarkdownText.Code(problem.Note)}\n"
            );
        }

        foreach (var note in run.Run.WaiverNotes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Code(note)}\n");
        }

        return text.ToString();
    }

    private static string Commit(GitState? git) =>
        git?.Commit is { } commit ? commit + (git.Dirty is false ? "" : " with changes") : "unknown";

    private static string Section(Bundle bundle, CheckDocument check)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n### {check.Verdict.Word()} {MarkdownText.Code(check.Id)} {check.Severity}\n\n"
        );
        text.Append("| | |\n|---|---|\n");
        Row(text, "claimed", ReportText.Title(check));
        Row(text, check.Kind, ReportText.Subject(check));
        Row(text, "at", ReportText.At(check));
        Row(text, "task", $"{bundle.TaskId} {bundle.FailureSignature}");
        Row(text, "found", check.Explanation ?? "");
        Row(text, "next", check.Next ?? "");
        Row(text, "waived", ReportText.Waiver(check) ?? "");
        if (check.Differences.Count > 0)
        {
            text.Append("\n| | expected | found |\n|---|---|---|\n");
            foreach (var difference in check.Differences)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {MarkdownText.Code(difference.Path)} | {MarkdownText.Code(ReportText.Show(difference.Expected))} | {MarkdownText.Code(ReportText.Show(difference.Observed))} |\n"
                );
            }
        }

        if (check.Remedy.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.SqlBlock(ReportText.Remedy(check))}\n");
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {MarkdownText.Escape(name)} | {MarkdownText.Code(value)} |\n"
            );
        }
    }
}
