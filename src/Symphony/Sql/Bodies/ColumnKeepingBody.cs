namespace Symphony.Sql.Bodies;

/// <summary>
/// Tells whether the body of a BEFORE trigger's function certainly leaves a column of NEW as it is: it never speaks of
/// the column, never assigns NEW as a whole, runs no dynamic SQL, and returns NEW or no row at all.
/// </summary>
public static class ColumnKeepingBody
{
    /// <param name="body">The function's <c>prosrc</c>; the function is known to be in PL/pgSQL.</param>
    /// <param name="column">The column's exact name.</param>
    /// <returns><see cref="BodyReading.Keeps"/>, or <see cref="BodyReading.NotRecognised"/> with the reason.</returns>
    public static BodyReading Read(string body, string column)
    {
        if (Tokens(body) is not { } tokens)
        {
            return new BodyReading.NotRecognised("it cannot be read as PL/pgSQL");
        }

        var reason = Enumerable
            .Range(0, tokens.Count)
            .Select(at => Doubt(tokens, at, column))
            .FirstOrDefault(doubt => doubt is not null);
        return reason is null ? new BodyReading.Keeps() : new BodyReading.NotRecognised(reason);
    }

    /// <summary>
    /// Whether the body certainly passes the row on, so that none is dropped without a word: every RETURN returns it,
    /// and nothing is assigned to it as a whole. For a DELETE that is OLD: NEW is NULL there, which drops the row.
    /// </summary>
    public static bool ReturnsTheRow(string body, bool isDelete)
    {
        if (Tokens(body) is not { } tokens || tokens.Any(token => token.IsWord("declare")))
        {
            return false;
        }

        // One that never returns can only raise an error.
        return tokens.Any(token => token.IsWord("return"))
            && Enumerable
                .Range(0, tokens.Count)
                .All(at =>
                    tokens[at].IsWord("return")
                        ? ReturnsRow(tokens, at, isDelete)
                        : !IsRow(tokens, at) || OnlyReads(tokens, at)
                );
    }

    private static bool ReturnsRow(IReadOnlyList<SqlToken> tokens, int at, bool isDelete) =>
        (isDelete ? at + 1 < tokens.Count && tokens[at + 1].IsWord("old") : IsRow(tokens, at + 1))
        && IsSymbol(tokens, at + 2, ";");

    private static string? Doubt(IReadOnlyList<SqlToken> tokens, int at, string column)
    {
        var token = tokens[at];
        return token switch
        {
            { IsAnyName: true } when token.Text == column => $"it speaks of {SqlText.DisplayName(column)}",
            { Kind: SqlTokenKind.Word, Text: "execute" } => "it runs dynamic SQL",
            { Kind: SqlTokenKind.Word, Text: "declare" } => "it declares variables, which may hide NEW",
            { Kind: SqlTokenKind.Word, Text: "return" } when !ReturnsNewOrNothing(tokens, at) =>
                "it returns something else than NEW",
            { Kind: SqlTokenKind.Word, Text: "new" } when !OnlyReads(tokens, at) => "it may assign NEW as a whole",
            _ => null,
        };
    }

    private static bool ReturnsNewOrNothing(IReadOnlyList<SqlToken> tokens, int at) =>
        at + 1 < tokens.Count
        && (tokens[at + 1].IsWord("new") || tokens[at + 1].IsWord("null"))
        && IsSymbol(tokens, at + 2, ";");

    /// <summary>A field of NEW, NEW returned, or NEW as an argument.</summary>
    private static bool OnlyReads(IReadOnlyList<SqlToken> tokens, int at) =>
        IsSymbol(tokens, at + 1, ".")
        || (at > 0 && tokens[at - 1].IsWord("return") && IsSymbol(tokens, at + 1, ";"))
        || (
            at > 0 && (IsSymbol(tokens, at - 1, "(") || IsSymbol(tokens, at - 1, ",")) && IsSymbol(tokens, at + 1, ")")
        );

    private static bool IsRow(IReadOnlyList<SqlToken> tokens, int at) =>
        at < tokens.Count && (tokens[at].IsWord("new") || tokens[at].IsWord("old"));

    private static bool IsSymbol(IReadOnlyList<SqlToken> tokens, int at, string symbol) =>
        at < tokens.Count && tokens[at].IsSymbol(symbol);

    private static IReadOnlyList<SqlToken>? Tokens(string body)
    {
        try
        {
            return SqlLexer.Read(body);
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }
}
