using System.Buffers;

namespace Symphony.Sql;

/// <summary>
/// Reads SQL and PL/pgSQL as tokens, as PostgreSQL's own scanner does with <c>standard_conforming_strings</c> on
/// (PostgreSQL manual, chapter "Lexical Structure"). Comments and white space separate tokens and are not returned.
/// The time taken is linear in the length of the text.
/// </summary>
public sealed partial class SqlLexer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";

    /// <summary>PostgreSQL's NAMEDATALEN is 64, the end mark included.</summary>
    private const int LongestOperator = 63;

    /// <summary>An operator that holds one of these may end in + or -.</summary>
    private static readonly SearchValues<char> SpecialOperatorCharacters = SearchValues.Create("~!@#%^&|`?");

    private readonly string _text;
    private int _at;

    private SqlLexer(string text) => _text = text;

    /// <exception cref="SqlSyntaxException">A string, name or comment is not closed, or a character is not SQL.</exception>
    public static IReadOnlyList<SqlToken> Read(string text)
    {
        var zero = text.IndexOf('\0', StringComparison.Ordinal);
        if (zero >= 0)
        {
            throw new SqlSyntaxException("PostgreSQL text cannot hold a zero byte", zero);
        }

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

    private (SqlTokenKind Kind, string Text) ReadToken() =>
        Current switch
        {
            '\'' => (SqlTokenKind.String, ReadStrings(escapes: false)),
            '"' => (SqlTokenKind.QuotedName, ReadName()),
            '$' => ReadDollar(),
            'e' or 'E' when Ahead() == '\'' => (SqlTokenKind.String, ReadEscapedStrings()),
            'b' or 'B' or 'x' or 'X' when Ahead() == '\'' => (SqlTokenKind.BitString, ReadBitString()),
            'n' or 'N' when Ahead() == '\'' => ReadNationalPrefix(),
            'u' or 'U' when Ahead() == '&' && Ahead(2) == '\'' => (SqlTokenKind.String, ReadUnicodeString()),
            'u' or 'U' when Ahead() == '&' && Ahead(2) == '"' => (SqlTokenKind.QuotedName, ReadUnicodeName()),
            '.' when Ahead() == '.' => (SqlTokenKind.Punctuation, Take(2)),
            '.' when char.IsAsciiDigit(Ahead()) => (SqlTokenKind.Number, ReadNumber()),
            '(' or ')' or '[' or ']' or ',' or ';' or '.' => (SqlTokenKind.Punctuation, Take(1)),
            ':' => (SqlTokenKind.Operator, Take(Ahead() is ':' or '=' ? 2 : 1)),
            var digit when char.IsAsciiDigit(digit) => (SqlTokenKind.Number, ReadNumber()),
            var letter when IsWordStart(letter) => (SqlTokenKind.Word, ReadWord()),
            var symbol when IsOperatorCharacter(symbol) => (SqlTokenKind.Operator, ReadOperator()),
            var other => throw new SqlSyntaxException($"the character U+{(int)other:X4} is not part of SQL", _at),
        };

    private string Take(int length)
    {
        _at += length;
        return _text[(_at - length).._at];
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (IsBlank(Current))
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

            var change = (Current, Ahead()) switch
            {
                ('/', '*') => 1,
                ('*', '/') => -1,
                _ => 0,
            };
            depth += change;
            _at += change == 0 ? 1 : 2;
        } while (depth > 0);
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
        string.Create(
            word.Length,
            word,
            static (folded, source) =>
            {
                for (var i = 0; i < folded.Length; i++)
                {
                    folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
                }
            }
        );

    /// <summary>The longest run of operator characters; a comment ends it.</summary>
    private string ReadOperator()
    {
        var start = _at;
        while (
            IsOperatorCharacter(Current) && !(Current == '-' && Ahead() == '-') && !(Current == '/' && Ahead() == '*')
        )
        {
            if (++_at - start > LongestOperator)
            {
                throw new SqlSyntaxException($"an operator is longer than {LongestOperator} characters", start);
            }
        }

        // Without a special character a run does not end in + or -: "a=-1" holds two operators.
        if (_text.AsSpan(start, _at - start).IndexOfAny(SpecialOperatorCharacters) < 0)
        {
            while (_at - start > 1 && _text[_at - 1] is '+' or '-')
            {
                _at--;
            }
        }

        return _text[start.._at];
    }

    private static bool IsOperatorCharacter(char character) =>
        OperatorCharacters.Contains(character, StringComparison.Ordinal);

    private static bool IsWordStart(char character) =>
        char.IsAsciiLetter(character) || character == '_' || character >= 0x80;

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
}
