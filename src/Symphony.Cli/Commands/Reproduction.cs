using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>The command that shows a result again, as somebody would type it. Never a password.</summary>
internal static class Reproduction
{
    /// <summary>The options that this run was given and another must be given too.</summary>
    public static string Options(string? databaseUrl, string invariants) =>
        (databaseUrl is null ? "" : " --database-url \"$DATABASE_URL\"")
        + (invariants == "invariants" ? "" : $" --invariants {Quote(invariants)}");

    public static string Of(string command, CheckResult check, string options) =>
        $"symphony {command}{options} --task {check.Invariant.Task} --signature {check.Invariant.FailureSignature} --only {check.Invariant.Id}";

    /// <summary>The command for a run: its tasks are named only when they are not all there are.</summary>
    public static string Of(string command, IReadOnlyList<Invariant> selected, ManifestSet manifests, string options)
    {
        if (selected.Count == manifests.Invariants.Count())
        {
            return $"symphony {command}{options}";
        }

        var tasks = selected.Select(invariant => invariant.Task).Distinct().ToList();
        var whole = manifests.Invariants.Count(invariant => tasks.Contains(invariant.Task)) == selected.Count;
        return whole
            ? $"symphony {command}{options}{string.Concat(tasks.Select(task => $" --task {task}"))}"
            : $"symphony {command}{options}{string.Concat(selected.Select(invariant => $" --only {invariant.Id}"))}";
    }

    /// <summary>A word for a POSIX shell.</summary>
    private static string Quote(string word) =>
        word.All(character =>
            char.IsAsciiLetterOrDigit(character) || "/._-".Contains(character, StringComparison.Ordinal)
        )
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
