using System.Globalization;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>
/// The waivers of a run, judged at one UTC date: a FAIL under a waiver in force becomes WAIVED. Nothing else can be
/// waived: an ERROR is not known to be a FAIL.
/// </summary>
public sealed class WaiverBook(IReadOnlyList<Waiver> waivers, DateOnly today)
{
    private readonly HashSet<Waiver> _used = [];
    private readonly HashSet<Waiver> _matchedOutsideItsTime = [];

    public DateOnly Today => today;

    public CheckResult Apply(CheckResult check)
    {
        if (check.Verdict != Verdict.Fail)
        {
            return check;
        }

        foreach (var waiver in waivers.Where(waiver => IsAbout(waiver, check)))
        {
            if (IsInForce(waiver))
            {
                _used.Add(waiver);
                return check with { Verdict = Verdict.Waived, Waiver = waiver };
            }

            _matchedOutsideItsTime.Add(waiver);
        }

        return check;
    }

    /// <summary>A sentence for each waiver that changed nothing.</summary>
    public IReadOnlyList<string> Notes() => [.. waivers.Where(waiver => !_used.Contains(waiver)).Select(Note)];

    private static bool IsAbout(Waiver waiver, CheckResult check) =>
        waiver.Invariant == check.Invariant.Id && (waiver.Subject is null || waiver.Subject == check.Subject);

    private bool IsInForce(Waiver waiver) =>
        (waiver.Starts is null || waiver.Starts <= today) && today <= waiver.Expires;

    private string Note(Waiver waiver)
    {
        var about = waiver.Subject is null ? waiver.Invariant : $"{waiver.Invariant} ({waiver.Subject})";
        var reason =
            today > waiver.Expires ? $"expired on {Day(waiver.Expires)}"
            : waiver.Starts > today ? $"starts on {Day(waiver.Starts.Value)}"
            : "matches no failure";
        return $"{waiver.Path}:{waiver.Location.Line}: the waiver of {about} {reason}; it has no effect"
            + (_matchedOutsideItsTime.Contains(waiver) ? ", and its invariant fails." : ".");
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
