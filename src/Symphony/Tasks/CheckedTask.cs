using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tasks;

/// <summary>A task: what its plan says, what its evidence says, and what does not fit.</summary>
/// <param name="Status">The plan's final_status as it stands there; null when there is none.</param>
/// <param name="Evidence">The verdict of each of its failure signatures that has evidence.</param>
public sealed record CheckedTask(
    string Name,
    string? Status,
    IReadOnlyList<Verdict> Evidence,
    IReadOnlyList<Problem> Problems
)
{
    /// <summary>Every task that has manifests or a plan, in the order of their names.</summary>
    /// <param name="folder">The folder of manifests, as a full path.</param>
    /// <param name="shown">The same as the user wrote it.</param>
    /// <param name="root">The folder that commands are started in.</param>
    public static IReadOnlyList<CheckedTask> ReadAll(
        string folder,
        string shown,
        ManifestSet manifests,
        NewestVerdict newest,
        string root
    )
    {
        var check = new TaskCheck(manifests, newest);
        return
        [
            .. manifests
                .Manifests.Select(manifest => manifest.Task)
                .Concat(PlansBelow(folder))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(task => Read(task, folder, shown, manifests, newest, check, root)),
        ];
    }

    private static CheckedTask Read(
        string task,
        string folder,
        string shown,
        ManifestSet manifests,
        NewestVerdict newest,
        TaskCheck check,
        string root
    )
    {
        var evidence = manifests
            .Invariants.Where(invariant => invariant.Task == task)
            .Select(invariant => invariant.FailureSignature)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(signature => newest(task, signature)?.Verdict)
            .OfType<Verdict>()
            .ToList();
        var path = Path.Combine(shown, task, TaskPlan.FileName);
        return TaskPlan.Read(Path.Combine(folder, task, TaskPlan.FileName), path) is { } plan
            ? new CheckedTask(task, plan.StatusText, evidence, check.Check(task, plan, root))
            : new CheckedTask(
                task,
                null,
                evidence,
                [new Problem(path, 1, 1, "the task's plan with its markers", "no such file")]
            );
    }

    private static IEnumerable<string> PlansBelow(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateDirectories(folder)
                .Where(below => File.Exists(Path.Combine(below, TaskPlan.FileName)))
                .Select(below => Path.GetFileName(below))
                .Where(Identifiers.IsTask)
            : [];
}
