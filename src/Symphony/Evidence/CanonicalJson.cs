using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Symphony.Evidence;

/// <summary>
/// The canonical form of JSON (RFC 8785): no white space, members in the order of their names' UTF-16 code units,
/// numbers and strings as ECMAScript prints them. Equal values have equal bytes, so a digest of the bytes is one of
/// the value. An instance keeps its buffers for the next text; it is not for several threads at once.
/// </summary>
public sealed class CanonicalJson
{
    private readonly JsonIndex _index = new();

    /// <summary>
    /// Whether an integer that a double cannot be trusted to hold (beyond ±(2^53 - 1), RFC 7493 section 2.2) is
    /// written as a string of its digits. Off, it is rounded, as RFC 8785 says.
    /// </summary>
    public bool WideIntegersAsStrings { get; init; }

    /// <exception cref="JsonException">
    /// Not one JSON value, not UTF-8, a name twice in one object, half a surrogate pair, or a number too large for a
    /// double.
    /// </exception>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var output = new ByteBuffer();
        new CanonicalJson().Write(json, output);
        return output.Written.ToArray();
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public static byte[] Of(JsonElement value) => Of(JsonMarshal.GetRawUtf8Value(value));

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    internal void Write(ReadOnlySpan<byte> json, ByteBuffer output)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("The text is not UTF-8.");
        }

        _index.Read(json);
        WritePlace(0, json, output);
    }

    private void WritePlace(int at, ReadOnlySpan<byte> json, ByteBuffer output)
    {
        var place = _index[at];
        switch (place.Kind)
        {
            case JsonTokenType.StartObject:
                WriteObject(at, json, output);
                break;
            case JsonTokenType.StartArray:
                WriteArray(at, json, output);
                break;
            case JsonTokenType.String:
                CanonicalText.WriteString(_index.TextOf(place), output);
                break;
            case JsonTokenType.Number:
                CanonicalNumber.Write(json.Slice(place.Start, place.Length), WideIntegersAsStrings, output);
                break;
            default:
                output.Write(json.Slice(place.Start, place.Length));
                break;
        }
    }

    private void WriteArray(int at, ReadOnlySpan<byte> json, ByteBuffer output)
    {
        var end = _index[at].Next;
        output.Write((byte)'[');
        for (var item = at + 1; item < end; item = _index[item].Next)
        {
            if (item > at + 1)
            {
                output.Write((byte)',');
            }

            WritePlace(item, json, output);
        }

        output.Write((byte)']');
    }

    private void WriteObject(int at, ReadOnlySpan<byte> json, ByteBuffer output)
    {
        var (first, last) = _index.OrderMembers(at);
        output.Write((byte)'{');
        for (var member = first; member < last; member++)
        {
            if (member > first)
            {
                output.Write((byte)',');
            }

            var name = _index.Ordered(member);
            WritePlace(name, json, output);
            output.Write((byte)':');
            WritePlace(name + 1, json, output);
        }

        output.Write((byte)'}');
        _index.Release(first);
    }
}
