namespace Symphony.Sql.Bodies;

/// <summary>
/// Tells whether the body of a BEFORE ROW trigger's function can drop the row without a word: it returns NULL (or, for
/// a DELETE, NEW, which is NULL there). One that raises an error first drops nothing; in one that asks which operation
/// it is about (TG_OP) the NULL may be for another, so nothing is said of it.
/// </summary>
public static class DroppingBody
{
    /// <param name="body">The function's <c>prosrc</c>; the function is known to be in PL/pgSQL.</param>
    public static bool CanDrop(string body, bool isDelete)
    {
        if (RaisingBody.Read(body) is BodyReading.Raises || Tokens(body) is not { } tokens)
        {
            return false;
        }

        tokens = isDelete ? tokens : UnchangedRow.LeaveOut(tokens);
        return !tokens.Any(token => token.IsWord("tg_op"))
            && Enumerable
                .Range(0, Math.Max(0, tokens.Count - 2))
                .Any(at =>
                    tokens[at].IsWord("return")
                    && (tokens[at + 1].IsWord("null") || (isDelete && tokens[at + 1].IsWord("new")))
                    && tokens[at + 2].IsSymbol(";")
                );
    }

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
