using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Symphony.Contracts;

namespace Symphony.Manifests.Binding;

/// <summary>
/// The JSON Schema of a type, saying what <see cref="NodeBinder"/> accepts for it. It holds no references, so that it
/// can be put anywhere into a larger schema; a record within itself is described once and is any mapping inside.
/// </summary>
public static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>A new tree, the same one every time: keys in the order of declaration.</summary>
    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options);

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo;
        if (schema is JsonObject reference && (string?)reference["$ref"] is { } pointer)
        {
            schema = WithoutReference(type, isWithinItself: context.Path.StartsWith(Segments(pointer)));
            schema = context.PropertyInfo?.IsSetNullable == true ? OrNull((JsonObject)schema) : schema;
        }
        else if (schema is JsonObject record && type.Kind == JsonTypeInfoKind.Object)
        {
            DescribeKeys(record, type);
            schema = WithShorthand(record, type.Type);
        }
        else if (type.Converter is IChoices words)
        {
            schema = ChoiceSchema(words, orNull: context.PropertyInfo?.IsSetNullable == true);
        }
        // Of items that only their converter knows, the exporter says nothing, and does not ask here.
        else if (type.ElementType is { } element && type.Options.GetTypeInfo(element).Converter is IChoices items)
        {
            schema["items"] = ChoiceSchema(items, orNull: false);
        }

        return Describe(OwnSchema(type.Type) ?? schema, DescriptionAt(ValueType(type.Type)));
    }

    private static string[] Segments(string pointer) =>
        [
            .. pointer
                .Split('/')
                .Skip(1)
                .Select(segment =>
                    segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                ),
        ];

    private static bool StartsWith(this ReadOnlySpan<string> path, ReadOnlySpan<string> start) =>
        path.Length >= start.Length && path[..start.Length].SequenceEqual(start);

    /// <summary>The exporter refers to the first place of a list or record that stands at several.</summary>
    private static JsonObject WithoutReference(JsonTypeInfo type, bool isWithinItself) =>
        isWithinItself
            ? new JsonObject { ["type"] = type.Kind == JsonTypeInfoKind.Enumerable ? "array" : "object" }
            : Of(type).AsObject();

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray alternatives)
        {
            alternatives.Add((JsonNode)new JsonObject { ["type"] = "null" });
        }
        else if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
        else if (schema["type"] is JsonArray types)
        {
            types.Add((JsonNode)"null");
        }

        return schema;
    }

    /// <summary>No other keys, none for what the type only computes, and to each its own words.</summary>
    private static void DescribeKeys(JsonObject schema, JsonTypeInfo type)
    {
        schema["additionalProperties"] = false;
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            if (!TypeShapes.IsBound(property))
            {
                properties.Remove(property.Name);
                continue;
            }

            var described = properties[property.Name]!.DeepClone();
            // Of a type that only its converter knows, the exporter forgets all it was told when there is a default.
            if (OwnSchema(property.PropertyType) is { } own)
            {
                own["default"] = (described as JsonObject)?["default"]?.DeepClone();
                described = property.IsSetNullable ? OrNull(own) : own;
            }

            // "default": null only says again that the key may be left out.
            if (described is JsonObject optional && optional["default"] is null)
            {
                optional.Remove("default");
            }

            properties[property.Name] = Describe(described, DescriptionOf(property));
        }
    }

    private static JsonObject ChoiceSchema(IChoices words, bool orNull)
    {
        var choices = new JsonArray([.. words.Choices.Select(word => (JsonNode)word)]);
        if (orNull)
        {
            choices.Add(null);
        }

        return new JsonObject { ["enum"] = choices };
    }

    private static JsonObject WithShorthand(JsonObject schema, Type type)
    {
        if (type.GetCustomAttribute<ShorthandAttribute>() is not { } shorthand)
        {
            return schema;
        }

        var alone = schema["properties"]![shorthand.Key]!.DeepClone();
        return new JsonObject { ["anyOf"] = new JsonArray(alone, schema) };
    }

    private static JsonObject? OwnSchema(Type type) =>
        ValueType(type).GetCustomAttribute<JsonSchemaAttribute>() is { } own
            ? JsonNode.Parse(own.Schema)!.AsObject()
            : null;

    private static JsonNode Describe(JsonNode schema, string? description)
    {
        if (description is null)
        {
            return schema;
        }

        // The schema of anything is `true`, which has no place for words; an empty one means the same.
        var described = schema as JsonObject ?? [];
        described.Remove("description");
        described.Insert(0, "description", description);
        return described;
    }

    /// <summary>The property's own words before its type's; on a positional record they may stand at the parameter.</summary>
    private static string? DescriptionOf(JsonPropertyInfo property) =>
        DescriptionAt(property.AttributeProvider)
        ?? DescriptionAt(property.AssociatedParameter?.AttributeProvider)
        ?? DescriptionAt(ValueType(property.PropertyType));

    private static string? DescriptionAt(ICustomAttributeProvider? place) =>
        place?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            is [DescriptionAttribute { Description: var words }]
            ? words
            : null;

    private static Type ValueType(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
