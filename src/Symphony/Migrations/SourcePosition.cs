using System.Runtime.InteropServices;

namespace Symphony.Migrations;

/// <summary>A place in a text file, line and column counted from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourcePosition(int Line, int Column)
{
    /// <param name="offset">In UTF-16 characters from 0.</param>
    public static SourcePosition Of(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return new SourcePosition(before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }

    /// <param name="from">Where the statement begins that the server speaks of.</param>
    /// <param name="position">The server's count: Unicode characters from 1.</param>
    public static SourcePosition OfServer(string text, int from, int position)
    {
        var offset = from;
        foreach (var character in text.AsSpan(from).EnumerateRunes())
        {
            if (--position < 1)
            {
                break;
            }

            offset += character.Utf16SequenceLength;
        }

        return Of(text, offset);
    }

    public override string ToString() => $"{Line}:{Column}";
}
