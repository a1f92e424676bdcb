namespace Symphony.Sql.Bodies;

/// <summary>A cursor over the tokens of a body, or over a part of them.</summary>
internal sealed class TokenReader
{
    private readonly string _body;
    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly int _end;
    private int _at;

    private TokenReader(string body, IReadOnlyList<SqlToken> tokens, int from, int end) =>
        (_body, _tokens, _at, _end) = (body, tokens, from, end);

    /// <summary>
    /// The tokens of a whole body. A backslash in a plain string is refused: what it means, and so where the string
    /// ends, depends on the <c>standard_conforming_strings</c> of the session that runs the function.
    /// </summary>
    public static TokenReader Open(string body)
    {
        try
        {
            var tokens = SqlLexer.Read(body);
            var reader = new TokenReader(body, tokens, 0, tokens.Count);
            foreach (
                var token in tokens.Where(token =>
                    body[token.Start] == '\'' && token.Text.Contains('\\', StringComparison.Ordinal)
                )
            )
            {
                throw reader.NotRecognised(
                    token,
                    "a backslash in a string that is not written E'…' has no fixed meaning"
                );
            }

            return reader;
        }
        catch (SqlSyntaxException error)
        {
            throw new ReadingEndedException(
                new BodyReading.NotRecognised($"line {Line(body, error.Offset)}: {error.Message}")
            );
        }
    }

    public bool AtEnd => _at >= _end;

    public SqlToken? Peek(int ahead = 0) => _at + ahead < _end ? _tokens[_at + ahead] : null;

    /// <summary>The token taken last.</summary>
    public SqlToken Previous => _tokens[_at - 1];

    public bool IsAtWord(string word) => Peek()?.IsWord(word) == true;

    public bool IsAtSymbol(string symbol) => Peek()?.IsSymbol(symbol) == true;

    public bool IsAt(SqlTokenKind kind) => Peek()?.Kind == kind;

    public SqlToken Take(string expected)
    {
        var token = Peek() ?? throw Unexpected(expected);
        _at++;
        return token;
    }

    public bool TryTakeWord(string word)
    {
        var found = IsAtWord(word);
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>The word taken, or null when the next token is none of them.</summary>
    public string? TryTakeAnyWord(IReadOnlySet<string> words)
    {
        var found = Peek() is { Kind: SqlTokenKind.Word } token && words.Contains(token.Text) ? token.Text : null;
        _at += found is null ? 0 : 1;
        return found;
    }

    public bool TryTakeSymbol(string symbol)
    {
        var found = IsAtSymbol(symbol);
        _at += found ? 1 : 0;
        return found;
    }

    public void TakeWord(string word)
    {
        if (!TryTakeWord(word))
        {
            throw Unexpected(word.ToUpperInvariant());
        }
    }

    public void TakeSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Unexpected(symbol);
        }
    }

    public string TakeName(string what) => Peek() is { IsAnyName: true } ? Take(what).Text : throw Unexpected(what);

    /// <summary>PL/pgSQL assigns, and names the options of RAISE, with <c>:=</c> or <c>=</c>.</summary>
    public void TakeEquals()
    {
        if (!TryTakeSymbol(":=") && !TryTakeSymbol("="))
        {
            throw Unexpected(":=");
        }
    }

    /// <summary>
    /// The tokens before the first one outside all parentheses and brackets that ends the part; that one is next.
    /// </summary>
    public TokenReader TakeUntil(string expected, Func<SqlToken, bool> isEnd)
    {
        var from = _at;
        var depth = 0;
        while (Peek() is { } token && !(depth == 0 && isEnd(token)))
        {
            depth += token.IsSymbol("(") || token.IsSymbol("[") ? 1 : 0;
            depth -= token.IsSymbol(")") || token.IsSymbol("]") ? 1 : 0;
            if (depth < 0)
            {
                throw Unexpected(expected);
            }

            _at++;
        }

        return AtEnd ? throw Unexpected(expected) : new TokenReader(_body, _tokens, from, _at);
    }

    /// <summary>What stands between the parenthesis that is next and the one that closes it; both are taken.</summary>
    public TokenReader TakeParenthesised()
    {
        TakeSymbol("(");
        var inner = TakeUntil(")", token => token.IsSymbol(")"));
        TakeSymbol(")");
        return inner;
    }

    /// <summary>All that is left, cut at the commas outside parentheses; nothing at all is an empty list.</summary>
    public IReadOnlyList<TokenReader> SplitAtCommas()
    {
        var parts = new List<TokenReader>();
        var from = _at;
        var depth = 0;
        for (; _at < _end; _at++)
        {
            var token = _tokens[_at];
            depth += token.IsSymbol("(") || token.IsSymbol("[") ? 1 : 0;
            depth -= token.IsSymbol(")") || token.IsSymbol("]") ? 1 : 0;
            if (depth == 0 && token.IsSymbol(","))
            {
                parts.Add(new TokenReader(_body, _tokens, from, _at));
                from = _at + 1;
            }
        }

        return from == _end && parts.Count == 0 ? [] : [.. parts, new TokenReader(_body, _tokens, from, _end)];
    }

    /// <summary>The same tokens from the same place, read apart from this reader.</summary>
    public TokenReader Copy() => new(_body, _tokens, _at, _end);

    /// <summary>What the body says from that token to the one taken last.</summary>
    public string TextFrom(SqlToken first) => _body[first.Start..Previous.End];

    public IEnumerable<SqlToken> Rest() => _tokens.Skip(_at).Take(_end - _at);

    public ReadingEndedException Unexpected(string expected) =>
        Peek() is { } token
            ? NotRecognised(token, $"expected {expected}, found {Shown(token)}")
            : NotRecognised(null, $"expected {expected}, found nothing more");

    public ReadingEndedException NotRecognised(SqlToken? token, string reason) =>
        new(new BodyReading.NotRecognised(Located(token, reason)));

    public ReadingEndedException Refuted(SqlToken? token, string reason) =>
        new(new BodyReading.Refuted(Located(token, reason)));

    private string Located(SqlToken? token, string reason)
    {
        var last = _end > 0 ? _tokens[_end - 1].Start : 0;
        return $"line {Line(_body, token?.Start ?? last)}: {reason}";
    }

    /// <summary>Lines as PL/pgSQL counts them in its error contexts: the text right after the opening quote is line 1.</summary>
    private static int Line(string body, int offset) => 1 + body.AsSpan(0, offset).Count('\n');

    private string Shown(SqlToken token)
    {
        const int most = 40;
        var text = _body[token.Start..token.End];
        return text.Length <= most ? text : text[..most] + "…";
    }
}
