using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Symphony.Manifests.Binding;

internal enum ShapeKind
{
    Text,
    Boolean,
    Choice,
    List,
    Map,
    Record,

    /// <summary>Whatever the file says.</summary>
    Any,

    /// <summary>Only the type's converter knows: numbers, dates, and types of our own.</summary>
    Converted,
}

/// <summary>What YAML must look like to become a value of a type.</summary>
internal sealed class TypeShape(JsonTypeInfo type, ShapeKind kind)
{
    public JsonTypeInfo Type { get; } = type;

    public ShapeKind Kind { get; } = kind;

    /// <summary>For the "expected" of a problem. For <see cref="ShapeKind.Converted"/> the converter may know better.</summary>
    public required string Expected { get; init; }

    /// <summary>Of a choice, in their JSON spelling.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Of a list its items', of a map its values'.</summary>
    public TypeShape? Element { get; init; }

    public bool ElementMayBeNull { get; init; }

    /// <summary>Of a record, by key.</summary>
    public IReadOnlyDictionary<string, MemberShape> Members { get; init; } = new Dictionary<string, MemberShape>();

    /// <summary>The member that a lone scalar stands for.</summary>
    public MemberShape? Shorthand { get; init; }
}

/// <summary>A key of a record.</summary>
/// <param name="Shape">Looked up when first asked for, since a record may hold itself.</param>
internal sealed record MemberShape(JsonEncodedText Key, bool IsRequired, bool MayBeNull, Lazy<TypeShape> Shape)
{
    public string Name => Key.Value;
}
