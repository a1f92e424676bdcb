using Symphony.Cli.Output;
using Symphony.Manifests;
using Symphony.Tasks;
using Symphony.Verification;

namespace Symphony.Cli.Commands.Gate;

/// <summary>
/// Whether the tasks that were verified are what their plans say: the same as <c>symphony task check</c>, with this
/// run's verdicts for evidence. A task without a plan is told, and is no failure: a gate is used without tasks, too.
/// </summary>
internal static class TaskCheck
{
    /// <param name="context">Takes what is wrong with the plans.</param>
    /// <param name="shown">The folder of manifests, as the user wrote it.</param>
    /// <param name="verified">How the verification ended: a task whose invariants do not hold is not done.</param>
    public static StageOutcome Of(
        CliContext context,
        string shown,
        ManifestSet manifests,
        IReadOnlyList<Invariant> selected,
        Report report,
        ExitCode verified
    )
    {
        var checks = report.Checks.ToLookup(check => (check.Invariant.Task, check.Invariant.FailureSignature));
        var meant = selected.Select(invariant => invariant.Task).ToHashSet(StringComparer.Ordinal);
        var folder = context.FullPath(shown);
        var tasks = CheckedTask
            .ReadAll(
                folder,
                shown,
                manifests,
                (task, signature) =>
                    checks.Contains((task, signature))
                        ? (Report.Summarise([.. checks[(task, signature)]], report.Error), "this run")
                        : null,
                context.WorkingDirectory
            )
            .Where(task => meant.Contains(task.Name))
            .ToList();
        var planned = tasks.Where(task => File.Exists(Path.Combine(folder, task.Name, TaskPlan.FileName))).ToList();
        var problems = planned.SelectMany(task => task.Problems).ToList();
        foreach (var problem in problems)
        {
            context.Error.WriteLine(TerminalText.Escape(problem.ToString()));
        }

        if (problems.Count > 0 || verified != ExitCode.Ok)
        {
            return new StageOutcome(
                verified == ExitCode.Ok ? ExitCode.Failed : verified,
                problems.Count > 0
                    ? $"{problems.Count} problem{(problems.Count == 1 ? "" : "s")} in the plans: {problems[0]}"
                    : $"{string.Join(", ", NotDone(report))} not done: their invariants do not all hold"
            );
        }

        var unplanned = tasks.Except(planned).Select(task => task.Name).ToList();
        return StageOutcome.Passed(
            $"{string.Join(", ", tasks.Select(task => task.Name))} complete"
                + (unplanned.Count == 0 ? "" : $"; without a PLAN.md: {string.Join(", ", unplanned)}")
        );
    }

    private static IEnumerable<string> NotDone(Report report) =>
        report
            .Checks.Where(check => check.Verdict is Verdict.Fail or Verdict.Error)
            .Select(check => check.Invariant.Task)
            .Distinct()
            .Order(StringComparer.Ordinal);
}
