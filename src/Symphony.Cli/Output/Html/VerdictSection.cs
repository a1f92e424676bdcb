using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Html;

/// <summary>What an auditor reads first: the verdict in a sentence, of which database and when, and the figures.</summary>
internal static class VerdictSection
{
    private static readonly Verdict[] Order = [Verdict.Fail, Verdict.Error, Verdict.Waived, Verdict.Pass];

    public static Markup Write(EvidenceRun run)
    {
        var total = run.Bundles.Sum(bundle => bundle.Checks.Count);
        var word = run.Run.Verdict.Word();
        return Markup.Of(
            $"""
            <section class="verdict" data-verdict="{word}" aria-labelledby="verdict-title">
            <h1 id="verdict-title">{Markup.Badge(word)} {Sentence(run)}</h1>
            <p>{Of(run)}</p>
            <dl class="figures"><div><dt>Checks</dt><dd>{total}</dd></div>{Order.Select(verdict =>
                Figure(verdict, run)
            )}</dl>
            </section>
            """
        );
    }

    /// <summary>The verdict as it would be said aloud; also the page's title.</summary>
    public static string Sentence(EvidenceRun run)
    {
        var checks = run.Checks.Select(pair => pair.Check.Verdict).ToLookup(verdict => verdict);
        var total = checks.Sum(verdict => verdict.Count());
        var (failed, undecided, waived) = (
            checks[Verdict.Fail].Count(),
            checks[Verdict.Error].Count(),
            checks[Verdict.Waived].Count()
        );
        return run.Run.Verdict switch
        {
            Verdict.Fail when failed > 0 => $"{failed:N0} of {Checks(total)} {(failed == 1 ? "does" : "do")} not hold",
            Verdict.Error when total == 0 => "Nothing was checked, which proves nothing",
            Verdict.Error when undecided > 0 => $"{undecided:N0} of {Checks(total)} could not be decided",
            Verdict.Waived => $"{total - waived:N0} of {Checks(total)} hold, {waived:N0} fail under a waiver",
            Verdict.Pass => total == 1 ? "The one check holds" : $"All {Checks(total)} hold",
            _ => "The run did not pass, whatever its checks say",
        };
    }

    private static string Checks(int count) => count == 1 ? "1 check" : $"{count:N0} checks";

    private static Markup Of(EvidenceRun run)
    {
        var target = run.Bundles.Count > 0 ? run.Bundles[0].Target : null;
        return Markup.Of(
            $"Database <strong><bdi>{target?.Database ?? "unknown"}</bdi></strong> on {RunSection.Server(target)}, verified {RunSection.Time(run.Run.Started)} as role <strong><bdi>{run.Run.Role ?? "unknown"}</bdi></strong>."
        );
    }

    private static Markup Figure(Verdict verdict, EvidenceRun run)
    {
        var count = run.Bundles.Sum(bundle => Count(bundle.Summary, verdict));
        return Markup.Of(
            $"<div data-verdict=\"{verdict.Word()}\" data-count=\"{(count == 0 ? "none" : "some")}\"><dt>{verdict.Word()}</dt><dd>{count}</dd></div>"
        );
    }

    public static int Count(Summary summary, Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => summary.Pass,
            Verdict.Waived => summary.Waived,
            Verdict.Error => summary.Error,
            _ => summary.Fail,
        };
}
