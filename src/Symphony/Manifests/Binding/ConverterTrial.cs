using System.Buffers;
using System.Text.Json;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests.Binding;

/// <summary>Where JSON was refused, and what a converter would have read there.</summary>
internal readonly record struct Refusal(YamlNode At, string Expected);

/// <summary>
/// Reads one node by its type's converter alone, so that its refusal is known together with all other problems and
/// has the node's place.
/// </summary>
internal sealed class ConverterTrial(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
{
    public Refusal? Refusal(YamlNode node, TypeShape shape)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        YamlJson.Write(writer, node);
        writer.Flush();
        try
        {
            _ = JsonSerializer.Deserialize(buffer.WrittenSpan, shape.Type);
            return null;
        }
        catch (JsonException exception)
        {
            return RefusalOf(exception, node, shape.Expected);
        }
    }

    /// <summary>
    /// A converter's own message says what it expects. One that System.Text.Json makes up speaks of .NET types, and
    /// ends in the path and offset in JSON that nobody wrote.
    /// </summary>
    public static Refusal RefusalOf(JsonException exception, YamlNode node, string otherwise)
    {
        var isMadeUp =
            exception.Message.Contains("| LineNumber: ", StringComparison.Ordinal)
            || exception.Message.StartsWith("The JSON ", StringComparison.Ordinal);
        return new Refusal(node.FindNearest(exception.Path ?? ""), isMadeUp ? otherwise : exception.Message);
    }
}
