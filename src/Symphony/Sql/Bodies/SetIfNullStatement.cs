namespace Symphony.Sql.Bodies;

/// <summary>A statement that a set-if-null body may consist of (PostgreSQL manual, "PL/pgSQL", "Basic Statements").</summary>
internal abstract record SetIfNullStatement(SqlToken Start)
{
    /// <summary><c>NULL;</c></summary>
    public sealed record Nothing(SqlToken Start) : SetIfNullStatement(Start);

    /// <summary><c>NEW.column := value;</c></summary>
    public sealed record Assignment(SqlToken Start, string Column, TokenReader Value) : SetIfNullStatement(Start);

    /// <summary><c>IF NEW.column IS NULL THEN … END IF;</c></summary>
    public sealed record WhereNull(SqlToken Start, string Column, IReadOnlyList<SetIfNullStatement> Statements)
        : SetIfNullStatement(Start);

    /// <summary><c>RETURN NEW;</c>, or something else than NEW.</summary>
    public sealed record Return(SqlToken Start, string? What) : SetIfNullStatement(Start);

    /// <summary>The statements of the whole body, the last of which returns.</summary>
    public static IReadOnlyList<SetIfNullStatement> ReadBody(TokenReader reader)
    {
        Block.TakeBegin(reader);
        var statements = new List<SetIfNullStatement>();
        while (!reader.IsAtWord("end"))
        {
            Block.RefuseExceptionClause(reader);
            statements.Add(reader.IsAtWord("return") ? ReadReturn(reader) : ReadSimple(reader) ?? ReadIf(reader));
        }

        Block.TakeEnd(reader);
        return statements;
    }

    private static SetIfNullStatement? ReadSimple(TokenReader reader)
    {
        if (reader.IsAtWord("null"))
        {
            var start = reader.Take("NULL");
            reader.TakeSymbol(";");
            return new Nothing(start);
        }

        return IsAtNewField(reader) ? ReadAssignment(reader) : null;
    }

    private static Assignment ReadAssignment(TokenReader reader)
    {
        var start = reader.Peek()!;
        var column = TakeNewField(reader);
        reader.TakeEquals();
        return new Assignment(start, column, Block.TakeRestOfStatement(reader));
    }

    private static WhereNull ReadIf(TokenReader reader)
    {
        if (!reader.IsAtWord("if"))
        {
            throw reader.Unexpected("IF NEW.column IS NULL, NEW.column := … or RETURN NEW");
        }

        var start = reader.Take("IF");
        var column = ReadIsNull(reader.TakeUntil("THEN", token => token.IsWord("then")));
        reader.TakeWord("then");
        var statements = new List<SetIfNullStatement>();
        while (!reader.TryTakeWord("end"))
        {
            statements.Add(ReadSimple(reader) ?? throw reader.Unexpected("NEW.column := … or END IF"));
        }

        reader.TakeWord("if");
        reader.TakeSymbol(";");
        return new WhereNull(start, column, statements);
    }

    /// <summary><c>NEW.column IS NULL</c>, the whole possibly in parentheses, and nothing else.</summary>
    private static string ReadIsNull(TokenReader condition)
    {
        while (condition.IsAtSymbol("("))
        {
            var inner = condition.TakeParenthesised();
            RefuseMore(condition);
            condition = inner;
        }

        var column = TakeNewField(condition);
        if (!condition.TryTakeWord("isnull"))
        {
            condition.TakeWord("is");
            condition.TakeWord("null");
        }

        RefuseMore(condition);
        return column;
    }

    private static void RefuseMore(TokenReader condition)
    {
        if (!condition.AtEnd)
        {
            throw condition.Unexpected("THEN after a test of one column");
        }
    }

    private static Return ReadReturn(TokenReader reader)
    {
        var start = reader.Take("RETURN");
        var what = Block.TakeRestOfStatement(reader).Rest().ToList();
        return new Return(start, what.Count == 1 && what[0].IsAnyName ? what[0].Text : null);
    }

    internal static bool IsAtNewField(TokenReader reader) =>
        reader.Peek()?.IsName("new") == true && reader.Peek(1)?.IsSymbol(".") == true;

    internal static string TakeNewField(TokenReader reader)
    {
        if (!IsAtNewField(reader))
        {
            throw reader.Unexpected("NEW.column");
        }

        reader.Take("NEW");
        reader.TakeSymbol(".");
        return reader.TakeName("a column of NEW");
    }
}
