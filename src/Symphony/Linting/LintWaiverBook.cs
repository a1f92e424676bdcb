using System.Globalization;
using Symphony.Linting.Rules;
using Symphony.Migrations;

namespace Symphony.Linting;

/// <summary>The waivers of a run, judged at one UTC date.</summary>
public sealed class LintWaiverBook(IReadOnlyList<LintWaiver> waivers, DateOnly today)
{
    private readonly HashSet<LintWaiver> _used = [];
    private readonly HashSet<LintWaiver> _expired = [];

    public FileFinding Apply(MigrationScript script, Finding finding)
    {
        foreach (var waiver in waivers.Where(waiver => IsAbout(waiver, script, finding)))
        {
            if (today <= waiver.Until)
            {
                _used.Add(waiver);
                return new FileFinding(script.File, finding, waiver);
            }

            _expired.Add(waiver);
        }

        return new FileFinding(script.File, finding, null);
    }

    /// <summary>A sentence for each waiver of the judged files that changed nothing.</summary>
    public IReadOnlyList<string> Notes(IEnumerable<MigrationScript> judged)
    {
        var versions = judged.Select(script => script.Version).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. waivers
                .Where(waiver => versions.Contains(waiver.Version) && !_used.Contains(waiver))
                .Select(waiver =>
                    _expired.Contains(waiver)
                        ? $"{waiver.Place}: the waiver of {waiver.Rule} expired on {Day(waiver.Until)}; it has no effect, and the finding stands."
                        : $"{waiver.Place}: the waiver of {waiver.Rule} matches no finding; it has no effect."
                ),
        ];
    }

    private static bool IsAbout(LintWaiver waiver, MigrationScript script, Finding finding) =>
        waiver.Rule == finding.Rule.Id
        && waiver.Version == script.Version
        && (waiver.Offset is null || waiver.Offset == finding.Statement.Offset)
        && (waiver.About is null || waiver.About == finding.About);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
