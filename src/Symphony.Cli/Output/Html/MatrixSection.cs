using System.Globalization;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Html;

/// <summary>Every task and failure signature with its verdict and its counts. A script makes the counts into filters.</summary>
internal static class MatrixSection
{
    private static readonly Verdict[] Columns = [Verdict.Fail, Verdict.Error, Verdict.Waived, Verdict.Pass];

    public static Markup Write(EvidenceRun run)
    {
        var tasks = run.Bundles.GroupBy(bundle => bundle.TaskId);
        return Markup.Of(
            $"""
            <section id="matrix" aria-labelledby="matrix-title" tabindex="-1">
            <h2 id="matrix-title">Tasks and failure signatures</h2>
            <div class="scroll" role="group" aria-labelledby="matrix-title" tabindex="0"><table class="matrix">
            <thead><tr><th scope="col">Task</th><th scope="col">Failure signature</th><th scope="col">Verdict</th>{Columns.Select(
                Head
            )}<th scope="col" class="number">Checks</th></tr></thead>
            {tasks.Select(Task)}
            </table></div>
            </section>
            """
        );
    }

    private static Markup Head(Verdict verdict) =>
        Markup.Of($"<th scope=\"col\" class=\"number\">{verdict.Word()}</th>");

    private static Markup Task(IGrouping<string, Bundle> task)
    {
        var rows = task.Count().ToString(CultureInfo.InvariantCulture);
        var head = Markup.Of($"<th scope=\"rowgroup\" rowspan=\"{rows}\">{task.Key}</th>");
        return Markup.Of(
            $"<tbody>{task.Select((bundle, row) => Row(bundle, row == 0 ? head : Markup.None))}</tbody>\n"
        );
    }

    private static Markup Row(Bundle bundle, Markup head)
    {
        var (task, signature) = (bundle.TaskId, bundle.FailureSignature);
        var part =
            bundle.LeftOut.Count == 0
                ? Markup.None
                : Markup.Of($" <span class=\"muted\">in part: {bundle.LeftOut.Count} left out</span>");
        return Markup.Of(
            $"""
            <tr data-task="{task}" data-signature="{signature}">{head}
            <th scope="row" class="name">{Markup.Breakable(signature)}{part}</th>
            <td>{Markup.Badge(bundle.Verdict.Word())}</td>
            {Columns.Select(verdict => Cell(bundle, verdict))}
            <td class="number" data-filter="">{bundle.Checks.Count}</td></tr>

            """
        );
    }

    private static Markup Cell(Bundle bundle, Verdict verdict)
    {
        var count = VerdictSection.Count(bundle.Summary, verdict);
        return Markup.Of(
            $"<td class=\"number{(count == 0 ? " zero" : "")}\" data-filter=\"{verdict.Word()}\">{count}</td>"
        );
    }
}
