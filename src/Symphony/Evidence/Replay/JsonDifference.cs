using System.Text.Json;

namespace Symphony.Evidence.Replay;

/// <summary>Where two JSON values are not the same, by pointer.</summary>
internal static class JsonDifference
{
    /// <param name="pointer">The place of both values.</param>
    /// <param name="derived">What it should be.</param>
    /// <param name="recorded">What it is.</param>
    public static IEnumerable<(string Pointer, string Expected, string Found)> Between(
        string pointer,
        JsonElement derived,
        JsonElement recorded
    ) =>
        (derived.ValueKind, recorded.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => BetweenObjects(pointer, derived, recorded),
            (JsonValueKind.Array, JsonValueKind.Array) => BetweenArrays(pointer, derived, recorded),
            _ when JsonElement.DeepEquals(derived, recorded) => [],
            _ => [(pointer, Shown.Of(derived), Shown.Of(recorded))],
        };

    private static IEnumerable<(string, string, string)> BetweenObjects(
        string pointer,
        JsonElement derived,
        JsonElement recorded
    )
    {
        foreach (var member in derived.EnumerateObject())
        {
            var at = JsonPointer.Member(pointer, member.Name);
            if (!recorded.TryGetProperty(member.Name, out var other))
            {
                yield return (at, Shown.Of(member.Value), "no such member");
                continue;
            }

            foreach (var difference in Between(at, member.Value, other))
            {
                yield return difference;
            }
        }

        foreach (var member in recorded.EnumerateObject().Where(member => !derived.TryGetProperty(member.Name, out _)))
        {
            yield return (JsonPointer.Member(pointer, member.Name), "no such member", Shown.Of(member.Value));
        }
    }

    private static IEnumerable<(string, string, string)> BetweenArrays(
        string pointer,
        JsonElement derived,
        JsonElement recorded
    )
    {
        var (expected, found) = (derived.GetArrayLength(), recorded.GetArrayLength());
        for (var i = 0; i < Math.Min(expected, found); i++)
        {
            foreach (var difference in Between(JsonPointer.Item(pointer, i), derived[i], recorded[i]))
            {
                yield return difference;
            }
        }

        if (expected != found)
        {
            yield return (pointer, $"{expected} entries", $"{found} entries");
        }
    }
}
