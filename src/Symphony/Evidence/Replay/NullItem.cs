using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Symphony.Evidence.Replay;

/// <summary>
/// Finds a null among a document's items. The serialiser holds members to their nullability, and not the items of a
/// list: none of the documents' lists has room for nothing.
/// </summary>
internal static class NullItem
{
    /// <summary>The JSON pointer (RFC 6901) of the first one, or null.</summary>
    public static string? Find(JsonElement json, JsonTypeInfo type) => Find(json, type, "");

    private static string? Find(JsonElement json, JsonTypeInfo type, string at) =>
        (json.ValueKind, type.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => type
                .Properties.Select(property =>
                    json.TryGetProperty(property.Name, out var member)
                        ? Find(
                            member,
                            type.Options.GetTypeInfo(property.PropertyType),
                            JsonPointer.Member(at, property.Name)
                        )
                        : null
                )
                .FirstOrDefault(found => found is not null),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) when type.ElementType is { } element =>
                json.EnumerateArray()
                    .Select(
                        (item, i) =>
                            item.ValueKind == JsonValueKind.Null
                                ? JsonPointer.Item(at, i)
                                : Find(item, type.Options.GetTypeInfo(element), JsonPointer.Item(at, i))
                    )
                    .FirstOrDefault(found => found is not null),
            _ => null,
        };
}
