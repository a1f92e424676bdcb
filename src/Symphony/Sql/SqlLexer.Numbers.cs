namespace Symphony.Sql;

// Numbers, and what begins with a dollar sign.
public sealed partial class SqlLexer
{
    /// <summary>
    /// <c>42</c>, <c>4.2</c>, <c>.5</c>, <c>1e-9</c>, <c>0x1F</c>, <c>1_000</c>; but <c>1..10</c> is two numbers.
    /// </summary>
    private string ReadNumber()
    {
        var start = _at;
        if (Radix() is { } radix)
        {
            _at += 2;
            SkipDigits(radix);
        }
        else
        {
            SkipDigits(10);
            if (Current == '.' && Ahead() != '.')
            {
                _at++;
                SkipDigits(10);
            }

            if (Current is 'e' or 'E' && char.IsAsciiDigit(Ahead(Ahead() is '+' or '-' ? 2 : 1)))
            {
                _at += 2;
                SkipDigits(10);
            }
        }

        RefuseWordHere(start);
        return _text[start.._at].ToLowerInvariant();
    }

    private uint? Radix()
    {
        uint? radix = (Current, Ahead()) switch
        {
            ('0', 'x' or 'X') => 16,
            ('0', 'o' or 'O') => 8,
            ('0', 'b' or 'B') => 2,
            _ => null,
        };
        return radix is { } some && (IsDigit(Ahead(2), some) || Ahead(2) == '_') ? radix : null;
    }

    private void SkipDigits(uint radix)
    {
        while (IsDigit(Current, radix) || (Current == '_' && IsDigit(Ahead(), radix)))
        {
            _at++;
        }
    }

    /// <summary>A parameter <c>$1</c>, or a string in <c>$$</c> or <c>$tag$</c>.</summary>
    private (SqlTokenKind Kind, string Text) ReadDollar()
    {
        var start = _at++;
        if (char.IsAsciiDigit(Current))
        {
            SkipDecimals();
            RefuseWordHere(start);
            return (SqlTokenKind.Parameter, _text[start.._at]);
        }

        while (IsWordStart(Current) || (_at > start + 1 && char.IsAsciiDigit(Current)))
        {
            _at++;
        }

        if (Current != '$')
        {
            throw new SqlSyntaxException("a dollar sign begins neither a parameter nor a dollar-quoted string", start);
        }

        _at++;
        var tag = _text[start.._at];
        var end = _text.IndexOf(tag, _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new SqlSyntaxException($"the string opened with {tag} is not closed", start);
        }

        var value = _text[_at..end];
        _at = end + tag.Length;
        return (SqlTokenKind.String, value);
    }

    private void SkipDecimals()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    /// <summary>PostgreSQL 14 still read <c>1a</c> as two tokens; later servers refuse it.</summary>
    private void RefuseWordHere(int start)
    {
        if (IsWordStart(Current))
        {
            throw new SqlSyntaxException($"a word follows {_text[start.._at]} without a space", start);
        }
    }

    private static bool IsDigit(char character, uint radix) =>
        radix switch
        {
            2 => character is '0' or '1',
            8 => character is >= '0' and <= '7',
            10 => char.IsAsciiDigit(character),
            _ => char.IsAsciiHexDigit(character),
        };
}
