using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Tests.Manifests;

[Description("An index that a table has.")]
public sealed record IndexLike(
    [property: Description("The table it is on.")] string Table,
    IReadOnlyList<KeyLike> Columns,
    [Description("How it finds rows.")] MethodLike Method = MethodLike.BTree,
    MethodLike? Fallback = null,
    bool Unique = false,
    bool? NullsDistinct = null,
    int FillFactor = 100,
    decimal? Correlation = null,
    string? Predicate = null,
    DateOnly? Since = null,
    [Description("Columns that are only carried.")] IReadOnlyList<string>? Include = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyDictionary<string, string>? Options = null,
    IReadOnlyDictionary<string, JsonElement>? Values = null,
    [Description("Whether rows were checked.")] Tri Validated = Tri.Any,
    IndexLike? Twin = null
)
{
    public string Summary => $"{Table} ({Columns.Count})";
}

[Shorthand("column")]
public sealed record KeyLike(string Column, bool Desc = false);

[JsonConverter(typeof(SnakeCaseEnumConverter<MethodLike>))]
public enum MethodLike
{
    [JsonStringEnumMemberName("btree")]
    BTree,
    Hash,
    SpGist,
}

[JsonConverter(typeof(TriConverter))]
[JsonSchema("""{"enum": [true, false, "any"]}""")]
public enum Tri
{
    Any,
    True,
    False,
}

public sealed class TriConverter : JsonConverter<Tri>
{
    public override Tri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => Tri.True,
            JsonTokenType.False => Tri.False,
            JsonTokenType.String when reader.ValueTextEquals("any") => Tri.Any,
            _ => throw new JsonException("true, false or any"),
        };

    public override void Write(Utf8JsonWriter writer, Tri value, JsonSerializerOptions options) =>
        (value is Tri.Any ? JsonValue.Create("any") : JsonValue.Create(value is Tri.True)).WriteTo(writer);
}

public sealed record Required
{
    public required string Name { get; init; }

    public IReadOnlyList<int> Sizes { get; init; } = [];

    [JsonConverter(typeof(UpperCaseConverter))]
    public string? Code { get; init; }
}

/// <summary>A converter of one member, which no contract of a type tells of.</summary>
public sealed class UpperCaseConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !text.Any(char.IsLower)
            ? text
            : throw new JsonException("upper-case letters");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(IndexLike))]
[JsonSerializable(typeof(Required))]
public sealed partial class BindingTestJson : JsonSerializerContext;
