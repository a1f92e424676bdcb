using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>What a claim says of the rows that were there before the constraint.</summary>
[JsonConverter(typeof(ValidationConverter))]
[JsonSchema("""{"enum": [true, false, "any"]}""")]
public sealed class Validation
{
    public static readonly Validation Any = new();
    public static readonly Validation True = new();
    public static readonly Validation False = new();

    private Validation() { }
}

internal sealed class ValidationConverter : JsonConverter<Validation>
{
    public override Validation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => Validation.True,
            JsonTokenType.False => Validation.False,
            JsonTokenType.String when reader.ValueTextEquals("any") => Validation.Any,
            _ => throw new JsonException("true, false or any"),
        };

    public override void Write(Utf8JsonWriter writer, Validation value, JsonSerializerOptions options)
    {
        if (value == Validation.Any)
        {
            writer.WriteStringValue("any");
        }
        else
        {
            writer.WriteBooleanValue(value == Validation.True);
        }
    }
}
