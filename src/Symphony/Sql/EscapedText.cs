using System.Text;

namespace Symphony.Sql;

/// <summary>
/// The value of a string with escapes. Bytes written as escapes are put together as UTF-8, halves of surrogate pairs
/// are joined, and what is no text that way is refused, as a server with a UTF-8 database does.
/// </summary>
internal sealed class EscapedText(int start)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private char? _firstHalf;

    public void Add(char character)
    {
        Settle();
        _text.Append(character);
    }

    public void AddByte(byte value)
    {
        RefuseZero(value);
        RefuseHalf();
        _bytes.Add(value);
    }

    public void AddCodePoint(uint value)
    {
        RefuseZero(value);
        if (value > 0x10FFFF)
        {
            throw Refused($"U+{value:X} is not a Unicode character");
        }

        if (value is >= 0xDC00 and <= 0xDFFF && _firstHalf is { } first)
        {
            _firstHalf = null;
            _text.Append(first).Append((char)value);
            return;
        }

        Settle();
        if (value is >= 0xD800 and <= 0xDBFF)
        {
            _firstHalf = (char)value;
        }
        else
        {
            _text.Append(Rune.TryCreate(value, out var rune) ? rune.ToString() : throw Refused(HalfPair));
        }
    }

    public string Finish()
    {
        Settle();
        return _text.ToString();
    }

    private const string HalfPair = "an escape is one half of a surrogate pair";

    private void Settle()
    {
        RefuseHalf();
        if (_bytes.Count == 0)
        {
            return;
        }

        try
        {
            _text.Append(Utf8.GetString([.. _bytes]));
            _bytes.Clear();
        }
        catch (DecoderFallbackException)
        {
            throw Refused("the bytes written as escapes are not UTF-8");
        }
    }

    private void RefuseHalf()
    {
        if (_firstHalf is not null)
        {
            throw Refused(HalfPair);
        }
    }

    private void RefuseZero(uint value)
    {
        if (value == 0)
        {
            throw Refused("PostgreSQL text cannot hold a zero byte");
        }
    }

    private SqlSyntaxException Refused(string why) => new(why, start);
}
