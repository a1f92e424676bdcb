using System.Globalization;
using System.Text;

namespace Symphony.Sql;

// U&'…' and U&"…", with the clause UESCAPE '…' that may follow.
public sealed partial class SqlLexer
{
    private string ReadUnicodeString()
    {
        var start = _at;
        _at += 2;
        return Unescape(ReadStrings(escapes: false), start);
    }

    private string ReadUnicodeName()
    {
        var start = _at;
        _at += 2;
        return Unescape(ReadName(), start);
    }

    private string Unescape(string raw, int start)
    {
        var escape = TakeEscapeCharacter();
        var value = new EscapedText(start);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != escape)
            {
                value.Add(raw[i]);
            }
            else if (i + 1 < raw.Length && raw[i + 1] == escape)
            {
                value.Add(raw[++i]);
            }
            else
            {
                var (from, digits) = i + 1 < raw.Length && raw[i + 1] == '+' ? (i + 2, 6) : (i + 1, 4);
                value.AddCodePoint(CodePoint(raw, from, digits, start));
                i = from + digits - 1;
            }
        }

        return value.Finish();
    }

    private static uint CodePoint(string raw, int from, int digits, int start) =>
        from + digits <= raw.Length
        && uint.TryParse(raw.AsSpan(from, digits), NumberStyles.AllowHexSpecifier, null, out var scalar)
            ? scalar
            : throw new SqlSyntaxException("a Unicode escape is \\XXXX or \\+XXXXXX", start);

    private char TakeEscapeCharacter()
    {
        var end = _at;
        SkipBlanks();
        var clause = _at;
        if (!IsWordStart(Current) || ReadWord() != "uescape")
        {
            _at = end;
            return '\\';
        }

        SkipBlanks();
        var value = new StringBuilder();
        if (Current == '\'')
        {
            ReadQuoted('\'', value);
        }

        return
            value.Length == 1
            && !IsBlank(value[0])
            && !char.IsAsciiHexDigit(value[0])
            && value[0] is not ('+' or '\'' or '"')
            ? value[0]
            : throw new SqlSyntaxException(
                "UESCAPE is followed by one character in quotes, no digit and no letter of one",
                clause
            );
    }
}
