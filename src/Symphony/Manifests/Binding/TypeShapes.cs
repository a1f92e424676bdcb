using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Symphony.Contracts;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests.Binding;

/// <summary>The shapes of types, each worked out once from its source-generated contract.</summary>
internal sealed class TypeShapes
{
    private readonly Dictionary<JsonTypeInfo, TypeShape> _shapes = [];

    public TypeShape Of(JsonTypeInfo type)
    {
        if (!_shapes.TryGetValue(type, out var shape))
        {
            shape = ShapeOf(type);
            _shapes.Add(type, shape);
        }

        return shape;
    }

    private TypeShape ShapeOf(JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is null)
        {
            switch (type.Kind)
            {
                case JsonTypeInfoKind.Object:
                    return RecordShape(type);
                case JsonTypeInfoKind.Enumerable:
                    return ListShape(type);
                case JsonTypeInfoKind.Dictionary:
                    return MapShape(type);
            }
        }

        // An optional number, date or enum looks like one that is not; whether null is allowed is the member's to say.
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (value == typeof(string))
        {
            return new TypeShape(type, ShapeKind.Text) { Expected = "text" };
        }

        if (value == typeof(bool))
        {
            return new TypeShape(type, ShapeKind.Boolean) { Expected = "true or false" };
        }

        if (value == typeof(JsonElement) || value == typeof(object) || value.IsAssignableTo(typeof(JsonNode)))
        {
            return new TypeShape(type, ShapeKind.Any) { Expected = "a value" };
        }

        if (type.Converter is IChoices words)
        {
            return ChoiceShape(type, words.Choices);
        }

        // What a converter of our own reads may be more than the names it writes, or other ones.
        var isOurs = type.Converter.GetType().Assembly != typeof(JsonSerializer).Assembly;
        return value.IsEnum && !isOurs && ChoicesOf(type, value) is { } choices
            ? ChoiceShape(type, choices)
            : new TypeShape(type, ShapeKind.Converted) { Expected = ExpectedOf(value) };
    }

    private static TypeShape ChoiceShape(JsonTypeInfo type, IReadOnlyList<string> choices) =>
        new(type, ShapeKind.Choice) { Expected = "one of " + Shown.QuoteAll(choices), Choices = choices };

    private TypeShape RecordShape(JsonTypeInfo type)
    {
        var members = type.Properties.Where(IsBound).Select(Member).ToDictionary(member => member.Name);
        var expected =
            members.Count == 0 ? "an empty mapping" : "a mapping with the keys " + Shown.QuoteAll(members.Keys);
        var shorthand = type.Type.GetCustomAttribute<ShorthandAttribute>()?.Key;
        return new TypeShape(type, ShapeKind.Record)
        {
            Members = members,
            Shorthand = shorthand is null ? null : members[shorthand],
            Expected = shorthand is null ? expected : $"`{shorthand}` alone, or {expected}",
        };
    }

    /// <summary>A property that is only computed is no key.</summary>
    internal static bool IsBound(JsonPropertyInfo property) =>
        property.Set is not null || property.AssociatedParameter is not null;

    private MemberShape Member(JsonPropertyInfo property)
    {
        var type = property.Options.GetTypeInfo(property.PropertyType);
        // A converter of the member's own leaves nothing of its type's contract in force.
        var shape = property.CustomConverter is null
            ? new Lazy<TypeShape>(() => Of(type))
            : new Lazy<TypeShape>(new TypeShape(type, ShapeKind.Any) { Expected = "a value" });
        return new MemberShape(
            JsonEncodedText.Encode(property.Name),
            property.IsRequired
                || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false },
            property.IsSetNullable,
            shape
        );
    }

    private TypeShape ListShape(JsonTypeInfo type)
    {
        var element = Of(type.Options.GetTypeInfo(type.ElementType!));
        return new TypeShape(type, ShapeKind.List)
        {
            Element = element,
            ElementMayBeNull = MayBeNull(element),
            Expected = "a list of " + Several(element),
        };
    }

    private TypeShape MapShape(JsonTypeInfo type)
    {
        var element = Of(type.Options.GetTypeInfo(type.ElementType!));
        return new TypeShape(type, ShapeKind.Map)
        {
            Element = element,
            ElementMayBeNull = MayBeNull(element),
            Expected = "a mapping of names to " + Several(element),
        };
    }

    /// <summary>The contract does not say whether items of a reference type may be null; in a manifest they may not.</summary>
    private static bool MayBeNull(TypeShape element) =>
        element.Kind == ShapeKind.Any
        || element.Type.Converter is IReadsNull
        || Nullable.GetUnderlyingType(element.Type.Type) is not null;

    private static string Several(TypeShape element) =>
        element.Kind switch
        {
            ShapeKind.List => "lists",
            ShapeKind.Map or ShapeKind.Record => "mappings",
            ShapeKind.Choice => Shown.QuoteAll(element.Choices),
            ShapeKind.Any or ShapeKind.Converted => "values",
            _ => element.Expected,
        };

    /// <summary>Null where enums are written as numbers.</summary>
    private static List<string>? ChoicesOf(JsonTypeInfo type, Type value)
    {
        var choices = new List<string>();
        foreach (var number in Enum.GetValuesAsUnderlyingType(value))
        {
            var json = JsonSerializer.SerializeToElement(Enum.ToObject(value, number), type);
            if (json.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            choices.Add(json.GetString()!);
        }

        return choices;
    }

    private static string ExpectedOf(Type value) =>
        Type.GetTypeCode(value) switch
        {
            TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => "a whole number from 0",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            _ when value == typeof(DateOnly) => "a date such as 2026-12-31",
            _ when value == typeof(DateTime) || value == typeof(DateTimeOffset) =>
                "a time such as 2026-12-31T23:59:59Z",
            _ when value == typeof(TimeSpan) => "a duration such as 00:00:30",
            _ when value == typeof(Guid) => "a UUID",
            _ => "a value of another form",
        };
}
