using System.Globalization;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>
/// The waivers of a run, judged at one UTC date: a FAIL under a waiver in force becomes WAIVED. Nothing else can be
/// waived: an ERROR is not known to be a FAIL.
/// </summary>
public sealed class WaiverBook(IReadOnlyList<Waiver> waivers, DateOnly today)
{
    public DateOnly Today => today;

    public CheckResult Apply(CheckResult check) =>
        check.Verdict == Verdict.Fail
        && waivers.FirstOrDefault(waiver => IsAbout(waiver, check) && IsInForce(waiver)) is { } waiver
            ? check with
            {
                Verdict = Verdict.Waived,
                Waiver = waiver,
            }
            : check;

    /// <summary>A sentence for each waiver that changed nothing.</summary>
    /// <param name="checks">What became of a run's checks. Another reading's waivers are none of theirs.</param>
    public IReadOnlyList<string> Notes(IReadOnlyCollection<CheckResult> checks)
    {
        if (waivers.Count == 0)
        {
            return [];
        }

        var used = checks.Select(check => check.Waiver).OfType<Waiver>().ToHashSet();
        var failing = checks.Where(check => check.Verdict == Verdict.Fail).ToList();
        return
        [
            .. waivers
                .Where(waiver => !used.Contains(waiver))
                .Select(waiver => Note(waiver, failing.Exists(check => IsAbout(waiver, check)))),
        ];
    }

    private static bool IsAbout(Waiver waiver, CheckResult check) =>
        waiver.Invariant == check.Invariant.Id && (waiver.Subject is null || waiver.Subject == check.Subject);

    private bool IsInForce(Waiver waiver) =>
        (waiver.Starts is null || waiver.Starts <= today) && today <= waiver.Expires;

    private string Note(Waiver waiver, bool fails)
    {
        var about = waiver.Subject is null ? waiver.Invariant : $"{waiver.Invariant} ({waiver.Subject})";
        var reason =
            today > waiver.Expires ? $"expired on {Day(waiver.Expires)}"
            : waiver.Starts > today ? $"starts on {Day(waiver.Starts.Value)}"
            : "matches no failure";
        return $"{waiver.Path}:{waiver.Location.Line}: the waiver of {about} {reason}; it has no effect"
            + (fails ? ", and its invariant fails." : ".");
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
