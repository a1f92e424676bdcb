using System.Text;
using System.Text.Json;

namespace Symphony.Evidence;

/// <summary>A name or a value: where its text stands, and the place after everything inside it.</summary>
/// <param name="Kind">A string here has its text in the index; any other value, in the JSON.</param>
internal readonly record struct JsonPlace(JsonTokenType Kind, int Start, int Length, int Next);

/// <summary>
/// The places of all names and values of a JSON text, so that members can be written in another order than they came.
/// The value after a name's place is the one that it names. Buffers are kept for the next text.
/// </summary>
internal sealed class JsonIndex
{
    /// <summary>The reader's own limit of depth.</summary>
    private const int Depth = 64;

    private readonly ByteBuffer _text = new();
    private readonly Comparison<int> _byName;
    private JsonPlace[] _places = new JsonPlace[256];
    private int _count;
    private int[] _order = new int[64];
    private int _ordered;

    public JsonIndex() => _byName = CompareNames;

    public JsonPlace this[int place] => _places[place];

    /// <summary>The text of a name, or of a string that had escapes, without them.</summary>
    public ReadOnlySpan<byte> TextOf(JsonPlace place) => _text.Written.Slice(place.Start, place.Length);

    /// <exception cref="JsonException">Not one JSON value, or one with half a surrogate pair in a string.</exception>
    public void Read(ReadOnlySpan<byte> json)
    {
        _count = _ordered = 0;
        _text.Clear();
        Span<int> open = stackalloc int[Depth];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var opened = ref _places[open[reader.CurrentDepth]];
                    opened = opened with { Next = _count };
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open[reader.CurrentDepth] = Add(reader.TokenType, 0, 0);
                    break;
                case JsonTokenType.PropertyName:
                    AddText(ref reader);
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    AddText(ref reader);
                    break;
                case JsonTokenType.String:
                    // With its quotes: a string without escapes is copied as it stands.
                    Add(JsonTokenType.None, (int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
                    break;
                default:
                    Add(reader.TokenType, (int)reader.TokenStartIndex, reader.ValueSpan.Length);
                    break;
            }
        }
    }

    /// <summary>The places of an object's names in their canonical order. To be given back with <see cref="Release"/>.</summary>
    /// <returns>Where they begin and end in <see cref="Ordered"/>.</returns>
    /// <exception cref="JsonException">A name stands there twice.</exception>
    public (int First, int Last) OrderMembers(int place)
    {
        var first = _ordered;
        var sorted = true;
        for (var name = place + 1; name < _places[place].Next; name = _places[name + 1].Next)
        {
            if (_ordered == _order.Length)
            {
                Array.Resize(ref _order, _ordered * 2);
            }

            sorted = sorted && (_ordered == first || CompareNames(_order[_ordered - 1], name) < 0);
            _order[_ordered++] = name;
        }

        if (!sorted)
        {
            var names = _order.AsSpan(first, _ordered - first);
            names.Sort(_byName);
            RefuseTwice(names);
        }

        return (first, _ordered);
    }

    /// <summary>A member's name, by its number among those that are ordered now.</summary>
    public int Ordered(int member) => _order[member];

    public void Release(int first) => _ordered = first;

    private void AddText(ref Utf8JsonReader reader)
    {
        try
        {
            var length = reader.CopyString(_text.Room(reader.ValueSpan.Length));
            Add(JsonTokenType.String, _text.Length, length);
            _text.Advance(length);
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("A string holds half a surrogate pair.", half);
        }
    }

    private int Add(JsonTokenType kind, int start, int length)
    {
        if (_count == _places.Length)
        {
            Array.Resize(ref _places, _count * 2);
        }

        _places[_count] = new JsonPlace(kind, start, length, _count + 1);
        return _count++;
    }

    private void RefuseTwice(ReadOnlySpan<int> names)
    {
        for (var i = 1; i < names.Length; i++)
        {
            if (CompareNames(names[i - 1], names[i]) == 0)
            {
                throw new JsonException(
                    $"An object has two members named \"{Encoding.UTF8.GetString(TextOf(_places[names[i]]))}\"."
                );
            }
        }
    }

    private int CompareNames(int left, int right) =>
        CanonicalText.CompareUtf16(TextOf(_places[left]), TextOf(_places[right]));
}
