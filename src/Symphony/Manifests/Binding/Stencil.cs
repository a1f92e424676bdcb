using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Symphony.Manifests.Binding;

/// <summary>
/// The JSON of a value, cut where texts stand that change: the value is made for other texts without writing the rest
/// anew. Only of what fits: <see cref="NodeBinder"/> tells why another value does not.
/// </summary>
internal sealed class Stencil
{
    private readonly JsonTypeInfo _type;
    private readonly IReadOnlyList<byte[]> _pieces;
    private readonly IReadOnlyList<int> _numbers;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    // Not disposed: it holds nothing but the buffer.
    private readonly Utf8JsonWriter _writer;

    /// <param name="pieces">What stands before, between and behind the texts.</param>
    /// <param name="numbers">Which text stands behind each piece but the last.</param>
    private Stencil(JsonTypeInfo type, IReadOnlyList<byte[]> pieces, IReadOnlyList<int> numbers) =>
        (_type, _pieces, _numbers, _writer) = (
            type,
            pieces,
            numbers,
            new Utf8JsonWriter(_buffer, NodeBinder.WriterOptions)
        );

    /// <summary>What stands in the JSON for the text of that number, from 0.</summary>
    public static string Mark(int number) => $"{{text {number}}}";

    /// <summary>Null where a mark is not there exactly once: the value has such a text of its own.</summary>
    public static Stencil? Cut(ReadOnlySpan<byte> json, JsonTypeInfo type, int marks)
    {
        var places = new SortedList<int, int>();
        for (var number = 0; number < marks; number++)
        {
            var mark = Quoted(number);
            var at = json.IndexOf(mark);
            if (at < 0 || json.LastIndexOf(mark) != at)
            {
                return null;
            }

            places.Add(at, number);
        }

        var (pieces, start) = (new List<byte[]>(), 0);
        foreach (var (at, number) in places)
        {
            pieces.Add(json[start..at].ToArray());
            start = at + Quoted(number).Length;
        }

        pieces.Add(json[start..].ToArray());
        return new Stencil(type, pieces, [.. places.Values]);
    }

    /// <summary>The value with these texts; null when it does not fit.</summary>
    public object? Read(IReadOnlyList<string> texts)
    {
        try
        {
            Write(texts);
            return JsonSerializer.Deserialize(_buffer.WrittenSpan, _type);
        }
        // Half a surrogate pair is an ArgumentException: no server sends one, and the tree knows what becomes of it.
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private void Write(IReadOnlyList<string> texts)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_pieces[0]);
        for (var place = 0; place < _numbers.Count; place++)
        {
            _writer.Reset();
            _writer.WriteStringValue(texts[_numbers[place]]);
            _writer.Flush();
            _buffer.Write(_pieces[place + 1]);
        }
    }

    private static byte[] Quoted(int number) => Encoding.UTF8.GetBytes($"\"{Mark(number)}\"");
}
