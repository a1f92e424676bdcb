using System.Globalization;

namespace Symphony.Manifests.Changes;

/// <summary>Where waivers forgive more than before: one that was not there, or one in force for longer.</summary>
internal static class WaiverComparison
{
    public static IEnumerable<ManifestChange> Compare(IReadOnlyList<Waiver> before, IReadOnlyList<Waiver> after)
    {
        foreach (var waiver in after)
        {
            var known = before.Where(old => Key(old) == Key(waiver)).ToList();
            // The nearest of several: the one that was in force for the longest.
            var was = known.OrderByDescending(old => old.Expires).FirstOrDefault();
            if (was is null)
            {
                yield return new(ChangeKind.Loosened, waiver.Invariant, "waiver", "none", Text(waiver));
            }
            else if (waiver.Expires > was.Expires || Start(waiver) < Start(was))
            {
                yield return new(ChangeKind.Loosened, waiver.Invariant, "waiver", Text(was), Text(waiver));
            }
        }

        foreach (var waiver in before.Where(old => after.All(waiver => Key(waiver) != Key(old))))
        {
            yield return new(ChangeKind.Removed, waiver.Invariant, "waiver", Text(waiver), "none");
        }
    }

    private static (string Invariant, string? Subject) Key(Waiver waiver) => (waiver.Invariant, waiver.Subject);

    private static DateOnly Start(Waiver waiver) => waiver.Starts ?? DateOnly.MinValue;

    private static string Text(Waiver waiver) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{waiver.Subject ?? "every subject"} {(waiver.Starts is { } starts ? $"from {starts:yyyy-MM-dd} " : "")}until {waiver.Expires:yyyy-MM-dd}"
        );
}
