using System.Buffers;
using System.Globalization;
using System.Text;

namespace Symphony.Sql;

/// <summary>
/// Reads SQL and PL/pgSQL as tokens, as PostgreSQL's own scanner does with <c>standard_conforming_strings</c> on
/// (PostgreSQL manual, chapter "Lexical Structure"). Comments and white space separate tokens and are not returned.
/// </summary>
public sealed class SqlLexer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?:";

    /// <summary>An operator that holds one of these may end in + or -.</summary>
    private static readonly SearchValues<char> SpecialOperatorCharacters = SearchValues.Create("~!@#%^&|`?");

    private readonly string _text;
    private int _at;

    private SqlLexer(string text) => _text = text;

    /// <exception cref="SqlSyntaxException">A string, name or comment is not closed, or a character is not SQL.</exception>
    public static IReadOnlyList<SqlToken> Read(string text)
    {
        var lexer = new SqlLexer(text);
        var tokens = new List<SqlToken>();
        while (lexer.Next() is { } token)
        {
            tokens.Add(token);
        }

        return tokens;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private char Ahead(int distance = 1) => _at + distance < _text.Length ? _text[_at + distance] : '\0';

    private SqlToken? Next()
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            return null;
        }

        var start = _at;
        var (kind, value) = ReadToken();
        return new SqlToken(kind, value, start, _at);
    }

    private (SqlTokenKind Kind, string Text) ReadToken()
    {
        var first = Current;
        if (first == '\'')
        {
            return (SqlTokenKind.String, ReadStrings(escapes: false));
        }

        if (first is 'e' or 'E' && Ahead() == '\'')
        {
            _at++;
            return (SqlTokenKind.String, ReadStrings(escapes: true));
        }

        if (first is 'b' or 'B' or 'x' or 'X' or 'n' or 'N' && Ahead() == '\'')
        {
            _at++;
            // A bit string is not the text of its digits: the prefix stays part of the value.
            var digits = ReadStrings(escapes: false);
            return (SqlTokenKind.String, first is 'n' or 'N' ? digits : char.ToLowerInvariant(first) + "'" + digits);
        }

        if (first is 'u' or 'U' && Ahead() == '&' && Ahead(2) is '\'' or '"')
        {
            return ReadUnicodeEscaped();
        }

        if (first == '"')
        {
            return (SqlTokenKind.QuotedName, ReadQuoted('"', "quoted name"));
        }

        if (first == '$')
        {
            return ReadDollar();
        }

        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Ahead())))
        {
            return (SqlTokenKind.Number, ReadNumber());
        }

        if (IsWordStart(first))
        {
            return (SqlTokenKind.Word, ReadWord());
        }

        if ("()[],;.".Contains(first, StringComparison.Ordinal))
        {
            _at++;
            return (SqlTokenKind.Punctuation, first.ToString());
        }

        return OperatorCharacters.Contains(first, StringComparison.Ordinal)
            ? (SqlTokenKind.Operator, ReadOperator())
            : throw new SqlSyntaxException($"the character U+{(int)first:X4} is not part of SQL", _at);
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (Current is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
            {
                _at++;
            }
            else if (Current == '-' && Ahead() == '-')
            {
                SkipLine();
            }
            else if (Current == '/' && Ahead() == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLine()
    {
        while (_at < _text.Length && Current is not ('\n' or '\r'))
        {
            _at++;
        }
    }

    private void SkipBlockComment()
    {
        var start = _at;
        var depth = 0;
        do
        {
            if (_at >= _text.Length)
            {
                throw new SqlSyntaxException("the comment is not closed", start);
            }

            if (Current == '/' && Ahead() == '*')
            {
                depth++;
                _at += 2;
            }
            else if (Current == '*' && Ahead() == '/')
            {
                depth--;
                _at += 2;
            }
            else
            {
                _at++;
            }
        }
        while (depth > 0);
    }

    /// <summary>Strings that only white space with a line break separates are one string.</summary>
    private string ReadStrings(bool escapes)
    {
        var value = escapes ? ReadEscapedString() : ReadQuoted('\'', "string");
        while (NextStringContinues())
        {
            value += escapes ? ReadEscapedString() : ReadQuoted('\'', "string");
        }

        return value;
    }

    private bool NextStringContinues()
    {
        var after = _at;
        var lineBreak = false;
        while (after < _text.Length && _text[after] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
        {
            lineBreak |= _text[after] is '\n' or '\r';
            after++;
        }

        if (!lineBreak || after >= _text.Length || _text[after] != '\'')
        {
            return false;
        }

        _at = after;
        return true;
    }

    private string ReadQuoted(char quote, string what)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length)
        {
            if (Current == quote)
            {
                if (Ahead() != quote)
                {
                    _at++;
                    return value.ToString();
                }

                _at++;
            }

            value.Append(_text[_at++]);
        }

        throw new SqlSyntaxException($"the {what} is not closed", start);
    }

    private string ReadEscapedString()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length)
        {
            if (Current == '\'' && Ahead() != '\'')
            {
                _at++;
                return value.ToString();
            }

            if (Current == '\\')
            {
                _at++;
                ReadEscape(value);
            }
            else
            {
                _at += Current == '\'' ? 2 : 1;
                value.Append(_text[_at - 1]);
            }
        }

        throw new SqlSyntaxException("the string is not closed", start);
    }

    private void ReadEscape(StringBuilder value)
    {
        var escape = Current;
        _at++;
        switch (escape)
        {
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'x' when char.IsAsciiHexDigit(Current): value.Append((char)ReadDigits(2, 16)); break;
            case 'u': value.Append((char)ReadDigits(4, 16)); break;
            case 'U': AppendScalar(value, ReadDigits(8, 16), _at); break;
            case >= '0' and <= '7':
                _at--;
                value.Append((char)(ReadDigits(3, 8) & 0xFF));
                break;
            default: value.Append(escape); break;
        }
    }

    private uint ReadDigits(int most, uint radix)
    {
        uint number = 0;
        for (var read = 0; read < most && IsDigit(Current, radix); read++)
        {
            number = (number * radix) + (uint)Convert.ToInt32(Current.ToString(), 16);
            _at++;
        }

        return number;
    }

    private static bool IsDigit(char character, uint radix) =>
        radix == 8 ? character is >= '0' and <= '7' : char.IsAsciiHexDigit(character);

    private static void AppendScalar(StringBuilder value, uint scalar, int offset)
    {
        if (!Rune.IsValid((int)scalar))
        {
            throw new SqlSyntaxException($"U+{scalar:X} is not a Unicode character", offset);
        }

        value.Append(new Rune(scalar).ToString());
    }

    /// <summary>U&amp;'…' and U&amp;"…" with the default escape character; a UENCODE clause is a token of its own.</summary>
    private (SqlTokenKind Kind, string Text) ReadUnicodeEscaped()
    {
        var start = _at;
        _at += 2;
        var isName = Current == '"';
        var raw = isName ? ReadQuoted('"', "quoted name") : ReadStrings(escapes: false);
        var value = new StringBuilder();
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                value.Append(raw[i]);
            }
            else if (i + 1 < raw.Length && raw[i + 1] == '\\')
            {
                value.Append(raw[++i]);
            }
            else
            {
                var wide = i + 1 < raw.Length && raw[i + 1] == '+';
                var from = i + (wide ? 2 : 1);
                var count = wide ? 6 : 4;
                if (from + count > raw.Length
                    || !uint.TryParse(raw.AsSpan(from, count), NumberStyles.AllowHexSpecifier, null, out var scalar))
                {
                    throw new SqlSyntaxException("a Unicode escape is \\XXXX or \\+XXXXXX", start);
                }

                if (wide)
                {
                    AppendScalar(value, scalar, start);
                }
                else
                {
                    value.Append((char)scalar);
                }

                i = from + count - 1;
            }
        }

        return (isName ? SqlTokenKind.QuotedName : SqlTokenKind.String, value.ToString());
    }

    private (SqlTokenKind Kind, string Text) ReadDollar()
    {
        var start = _at;
        if (char.IsAsciiDigit(Ahead()))
        {
            _at++;
            while (char.IsAsciiDigit(Current))
            {
                _at++;
            }

            return (SqlTokenKind.Parameter, _text[start.._at]);
        }

        var tagEnd = _at + 1;
        while (tagEnd < _text.Length && (IsWordStart(_text[tagEnd]) || (tagEnd > _at + 1 && char.IsAsciiDigit(_text[tagEnd]))))
        {
            tagEnd++;
        }

        if (tagEnd >= _text.Length || _text[tagEnd] != '$')
        {
            throw new SqlSyntaxException("a dollar sign begins neither a parameter nor a dollar-quoted string", start);
        }

        var tag = _text[_at..(tagEnd + 1)];
        var end = _text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new SqlSyntaxException($"the string opened with {tag} is not closed", start);
        }

        _at = end + tag.Length;
        return (SqlTokenKind.String, _text[(tagEnd + 1)..end]);
    }

    private string ReadNumber()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_'
            || (Current == '.' && Ahead() != '.')
            || (Current is '+' or '-' && _text[_at - 1] is 'e' or 'E' && !_text.AsSpan(start).StartsWith("0x", StringComparison.OrdinalIgnoreCase)))
        {
            _at++;
        }

        return _text[start.._at].ToLowerInvariant();
    }

    private string ReadWord()
    {
        var start = _at;
        while (IsWordStart(Current) || char.IsAsciiDigit(Current) || Current == '$')
        {
            _at++;
        }

        return FoldCase(_text[start.._at]);
    }

    /// <summary>ASCII letters only: what PostgreSQL does to others depends on the database's encoding.</summary>
    private static string FoldCase(string word) =>
        string.Create(word.Length, word, static (folded, source) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        });

    /// <summary>The longest run of operator characters, ended by a comment; <c>:=</c> and <c>::</c> stand alone.</summary>
    private string ReadOperator()
    {
        var start = _at;
        if (Current == ':')
        {
            _at += Ahead() is ':' or '=' ? 2 : 1;
            return _text[start.._at];
        }

        while (_at < _text.Length
            && OperatorCharacters.Contains(Current, StringComparison.Ordinal) && Current != ':'
            && !(Current == '-' && Ahead() == '-') && !(Current == '/' && Ahead() == '*'))
        {
            _at++;
        }

        // A run may end in + or - only when it holds one of these: "a=-1" is two operators.
        while (_at - start > 1 && _text[_at - 1] is '+' or '-'
            && _text.AsSpan(start, _at - start).IndexOfAny(SpecialOperatorCharacters) < 0)
        {
            _at--;
        }

        return _text[start.._at];
    }

    private static bool IsWordStart(char character) =>
        char.IsAsciiLetter(character) || character == '_' || character >= 0x80;
}
