using System.Buffers;

namespace Symphony.Evidence;

/// <summary>Strings as RFC 8785 writes and orders them. Text here is UTF-8.</summary>
internal static class CanonicalText
{
    private const byte FirstOfSupplementary = 0xF0;
    private const byte FirstAfterSurrogates = 0xEE;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
        24,
        25,
        26,
        27,
        28,
        29,
        30,
        31,
        (byte)'"',
        (byte)'\\',
    ]);

    /// <summary>The string in its quotes (RFC 8785 section 3.2.2.2): only what must be escaped is, in its shortest form.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        output.Write((byte)'"');
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            output.Write(text[..at]);
            WriteEscape(text[at], output);
            text = text[(at + 1)..];
        }

        output.Write(text);
        output.Write((byte)'"');
    }

    /// <summary>Writes a text in which every character is ASCII and stands for itself, as nearly all are; does nothing for another.</summary>
    public static bool TryWritePlain(string text, ByteBuffer output)
    {
        var room = output.Room(text.Length + 2);
        room[0] = (byte)'"';
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                return false;
            }

            room[at + 1] = (byte)character;
        }

        room[text.Length + 1] = (byte)'"';
        output.Advance(text.Length + 2);
        return true;
    }

    /// <summary>
    /// The order of two texts by their UTF-16 code units (RFC 8785 section 3.2.3). It is the order of the bytes but for
    /// characters beyond U+FFFF: their surrogates, D800 to DFFF, come before E000 to FFFF.
    /// </summary>
    public static int CompareUtf16(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(byte first) =>
        first is >= FirstAfterSurrogates and < FirstOfSupplementary ? first + 0x100 : first;

    private static void WriteEscape(byte code, ByteBuffer output)
    {
        switch (code)
        {
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\b':
                output.Write("\\b"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\f':
                output.Write("\\f"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            default:
                ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
                output.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[code >> 4], digits[code & 0xF]]);
                break;
        }
    }
}
