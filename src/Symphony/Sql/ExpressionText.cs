namespace Symphony.Sql;

/// <summary>
/// What can be said of an SQL expression by its tokens alone, before a server is asked (PostgreSQL manual,
/// "Lexical Structure" and "Value Expressions").
/// </summary>
public static class ExpressionText
{
    /// <summary>
    /// Whether two expressions are the same token for token, parentheses around the whole aside. True means equal
    /// in meaning where both are read with the same search_path; false means that the server has to be asked.
    /// </summary>
    public static bool SameTokens(string a, string b)
    {
        try
        {
            return Inner(SqlLexer.Read(a)).SequenceEqual(Inner(SqlLexer.Read(b)), StringComparer.Ordinal);
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    /// <summary>
    /// Why an expression must not be put between parentheses into a statement, or null when that is safe: it then
    /// stays inside them and is one statement. Whether it is valid SQL only the server knows.
    /// </summary>
    public static string? Problem(string expression)
    {
        try
        {
            var tokens = SqlLexer.Read(expression);
            return tokens.Count == 0
                ? "the expression is empty"
                : TokenProblem(tokens) ?? EndProblem(expression[tokens[^1].End..]);
        }
        catch (SqlSyntaxException error)
        {
            return $"{error.Message} (character {error.Offset + 1})";
        }
    }

    /// <summary>
    /// Whether it names a function or an operator in a schema other than <c>pg_catalog</c>. A type with a length
    /// (<c>x::public.code(3)</c>) looks the same and counts, too. False when it cannot be read.
    /// </summary>
    public static bool CallsQualified(string expression)
    {
        try
        {
            var tokens = SqlLexer.Read(expression);
            return Enumerable
                .Range(0, Math.Max(0, tokens.Count - 3))
                .Any(at => IsQualifiedCall(tokens, at) || IsQualifiedOperator(tokens, at));
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    /// <summary>Whether it says NOT of a condition, not in IS NOT. True when it cannot be read.</summary>
    public static bool Negates(string expression)
    {
        try
        {
            var tokens = SqlLexer.Read(expression);
            return Enumerable
                .Range(0, tokens.Count)
                .Any(at => tokens[at].IsWord("not") && (at == 0 || !tokens[at - 1].IsWord("is")));
        }
        catch (SqlSyntaxException)
        {
            return true;
        }
    }

    /// <summary>
    /// Whether it may hold a subquery: a query's first word at its beginning or after a parenthesis. False when it
    /// cannot be read.
    /// </summary>
    public static bool HasSubquery(string expression)
    {
        try
        {
            var tokens = SqlLexer.Read(expression);
            return Enumerable
                .Range(0, tokens.Count)
                .Any(at => (at == 0 || tokens[at - 1].IsSymbol("(")) && BeginsQuery(tokens[at]));
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    private static bool BeginsQuery(SqlToken token) =>
        token.IsWord("select") || token.IsWord("with") || token.IsWord("values") || token.IsWord("table");

    private static string? TokenProblem(IReadOnlyList<SqlToken> tokens)
    {
        var open = new Stack<SqlToken>();
        foreach (var token in tokens)
        {
            if (token.Kind == SqlTokenKind.Parameter)
            {
                return $"the expression holds the parameter {token.Text} {At(token)}";
            }

            if (token.IsSymbol(";"))
            {
                return $"the expression holds a semicolon {At(token)}";
            }

            if (token.IsSymbol("(") || token.IsSymbol("["))
            {
                open.Push(token);
            }
            else if (
                (token.IsSymbol(")") || token.IsSymbol("]"))
                && !(open.TryPop(out var opened) && opened.IsSymbol(token.IsSymbol(")") ? "(" : "["))
            )
            {
                return $"nothing is open that the {token.Text} {At(token)} would close";
            }
        }

        return open.TryPeek(out var unclosed) ? $"the {unclosed.Text} {At(unclosed)} is not closed" : null;
    }

    /// <summary>A comment to the line's end would hide the closing parenthesis.</summary>
    private static string? EndProblem(string rest) =>
        string.IsNullOrWhiteSpace(rest) ? null : "the expression ends in a comment";

    private static string At(SqlToken token) => $"(character {token.Start + 1})";

    private static bool IsQualifiedCall(IReadOnlyList<SqlToken> tokens, int at) =>
        IsForeignSchema(tokens[at])
        && tokens[at + 1].IsSymbol(".")
        && tokens[at + 2].IsAnyName
        && tokens[at + 3].IsSymbol("(");

    private static bool IsQualifiedOperator(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].IsWord("operator")
        && tokens[at + 1].IsSymbol("(")
        && IsForeignSchema(tokens[at + 2])
        && tokens[at + 3].IsSymbol(".");

    private static bool IsForeignSchema(SqlToken token) => token.IsAnyName && token.Text != "pg_catalog";

    private static IEnumerable<string> Inner(IReadOnlyList<SqlToken> tokens)
    {
        var depth = RedundantParentheses(tokens);
        return tokens.Skip(depth).Take(tokens.Count - (2 * depth)).Select(token => token.Canonical);
    }

    /// <summary>
    /// How many pairs of parentheses enclose the whole and nothing but it. Those around a list of values make a row
    /// and those around nothing are not redundant.
    /// </summary>
    private static int RedundantParentheses(IReadOnlyList<SqlToken> tokens)
    {
        var leading = tokens.TakeWhile(token => token.IsSymbol("(")).Count();
        var depth = 0;
        var enclosing = leading;
        for (var at = 0; at < tokens.Count; at++)
        {
            depth += Step(tokens[at]);
            if (at >= leading && at < tokens.Count - enclosing)
            {
                enclosing = Math.Min(enclosing, tokens[at].IsSymbol(",") ? depth - 1 : depth);
            }
        }

        var trailing = tokens.Reverse().TakeWhile(token => token.IsSymbol(")")).Count();
        enclosing = Math.Min(enclosing, trailing);
        return depth == 0 && tokens.Count > 2 * enclosing ? Math.Max(enclosing, 0) : 0;
    }

    private static int Step(SqlToken token) =>
        token.Text switch
        {
            _ when token.Kind != SqlTokenKind.Punctuation => 0,
            "(" or "[" => 1,
            ")" or "]" => -1,
            _ => 0,
        };
}
