using System.Globalization;
using System.Text;

namespace Symphony.Sql;

// Quoted names and string constants in all their spellings.
public sealed partial class SqlLexer
{
    private string ReadName()
    {
        var start = _at;
        var name = new StringBuilder();
        ReadQuoted('"', name);
        return name.Length > 0 ? name.ToString() : throw new SqlSyntaxException("a quoted name is empty", start);
    }

    /// <summary>Strings that only white space with a line break, or comments to a line's end, separate are one.</summary>
    private string ReadStrings(bool escapes)
    {
        var value = new EscapedText(_at);
        var plain = new StringBuilder();
        do
        {
            if (escapes)
            {
                ReadEscaped(value);
            }
            else
            {
                ReadQuoted('\'', plain);
            }
        } while (NextStringContinues());
        return escapes ? value.Finish() : plain.ToString();
    }

    private string ReadEscapedStrings()
    {
        _at++;
        return ReadStrings(escapes: true);
    }

    /// <summary>A bit string is not the text of its digits: the prefix stays part of the value.</summary>
    private string ReadBitString()
    {
        var start = _at;
        var isHex = Take(1) is "x" or "X";
        var digits = ReadStrings(escapes: false).ToLowerInvariant();
        return digits.All(digit => isHex ? char.IsAsciiHexDigit(digit) : digit is '0' or '1')
            ? $"{(isHex ? 'x' : 'b')}'{digits}'"
            : throw new SqlSyntaxException("a bit string holds something else than its digits", start);
    }

    /// <summary>N'…' is a constant of another type: PostgreSQL reads it as the type's name and a string.</summary>
    private (SqlTokenKind Kind, string Text) ReadNationalPrefix()
    {
        _at++;
        return (SqlTokenKind.Word, "nchar");
    }

    private bool NextStringContinues()
    {
        var end = _at;
        var lineBreak = false;
        while (true)
        {
            if (IsBlank(Current))
            {
                lineBreak |= Current is '\n' or '\r';
                _at++;
            }
            else if (Current == '-' && Ahead() == '-')
            {
                SkipLine();
            }
            else
            {
                break;
            }
        }

        if (lineBreak && Current == '\'')
        {
            return true;
        }

        _at = end;
        return false;
    }

    private void ReadQuoted(char quote, StringBuilder value)
    {
        var start = _at++;
        while (_at < _text.Length)
        {
            if (Current == quote)
            {
                if (Ahead() != quote)
                {
                    _at++;
                    return;
                }

                _at++;
            }

            value.Append(_text[_at++]);
        }

        throw new SqlSyntaxException($"the {(quote == '"' ? "quoted name" : "string")} is not closed", start);
    }

    private void ReadEscaped(EscapedText value)
    {
        var start = _at++;
        while (_at < _text.Length)
        {
            if (Current == '\'' && Ahead() != '\'')
            {
                _at++;
                return;
            }

            if (Current == '\\')
            {
                _at++;
                ReadEscape(value, start);
            }
            else
            {
                _at += Current == '\'' ? 2 : 1;
                value.Add(_text[_at - 1]);
            }
        }

        throw new SqlSyntaxException("the string is not closed", start);
    }

    private void ReadEscape(EscapedText value, int start)
    {
        if (_at >= _text.Length)
        {
            throw new SqlSyntaxException("the string is not closed", start);
        }

        var escape = _text[_at++];
        switch (escape)
        {
            case 'b':
                value.Add('\b');
                break;
            case 'f':
                value.Add('\f');
                break;
            case 'n':
                value.Add('\n');
                break;
            case 'r':
                value.Add('\r');
                break;
            case 't':
                value.Add('\t');
                break;
            case 'v':
                value.Add('\v');
                break;
            case 'x' when char.IsAsciiHexDigit(Current):
                value.AddByte((byte)TakeDigits(2, radix: 16));
                break;
            case 'u':
                value.AddCodePoint(TakeCodePoint(4, start));
                break;
            case 'U':
                value.AddCodePoint(TakeCodePoint(8, start));
                break;
            case >= '0' and <= '7':
                _at--;
                value.AddByte((byte)TakeDigits(3, radix: 8));
                break;
            default:
                value.Add(escape);
                break;
        }
    }

    private uint TakeCodePoint(int digits, int start)
    {
        var from = _at;
        var number = TakeDigits(digits, radix: 16);
        return _at - from == digits
            ? number
            : throw new SqlSyntaxException("a Unicode escape is \\uXXXX or \\UXXXXXXXX", start);
    }

    private uint TakeDigits(int most, uint radix)
    {
        uint number = 0;
        for (var read = 0; read < most && IsDigit(Current, radix); read++)
        {
            number = (number * radix) + uint.Parse(Take(1), NumberStyles.AllowHexSpecifier, null);
        }

        return number;
    }
}
