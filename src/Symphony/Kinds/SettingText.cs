using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>A setting's value as people write it: <c>30s</c>, <c>30000</c> or <c>on</c>, with and without quotes.</summary>
[JsonConverter(typeof(SettingTextConverter))]
[JsonSchema("""{"type": ["string", "number", "boolean"]}""")]
public sealed record SettingText(string Text)
{
    public override string ToString() => Text;
}

internal sealed class SettingTextConverter : JsonConverter<SettingText>
{
    public override SettingText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new SettingText(reader.GetString()!);
            case JsonTokenType.True:
                return new SettingText("true");
            case JsonTokenType.False:
                return new SettingText("false");
            case JsonTokenType.Number:
                using (var number = JsonDocument.ParseValue(ref reader))
                {
                    return new SettingText(number.RootElement.GetRawText());
                }

            default:
                throw new JsonException("a value: text, a number, true or false");
        }
    }

    public override void Write(Utf8JsonWriter writer, SettingText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
