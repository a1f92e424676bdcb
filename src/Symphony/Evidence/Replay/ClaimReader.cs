using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Symphony.Kinds;

namespace Symphony.Evidence.Replay;

/// <summary>
/// A claim out of evidence. There every member is written, also one that a manifest may leave out but not set to
/// null: such a null is left out again before the claim is bound. And an integer that a double does not hold is
/// written as a string: it is a number again.
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
        Restore(node, kind.ClaimType);
        return node;
    }

    private static void Restore(JsonNode? node, JsonTypeInfo type)
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
                else if (IsWideInteger(value, property.PropertyType, out var number))
                {
                    members[property.Name] = number;
                }
                else
                {
                    Restore(value, type.Options.GetTypeInfo(property.PropertyType));
                }
            }
        }
        else if (node is JsonArray items && type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            foreach (var item in items)
            {
                Restore(item, type.Options.GetTypeInfo(element));
            }
        }
    }

    private static bool IsWideInteger(JsonNode? value, Type type, out long number)
    {
        number = 0;
        return (Nullable.GetUnderlyingType(type) ?? type) == typeof(long)
            && value is JsonValue text
            && text.TryGetValue(out string? digits)
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && CanonicalNumber.IsWide(number);
    }
}
