using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>What a view is made of: a run's stored documents.</summary>
/// <param name="Folder">The run's own folder, as a full path.</param>
internal sealed record EvidenceRun(StoredRun Stored, string Folder)
{
    public RunDocument Run => Stored.Run;

    public IReadOnlyList<Bundle> Bundles => Stored.Bundles;

    /// <summary>The evidence folder that holds this run among others, its history; null when the run stands alone.</summary>
    public string? EvidenceFolder =>
        Path.GetDirectoryName(Folder) is { } runs && Path.GetFileName(runs) == "runs"
            ? Path.GetDirectoryName(runs)
            : null;

    /// <summary>Every check with its bundle, in the order of the evidence.</summary>
    public IEnumerable<(Bundle Bundle, CheckDocument Check)> Checks =>
        Bundles.SelectMany(bundle => bundle.Checks.Select(check => (bundle, check)));

    /// <summary>What went wrong and stands in no check: a view without it would look like success.</summary>
    public IEnumerable<RunProblem> Problems
    {
        get
        {
            if (!Checks.Any())
            {
                yield return new RunProblem(
                    "verify",
                    Verdict.Error,
                    Bundles.Select(bundle => bundle.Error?.Message).FirstOrDefault(message => message is not null)
                        ?? "nothing was checked, which proves nothing"
                );
            }

            // What verify, probe and prove found stands in the checks.
            foreach (var stage in Run.Stages.Where(stage => stage.Name is not ("verify" or "probe" or "prove")))
            {
                if (stage.Result is "FAIL" or "ERROR")
                {
                    var verdict = stage.Result == "FAIL" ? Verdict.Fail : Verdict.Error;
                    yield return new RunProblem(stage.Name, verdict, stage.Note);
                }
            }
        }
    }

    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <exception cref="InputException">It does not hold a run's evidence.</exception>
    public static EvidenceRun Read(string folder) => new(StoredRun.Read(folder), folder);
}

/// <summary>A stage that did not end well.</summary>
/// <param name="Stage">Its name, such as <c>lint</c>.</param>
internal sealed record RunProblem(string Stage, Verdict Verdict, string Note);
