using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Symphony.Kinds;

namespace Symphony.Evidence.Replay;

/// <summary>
/// A claim out of evidence. There every member is written, also one that a manifest may leave out but not set to
/// null: such a null is left out again before the claim is bound.
/// </summary>
internal static class ClaimReader
{
    /// <exception cref="JsonException">It does not have the shape of the kind's claim.</exception>
    public static Claim Read(JsonElement json, InvariantKind kind)
    {
        return (Claim?)Written(json, kind).Deserialize(kind.ClaimType) ?? throw new JsonException("null");
    }

    /// <summary>As a manifest may have it.</summary>
    public static JsonObject Written(JsonElement json, InvariantKind kind)
    {
        var node = JsonObject.Create(json) ?? throw new JsonException("null");
        LeaveOut(node, kind.ClaimType);
        return node;
    }

    private static void LeaveOut(JsonNode? node, JsonTypeInfo type)
    {
        if (node is JsonObject members && type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in type.Properties)
            {
                if (!members.TryGetPropertyValue(property.Name, out var value))
                {
                    continue;
                }

                if (value is null && !property.IsSetNullable)
                {
                    members.Remove(property.Name);
                }
                else
                {
                    LeaveOut(value, type.Options.GetTypeInfo(property.PropertyType));
                }
            }
        }
        else if (node is JsonArray items && type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            foreach (var item in items)
            {
                LeaveOut(item, type.Options.GetTypeInfo(element));
            }
        }
    }
}
