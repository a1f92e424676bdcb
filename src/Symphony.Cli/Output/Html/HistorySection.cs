using Symphony.Cli.Output.Reports;
using Symphony.Evidence.History;
using Symphony.Verification;

namespace Symphony.Cli.Output.Html;

/// <summary>The runs of each key up to this one: when it was first seen, when it last passed, since when it does not.</summary>
internal static class HistorySection
{
    /// <summary>As many as one line shows.</summary>
    private const int Shown = 24;

    public static Markup Write(EvidenceRun run)
    {
        var history = EvidenceHistory.Read(run.EvidenceFolder, run.Stored);
        return Markup.Of(
            $"""
            <section id="history" aria-labelledby="history-title" tabindex="-1">
            <h2 id="history-title">History</h2>
            <p class="muted">The runs that the evidence folder's log lists, up to this one. Green is a PASS with no invariant left out.</p>
            <div class="scroll" role="group" aria-labelledby="history-title" tabindex="0"><table class="history">
            <thead><tr><th scope="col">Failure signature</th><th scope="col" class="number">Runs</th><th scope="col">First seen</th><th scope="col">Last green</th><th scope="col">Not green since</th><th scope="col">Last {Shown} runs, this one last</th></tr></thead>
            <tbody>{history.Keys.Select(Row)}</tbody>
            </table></div>
            {history.Notes.Select(Note)}
            </section>
            """
        );
    }

    private static Markup Row(KeyHistory history)
    {
        var key = history.Key;
        return Markup.Of(
            $"""
            <tr><th scope="row" class="name">{Markup.Breakable(
                key.FailureSignature
            )} <span class="muted">{key.TaskId}</span></th>
            <td class="number">{history.Runs.Count}</td>
            {Cell(history.FirstSeen, "")}
            {Cell(history.LastGreen, "never")}
            {Cell(history.NotGreenSince, "–")}
            <td><ol class="marks">{history.Runs.TakeLast(Shown).Select(Mark)}</ol></td></tr>

            """
        );
    }

    private static Markup Note(string note) =>
        Markup.Of($"<p class=\"note\" data-verdict=\"ERROR\"><bdi>{note}</bdi></p>\n");

    private static Markup Cell(KeyRun? run, string otherwise) =>
        run is null
            ? Markup.Of($"<td><span class=\"muted\">{otherwise}</span></td>")
            : Markup.Of($"<td title=\"{run.RunId}\">{RunSection.Time(run.Started)}{Commit(run)}</td>");

    private static Markup Commit(KeyRun run) =>
        run.Commit is { } commit
            ? Markup.Of($" <span class=\"muted commit\">{commit[..Math.Min(10, commit.Length)]}</span>")
            : Markup.None;

    /// <summary>A letter and a form for each verdict, so that its colour says nothing more.</summary>
    private static Markup Mark(KeyRun run)
    {
        var word = run.Verdict.Word();
        var said = $"{run.Started} {word}{(run.Whole ? "" : ", in part")}";
        return Markup.Of(
            $"<li data-verdict=\"{word}\" class=\"{(run.Whole ? "" : "partial")}\" title=\"{said}, {run.RunId}\"><span aria-hidden=\"true\">{word[..1]}</span><span class=\"hidden\">{said}</span></li>"
        );
    }
}
