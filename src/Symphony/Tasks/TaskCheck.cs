using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Verification;

namespace Symphony.Tasks;

/// <summary>What the newest evidence says of a failure signature; null when there is none that counts.</summary>
public delegate (Verdict Verdict, string RunId)? NewestVerdict(string task, string signature);

/// <summary>
/// Holds a plan's markers against themselves, against the manifests and against the evidence: a status that nobody
/// can check is only a word.
/// </summary>
public sealed class TaskCheck(ManifestSet manifests, NewestVerdict newest)
{
    /// <param name="task">The task.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="root">The folder that a relative command is started in.</param>
    public IReadOnlyList<Problem> Check(string task, TaskPlan plan, string root)
    {
        var problems = new List<Problem>();
        foreach (var (marker, meant) in plan.NearMisses)
        {
            problems.Add(
                new Problem(plan.Shown, marker.Line, 1, "a marker", $"`{marker.Name}`", $"did you mean `{meant}`?")
            );
        }

        RequirePresent(plan, problems);
        foreach (var marker in plan.Markers)
        {
            problems.AddRange(Problems(task, plan, marker, root));
        }

        return
        [
            .. problems
                .Distinct()
                .OrderBy(problem => problem.Line)
                .ThenBy(problem => problem.Column)
                .ThenBy(problem => problem.Expected, StringComparer.Ordinal),
        ];
    }

    private static void RequirePresent(TaskPlan plan, List<Problem> problems)
    {
        var names = plan.Markers.Select(marker => marker.Name).ToList();
        string[][] required =
        [
            [PlanMarker.FailureSignature],
            [PlanMarker.OriginTask, PlanMarker.OriginGate],
            [PlanMarker.ReproCommand],
            [PlanMarker.CommandsRun],
            [PlanMarker.FinalStatus],
        ];
        foreach (var choice in required.Where(choice => !choice.Any(names.Contains)))
        {
            problems.Add(new Problem(plan.Shown, 1, 1, $"a line `{string.Join(": …` or `", choice)}: …`", "none"));
        }

        foreach (var twice in plan.Markers.GroupBy(marker => marker.Name).Where(same => same.Count() > 1))
        {
            var second = twice.ElementAt(1);
            problems.Add(
                new Problem(
                    plan.Shown,
                    second.Line,
                    1,
                    $"one line `{twice.Key}: …`",
                    $"a second one; the first is line {twice.First().Line}"
                )
            );
        }
    }

    private IEnumerable<Problem> Problems(string task, TaskPlan plan, PlanMarker marker, string root)
    {
        if (marker.Value.Length == 0)
        {
            return [At(plan, marker, $"a value of `{marker.Name}`", "nothing")];
        }

        return marker.Name switch
        {
            PlanMarker.FailureSignature => SignatureProblems(task, plan, marker),
            PlanMarker.OriginTask or PlanMarker.OriginGate when !Identifiers.IsTask(marker.Value) =>
            [
                At(plan, marker, Identifiers.TaskForm, $"`{marker.Value}`"),
            ],
            PlanMarker.ReproCommand => CommandProblems(task, plan, marker, root),
            PlanMarker.FinalStatus => StatusProblems(task, plan, marker),
            _ => [],
        };
    }

    private IEnumerable<Problem> SignatureProblems(string task, TaskPlan plan, PlanMarker marker)
    {
        var used = SignaturesOf(task);
        var named = TaskPlan.SignaturesIn(marker.Value);
        foreach (var signature in named.Where(signature => !used.Contains(signature)))
        {
            var hint = Nearest.Of(signature, used) is { } near ? $"did you mean `{near}`?" : null;
            yield return Identifiers.IsSignature(signature)
                ? At(plan, marker, $"a failure signature that a manifest of {task} uses", $"`{signature}`", hint)
                : At(plan, marker, Identifiers.SignatureForm, $"`{signature}`", hint);
        }

        foreach (var missing in used.Except(named, StringComparer.Ordinal))
        {
            yield return At(plan, marker, $"`{missing}` too, which a manifest of {task} uses", $"`{marker.Value}`");
        }
    }

    private IEnumerable<Problem> CommandProblems(string task, TaskPlan plan, PlanMarker marker, string root)
    {
        var words = marker.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0].Contains('/', StringComparison.Ordinal) && !File.Exists(Path.Combine(root, words[0])))
        {
            yield return At(plan, marker, "a command that is there", $"`{words[0]}`");
        }

        var used = SignaturesOf(task);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] == "--task" && words[i + 1] != task)
            {
                yield return At(plan, marker, $"`--task {task}`", $"`--task {words[i + 1]}`");
            }

            if (words[i] == "--signature" && !used.Contains(words[i + 1]))
            {
                yield return At(
                    plan,
                    marker,
                    $"a --signature that a manifest of {task} uses",
                    $"`{words[i + 1]}`",
                    Nearest.Of(words[i + 1], used) is { } near ? $"did you mean `{near}`?" : null
                );
            }
        }
    }

    private IEnumerable<Problem> StatusProblems(string task, TaskPlan plan, PlanMarker marker)
    {
        if (!PlanMarker.Statuses.Contains(marker.Value, StringComparer.Ordinal))
        {
            return
            [
                At(
                    plan,
                    marker,
                    $"one of {string.Join(", ", PlanMarker.Statuses)}",
                    $"`{marker.Value}`",
                    StatusMeantBy(marker.Value)
                ),
            ];
        }

        return marker.Value is "PASS" or "FAIL"
            ? SignaturesOf(task).SelectMany(signature => EvidenceProblems(task, signature, plan, marker))
            : [];
    }

    /// <summary>Only PASS and FAIL say something that evidence can contradict.</summary>
    private IEnumerable<Problem> EvidenceProblems(string task, string signature, TaskPlan plan, PlanMarker marker)
    {
        if (newest(task, signature) is not { } evidence)
        {
            yield return At(
                plan,
                marker,
                $"evidence of {signature} that says {marker.Value}",
                "none that counts: `symphony evidence verify` says why",
                $"run `symphony verify --task {task}`"
            );
        }
        else if ((evidence.Verdict is Verdict.Pass or Verdict.Waived) != (marker.Value == "PASS"))
        {
            yield return At(
                plan,
                marker,
                $"what the newest evidence of {signature} says: {evidence.Verdict.Word()} (run {evidence.RunId})",
                $"`{marker.Value}`"
            );
        }
    }

    private static string? StatusMeantBy(string value)
    {
        var plain = value.ToUpperInvariant().Replace('-', '_').Replace(' ', '_');
        var meant = plain switch
        {
            "PASSED" or "OK" or "DONE" or "GREEN" or "SUCCESS" => "PASS",
            "FAILED" or "FAILURE" or "RED" => "FAIL",
            "WONTFIX" or "WON'T_FIX" => "WONT_FIX",
            "INPROGRESS" or "WIP" => "IN_PROGRESS",
            _ => PlanMarker.Statuses.Contains(plain) ? plain : Nearest.Of(plain, PlanMarker.Statuses),
        };
        return meant is null ? null : $"did you mean `{meant}`?";
    }

    private SortedSet<string> SignaturesOf(string task) =>
        new(
            manifests
                .Invariants.Where(invariant => invariant.Task == task)
                .Select(invariant => invariant.FailureSignature),
            StringComparer.Ordinal
        );

    private static Problem At(TaskPlan plan, PlanMarker marker, string expected, string found, string? hint = null) =>
        new(plan.Shown, marker.Line, marker.Column, expected, found, hint);
}
