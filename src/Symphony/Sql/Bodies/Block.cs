namespace Symphony.Sql.Bodies;

/// <summary>
/// The frame of a body: one plain block (PostgreSQL manual, "PL/pgSQL", "Structure of PL/pgSQL"). A DECLARE could hide
/// NEW behind a variable of that name, a label or a compiler directive changes what names mean, and an EXCEPTION clause
/// swallows errors: none of them is recognised.
/// </summary>
internal static class Block
{
    public static void TakeBegin(TokenReader reader)
    {
        var reason = reader.Peek() switch
        {
            { } token when token.IsWord("declare") => "a body with DECLARE is not recognised",
            { } token when token.IsSymbol("<<") => "a labelled block is not recognised",
            { } token when token.IsSymbol("#") => "a body with a compiler directive is not recognised",
            _ => null,
        };
        if (reason is not null)
        {
            throw reader.NotRecognised(reader.Peek(), reason);
        }

        reader.TakeWord("begin");
    }

    public static void TakeEnd(TokenReader reader)
    {
        RefuseExceptionClause(reader);
        reader.TakeWord("end");
        reader.TryTakeSymbol(";");
        if (!reader.AtEnd)
        {
            throw reader.Unexpected("nothing after END");
        }
    }

    public static void RefuseExceptionClause(TokenReader reader)
    {
        if (reader.IsAtWord("exception"))
        {
            throw reader.NotRecognised(reader.Peek(), "a block with an EXCEPTION clause is not recognised");
        }
    }

    /// <summary>The rest of a statement, up to the semicolon, which is taken.</summary>
    public static TokenReader TakeRestOfStatement(TokenReader reader)
    {
        var rest = reader.TakeUntil(";", token => token.IsSymbol(";"));
        reader.TakeSymbol(";");
        return rest;
    }
}
