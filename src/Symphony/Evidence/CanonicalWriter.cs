using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Symphony.Evidence;

/// <summary>
/// Writes a document as canonical JSON (RFC 8785). The caller writes members in the order of their names; JSON that
/// comes from elsewhere is brought into its canonical form on the way.
/// </summary>
internal sealed class CanonicalWriter : IDisposable
{
    private readonly CanonicalJson _canonical = new() { WideIntegersAsStrings = true };
    private readonly ByteBuffer _text = new();

    // The last element and its form: a rule's objects are often the same to the byte.
    private readonly ByteBuffer _element = new();
    private readonly ByteBuffer _elementForm = new();
    private readonly MemoryStream _json = new();
    private readonly Utf8JsonWriter _writer;
    private bool _comma;
    private int _depth;

    // What this writer escapes is escaped again as the canonical form does: the less, the faster.
    public CanonicalWriter() =>
        _writer = new Utf8JsonWriter(
            _json,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    /// <summary>What was written.</summary>
    public ByteBuffer Output { get; } = new();

    public void BeginObject() => Begin((byte)'{');

    public void EndObject() => End((byte)'}');

    public void BeginArray() => Begin((byte)'[');

    public void EndArray() => End((byte)']');

    /// <summary>A member's name. Its value is written next.</summary>
    public CanonicalWriter Name(string name)
    {
        Separate();
        Text(name);
        Output.Write((byte)':');
        _comma = false;
        return this;
    }

    /// <summary>A member's name in ASCII that needs no escape.</summary>
    public CanonicalWriter Name(ReadOnlySpan<byte> name)
    {
        Separate();
        Output.Write((byte)'"');
        Output.Write(name);
        Output.Write("\":"u8);
        _comma = false;
        return this;
    }

    public void String(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Separate();
        Text(value);
        _comma = true;
    }

    public void Strings(IEnumerable<string> values)
    {
        BeginArray();
        foreach (var value in values)
        {
            String(value);
        }

        EndArray();
    }

    /// <summary>An integer that a double holds exactly.</summary>
    public void Number(long value)
    {
        Separate();
        value.TryFormat(Output.Room(20), out var length, provider: CultureInfo.InvariantCulture);
        Output.Advance(length);
        _comma = true;
    }

    public void Boolean(bool value) => Literal(value ? "true"u8 : "false"u8);

    public void Null() => Literal("null"u8);

    /// <summary>A value that is in its canonical form.</summary>
    public void Canonical(ReadOnlySpan<byte> value)
    {
        Separate();
        Output.Write(value);
        _comma = true;
    }

    public void Element(JsonElement? value)
    {
        if (value is { } element)
        {
            var json = JsonMarshal.GetRawUtf8Value(element);
            if (_element.Length == 0 || !json.SequenceEqual(_element.Written))
            {
                BringIntoForm(json);
            }

            Canonical(_elementForm.Written);
        }
        else
        {
            Null();
        }
    }

    public void Node(JsonNode? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        value.WriteTo(_writer);
        Buffered();
    }

    /// <summary>A record by its contract.</summary>
    public void Record(object value, JsonTypeInfo contract)
    {
        JsonSerializer.Serialize(_writer, value, contract);
        Buffered();
    }

    public void Dispose() => _writer.Dispose();

    private void Begin(byte bracket)
    {
        Separate();
        Output.Write(bracket);
        _comma = false;
        _depth++;
    }

    private void End(byte bracket)
    {
        Output.Write(bracket);
        _depth--;
        _comma = _depth > 0;
    }

    private void Literal(ReadOnlySpan<byte> literal)
    {
        Separate();
        Output.Write(literal);
        _comma = true;
    }

    private void Separate()
    {
        if (_comma)
        {
            Output.Write((byte)',');
        }
    }

    private void Text(string text)
    {
        if (CanonicalText.TryWritePlain(text, Output))
        {
            return;
        }

        _text.Clear();
        _text.Advance(Encoding.UTF8.GetBytes(text, _text.Room(Encoding.UTF8.GetMaxByteCount(text.Length))));
        CanonicalText.WriteString(_text.Written, Output);
    }

    private void BringIntoForm(ReadOnlySpan<byte> element)
    {
        _element.Clear();
        _elementForm.Clear();
        _canonical.Write(element, _elementForm);
        _element.Write(element);
    }

    private void Buffered()
    {
        _writer.Flush();
        Separate();
        _canonical.Write(_json.GetBuffer().AsSpan(0, (int)_json.Length), Output);
        _comma = true;
        _json.SetLength(0);
        _writer.Reset();
    }
}
