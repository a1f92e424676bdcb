using System.Text.Json;
using System.Text.Json.Serialization;

namespace Symphony.Contracts;

/// <summary>What a converter reads and nothing else.</summary>
internal interface IChoices
{
    IReadOnlyList<string> Choices { get; }
}

/// <summary>A converter for which null is a value, also in a list or a mapping.</summary>
internal interface IReadsNull;

/// <summary>Reads and writes the words of a set by their text.</summary>
public sealed class WordConverter<TWord> : JsonConverter<TWord>, IChoices
    where TWord : Word, IWordSet<TWord>
{
    IReadOnlyList<string> IChoices.Choices => [.. TWord.All.Select(word => word.Text)];

    public override TWord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        foreach (var word in TWord.All)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(word.Text))
            {
                return word;
            }
        }

        throw new JsonException("one of " + string.Join(", ", TWord.All.Select(word => word.Text)));
    }

    public override void Write(Utf8JsonWriter writer, TWord value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
