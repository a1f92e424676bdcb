namespace Symphony.Sql.Bodies;

/// <summary>
/// Reads the expressions that can be vouched for (PostgreSQL manual, "Value Expressions"): constants, calls, casts,
/// arithmetic and concatenation of these, and the words that stand for the time, the user and the trigger's table.
/// </summary>
internal sealed class AssignedValueReader(TokenReader reader, int depth)
{
    public AssignedValue ReadOperations()
    {
        var value = ReadCasts();
        while (TryTakeOperator())
        {
            value = Combine(value, ReadCasts());
        }

        return value;
    }

    private bool TryTakeOperator()
    {
        if (reader.TryTakeWord("at"))
        {
            reader.TakeWord("time");
            reader.TakeWord("zone");
            return true;
        }

        return reader.Peek() is { Kind: SqlTokenKind.Operator } token
            && ValueWords.Operators.Contains(token.Text)
            && reader.TryTakeSymbol(token.Text);
    }

    /// <summary>Most operators give NULL for NULL, but not all do: with one, the outcome is in doubt.</summary>
    private static AssignedValue Combine(AssignedValue left, AssignedValue right) =>
        (left, right) switch
        {
            (AssignedValue.Vouched, AssignedValue.Vouched) => left,
            (AssignedValue.Doubtful, _) => left,
            (_, AssignedValue.Doubtful) => right,
            _ => new AssignedValue.Doubtful("an operator is given NULL"),
        };

    private AssignedValue ReadCasts()
    {
        while (reader.TryTakeSymbol("-") || reader.TryTakeSymbol("+"))
        {
            // A sign does not change whether a value is NULL.
        }

        var value = ReadOperand();
        while (reader.TryTakeSymbol("::"))
        {
            TypeName.Skip(reader);
        }

        return value;
    }

    private AssignedValue ReadOperand()
    {
        if (reader.IsAtSymbol("("))
        {
            return Inner(reader.TakeParenthesised());
        }

        var token = reader.Take("a value");
        return token.Kind switch
        {
            SqlTokenKind.String or SqlTokenKind.Number or SqlTokenKind.BitString => new AssignedValue.Vouched(),
            SqlTokenKind.Word => ReadKeyword(token) ?? ReadNamed(token),
            SqlTokenKind.QuotedName => ReadNamed(token),
            _ => throw reader.NotRecognised(token, $"a value cannot begin with {token.Text}"),
        };
    }

    private AssignedValue? ReadKeyword(SqlToken word) =>
        word.Text switch
        {
            "null" => new AssignedValue.Null(),
            "cast" => ReadCast(),
            "coalesce" or "greatest" or "least" => AssignedValue.FirstNotNull(
                reader.TakeParenthesised().SplitAtCommas(),
                depth
            ),
            "nullif" => ReadNullIf(reader.TakeParenthesised().SplitAtCommas()),
            "array" when reader.TryTakeSymbol("[") => ReadArray(),
            "extract" => ReadExtract(),
            var known when ValueWords.NeverNull.Contains(known) => ReadValueWord(),
            var other when ValueWords.Doubts.TryGetValue(other, out var reason) => throw reader.NotRecognised(
                word,
                reason
            ),
            _ => null,
        };

    /// <summary>CURRENT_TIMESTAMP and its like may have a precision.</summary>
    private AssignedValue.Vouched ReadValueWord()
    {
        if (reader.IsAtSymbol("("))
        {
            reader.TakeParenthesised();
        }

        return new AssignedValue.Vouched();
    }

    private AssignedValue ReadCast()
    {
        var inner = reader.TakeParenthesised();
        var value = Inner(inner.TakeUntil("AS", token => token.IsWord("as")));
        inner.TakeWord("as");
        TypeName.Skip(inner);
        return inner.AtEnd ? value : throw inner.Unexpected("the end of the type");
    }

    private AssignedValue ReadNullIf(IReadOnlyList<TokenReader> arguments)
    {
        var same =
            arguments.Count == 2
            && arguments.All(IsOneConstant)
            && arguments[0].Peek()?.Canonical == arguments[1].Peek()?.Canonical;
        return same || (arguments.Count > 0 && Inner(arguments[0]) is AssignedValue.Null)
            ? new AssignedValue.Null()
            : new AssignedValue.Doubtful("NULLIF may give NULL");
    }

    private static bool IsOneConstant(TokenReader argument) =>
        argument.Peek(1) is null && argument.Peek()?.Kind is SqlTokenKind.String or SqlTokenKind.Number;

    private AssignedValue.Vouched ReadArray()
    {
        var elements = reader.TakeUntil("]", token => token.IsSymbol("]"));
        reader.TakeSymbol("]");
        RequireVouched(elements.SplitAtCommas());
        return new AssignedValue.Vouched();
    }

    private AssignedValue ReadExtract()
    {
        var inner = reader.TakeParenthesised();
        inner.TakeUntil("FROM", token => token.IsWord("from"));
        inner.TakeWord("from");
        return Inner(inner);
    }

    /// <summary>A call, or a constant behind the name of its type; any other name may stand for NULL.</summary>
    private AssignedValue.Vouched ReadNamed(SqlToken first)
    {
        var last = first;
        while (reader.TryTakeSymbol("."))
        {
            reader.TakeName("a name");
            last = reader.Previous;
        }

        if (reader.IsAtSymbol("("))
        {
            var arguments = reader.TakeParenthesised().SplitAtCommas();
            if (
                ValueWords.NullableFunctions.Contains(last.Text)
                || (last.Text == "current_setting" && arguments.Count > 1)
            )
            {
                throw reader.NotRecognised(first, $"{reader.TextFrom(first)} may be NULL");
            }

            RequireVouched(arguments);
        }
        else if (reader.IsAt(SqlTokenKind.String))
        {
            reader.Take("a constant");
        }
        else
        {
            throw reader.NotRecognised(first, $"{reader.TextFrom(first)} may be NULL");
        }

        return new AssignedValue.Vouched();
    }

    /// <summary>Most functions give NULL when an argument is NULL.</summary>
    private void RequireVouched(IReadOnlyList<TokenReader> values)
    {
        foreach (var value in values)
        {
            var argument = value.Copy();
            SkipArgumentName(argument);
            switch (Inner(argument))
            {
                case AssignedValue.Null:
                    throw value.NotRecognised(value.Peek(), "an argument is NULL");
                case AssignedValue.Doubtful doubtful:
                    throw new ReadingEndedException(new BodyReading.NotRecognised(doubtful.Reason));
            }
        }
    }

    /// <summary><c>name => value</c></summary>
    private static void SkipArgumentName(TokenReader argument)
    {
        if (argument.Peek(1) is { } arrow && (arrow.IsSymbol("=>") || arrow.IsSymbol(":=")))
        {
            argument.TakeName("the argument's name");
            argument.Take("=>");
        }
    }

    private AssignedValue Inner(TokenReader expression) => AssignedValue.Read(expression, depth + 1);
}
