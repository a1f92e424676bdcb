using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Cli.Commands.Gate;

/// <summary>Whether each task is whole: a verdict on every signature it declares, and all of them good.</summary>
internal static class TaskCheck
{
    /// <param name="folder">The folder of manifests, as a full path.</param>
    /// <param name="verified">How the verification ended: a task whose invariants do not hold is not done.</param>
    public static StageOutcome Of(
        string folder,
        ManifestSet manifests,
        IReadOnlyList<Invariant> selected,
        Report report,
        ExitCode verified
    )
    {
        var tasks = selected.Select(invariant => invariant.Task).Distinct().Order(StringComparer.Ordinal).ToList();
        var seen = report.Checks.Select(KeyOf).ToHashSet();
        List<string> problems =
        [
            .. selected
                .Select(invariant => (invariant.Task, invariant.FailureSignature))
                .Distinct()
                .Where(key => !seen.Contains(key))
                .Select(key => $"{key.Task} {key.FailureSignature} has no verdict"),
            .. verified == ExitCode.Ok
                ? []
                : report
                    .Checks.Where(check => check.Verdict is Verdict.Fail or Verdict.Error)
                    .Select(check => check.Invariant.Task)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(task => $"{task} is not done: its invariants do not all hold"),
        ];
        if (problems.Count > 0)
        {
            return new StageOutcome(verified == ExitCode.Ok ? ExitCode.Failed : verified, string.Join("; ", problems));
        }

        var unplanned = manifests
            .Manifests.Where(manifest => tasks.Contains(manifest.Task) && !File.Exists(PlanOf(folder, manifest)))
            .Select(manifest => manifest.Task)
            .Distinct()
            .ToList();
        return StageOutcome.Passed(
            $"{string.Join(", ", tasks)} complete"
                + (unplanned.Count == 0 ? "" : $"; without a PLAN.md: {string.Join(", ", unplanned)}")
        );
    }

    private static (string Task, string FailureSignature) KeyOf(CheckResult check) =>
        (check.Invariant.Task, check.Invariant.FailureSignature);

    /// <summary>A manifest's path begins with the name of the folder that was given.</summary>
    private static string PlanOf(string folder, Manifest manifest)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? folder;
        return Path.Combine(parent, Path.GetDirectoryName(manifest.Path) ?? "", "PLAN.md");
    }
}
