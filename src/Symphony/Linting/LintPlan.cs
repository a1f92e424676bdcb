using Symphony.Migrations;

namespace Symphony.Linting;

/// <summary>Which migrations are judged, and which only applied so that those can stand on them.</summary>
public sealed record LintPlan(IReadOnlyList<MigrationScript> Base, IReadOnlyList<MigrationScript> Judged)
{
    /// <param name="chain">The folder's migrations, in order.</param>
    /// <param name="files">Files that are judged instead of the folder's; none for all of it.</param>
    /// <exception cref="InputException">A file is not SQL, or holds what the runner refuses.</exception>
    public static LintPlan Of(IReadOnlyList<MigrationFile> chain, IReadOnlyList<MigrationFile> files)
    {
        if (files.Count == 0)
        {
            return new LintPlan([], [.. chain.Select(MigrationScript.ReadToJudge)]);
        }

        var versions = files.Select(file => file.Version).ToHashSet(StringComparer.Ordinal);
        // A file of the chain, or another version of one, stands on those before it; a new one on all of them.
        var known = chain.FirstOrDefault(file => versions.Contains(file.Version));
        var before = known is null ? chain : chain.TakeWhile(file => file.Version != known.Version);
        return new LintPlan(
            [.. before.Select(MigrationScript.ReadToJudge)],
            [.. files.OrderBy(file => file.Version, StringComparer.Ordinal).Select(MigrationScript.ReadToJudge)]
        );
    }

    /// <summary>Only those after a version are judged.</summary>
    public LintPlan After(IReadOnlySet<string> applied) =>
        new(
            [.. Base, .. Judged.Where(script => applied.Contains(script.Version))],
            [.. Judged.Where(script => !applied.Contains(script.Version))]
        );
}
