namespace Symphony.Sql.Bodies;

/// <summary>
/// Tells whether the body of a BEFORE UPDATE ROW trigger's function can put back what a column was: it returns OLD, or
/// assigns NEW, or the column in it, something made of OLD. One that raises an error first restores nothing; in one
/// that asks which operation it is about (TG_OP) the statement may be for another, so nothing is said of it.
/// </summary>
public static class RestoringBody
{
    /// <param name="body">The function's <c>prosrc</c>; the function is known to be in PL/pgSQL.</param>
    /// <param name="columns">The exact names of the columns that matter.</param>
    public static bool CanRestore(string body, IReadOnlyList<string> columns)
    {
        if (RaisingBody.Read(body) is BodyReading.Raises || Tokens(body) is not { } tokens)
        {
            return false;
        }

        return !tokens.Any(token => token.IsWord("tg_op"))
            && Statements([.. UnchangedRow.LeaveOut(tokens)]).Any(statement => Restores(statement, columns));
    }

    private static bool Restores(ArraySegment<SqlToken> statement, IReadOnlyList<string> columns) =>
        statement switch
        {
            [var first, var row] => first.IsWord("return") && row.IsWord("old"),
            [var record, var sign, .. var value] when record.IsWord("new") && IsAssignment(sign) => value.Any(IsOld),
            [var record, var dot, var column, var sign, .. var value]
                when record.IsWord("new") && dot.IsSymbol(".") && IsAssignment(sign) => columns.Any(column.IsName)
                && value.Any(IsOld),
            _ => false,
        };

    private static bool IsOld(SqlToken token) => token.IsWord("old");

    private static bool IsAssignment(SqlToken token) => token.IsSymbol(":=") || token.IsSymbol("=");

    /// <summary>What stands between semicolons and the words after which a statement begins.</summary>
    private static IEnumerable<ArraySegment<SqlToken>> Statements(SqlToken[] tokens)
    {
        var from = 0;
        for (var at = 0; at <= tokens.Length; at++)
        {
            if (at == tokens.Length || tokens[at].IsSymbol(";") || Begins(tokens[at]))
            {
                yield return new ArraySegment<SqlToken>(tokens, from, at - from);
                from = at + 1;
            }
        }
    }

    private static bool Begins(SqlToken token) =>
        token is { Kind: SqlTokenKind.Word, Text: "begin" or "then" or "else" or "loop" };

    private static SqlToken[]? Tokens(string body)
    {
        try
        {
            return [.. SqlLexer.Read(body)];
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }
}
