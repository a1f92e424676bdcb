using System.Text.Json.Nodes;

namespace Symphony.Schemas;

/// <summary>Where two schemas differ: an object that one of them lacks, or a member of a definition.</summary>
/// <param name="Member">The member that differs; null where the whole object is missing.</param>
/// <param name="Left">As JSON; null where there is nothing.</param>
/// <param name="Right">As JSON; null where there is nothing.</param>
public sealed record SchemaDifference(string Class, string Identity, string? Member, string? Left, string? Right)
{
    /// <summary>In the order of classes and names; empty when nothing differs.</summary>
    public static IReadOnlyList<SchemaDifference> Between(
        IReadOnlyList<SchemaEntry> left,
        IReadOnlyList<SchemaEntry> right
    )
    {
        var before = left.ToDictionary(entry => (entry.Class, entry.Identity));
        var after = right.ToDictionary(entry => (entry.Class, entry.Identity));
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .OrderBy(key => key.Class, StringComparer.Ordinal)
                .ThenBy(key => key.Identity, StringComparer.Ordinal)
                .SelectMany(key => Between(before.GetValueOrDefault(key), after.GetValueOrDefault(key))),
        ];
    }

    private static IEnumerable<SchemaDifference> Between(SchemaEntry? left, SchemaEntry? right)
    {
        if (left is null || right is null)
        {
            var present = (left ?? right)!;
            yield return new SchemaDifference(
                present.Class,
                present.Identity,
                null,
                left is null ? null : SchemaDump.ToText(left.Definition),
                right is null ? null : SchemaDump.ToText(right.Definition)
            );
            yield break;
        }

        var (before, after) = (Members(left), Members(right));
        foreach (var member in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(member), after.GetValueOrDefault(member));
            if (old != now)
            {
                yield return new SchemaDifference(left.Class, left.Identity, member, old, now);
            }
        }
    }

    private static Dictionary<string, string> Members(SchemaEntry entry) =>
        entry.Definition is JsonObject members
            ? members.ToDictionary(member => member.Key, member => SchemaDump.ToText(member.Value))
            : [];
}
