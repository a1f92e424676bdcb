using System.Collections.Frozen;

namespace Symphony.Sql.Bodies;

/// <summary>Reads what stands between the joins of an argument of RAISE.</summary>
internal sealed class RaiseOperandReader(TokenReader reader, RaiseContext context)
{
    /// <summary>What PL/pgSQL and SQL have a word for; never NULL.</summary>
    private static readonly FrozenDictionary<string, RaiseSort> Words = new Dictionary<string, RaiseSort>
    {
        ["tg_name"] = RaiseSort.Text,
        ["tg_when"] = RaiseSort.Text,
        ["tg_level"] = RaiseSort.Text,
        ["tg_op"] = RaiseSort.Text,
        ["tg_relname"] = RaiseSort.Text,
        ["tg_table_name"] = RaiseSort.Text,
        ["tg_table_schema"] = RaiseSort.Text,
        ["tg_relid"] = RaiseSort.Scalar,
        ["tg_nargs"] = RaiseSort.Scalar,
        ["found"] = RaiseSort.Scalar,
        ["current_user"] = RaiseSort.Text,
        ["session_user"] = RaiseSort.Text,
        ["user"] = RaiseSort.Text,
        ["current_role"] = RaiseSort.Text,
        ["current_catalog"] = RaiseSort.Text,
        ["current_timestamp"] = RaiseSort.Scalar,
        ["current_date"] = RaiseSort.Scalar,
        ["current_time"] = RaiseSort.Scalar,
        ["localtime"] = RaiseSort.Scalar,
        ["localtimestamp"] = RaiseSort.Scalar,
        ["true"] = RaiseSort.Scalar,
        ["false"] = RaiseSort.Scalar,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public RaiseOperand Read()
    {
        var operand = ReadValue();
        while (reader.IsAtSymbol("::") || IsAtMember(operand))
        {
            operand = reader.TryTakeSymbol("::") ? ReadCast(operand) : ReadMember();
        }

        return operand;
    }

    private RaiseOperand ReadValue()
    {
        if (reader.IsAtSymbol("("))
        {
            return RaiseArgument.ReadAll(reader.TakeParenthesised(), context.Inside(context.IsGiven));
        }

        var token = reader.Peek();
        if (token?.Kind is SqlTokenKind.String or SqlTokenKind.Number)
        {
            reader.Take("a constant");
            return new RaiseOperand(token.Kind == SqlTokenKind.String ? RaiseSort.Constant : RaiseSort.Scalar);
        }

        if (token is not { Kind: SqlTokenKind.Word })
        {
            throw RaiseArgument.NotPlain(reader);
        }

        if (token.Text is "old" or "new")
        {
            return ReadRow(token);
        }

        if (reader.Peek(1) is { } next && (next.IsSymbol("(") || next.IsSymbol(".")))
        {
            return RaiseCall.Read(reader, context);
        }

        return ReadWord(token);
    }

    private RaiseOperand ReadWord(SqlToken token)
    {
        if (Words.TryGetValue(token.Text, out var sort))
        {
            reader.Take("a value");
            return new RaiseOperand(sort);
        }

        RequireNullable(reader, context, token, token.Text is "tg_argv" or "null" or "current_schema");
        reader.Take("a value");
        if (token.Text != "tg_argv")
        {
            return new RaiseOperand(token.Text == "null" ? RaiseSort.Constant : RaiseSort.Text);
        }

        reader.TakeSymbol("[");
        _ = reader.IsAt(SqlTokenKind.Number) ? reader.Take("a number") : throw RaiseArgument.NotPlain(reader);
        reader.TakeSymbol("]");
        return new RaiseOperand(RaiseSort.Text);
    }

    /// <summary>One that may be NULL is in place only where NULL is no error.</summary>
    internal static void RequireNullable(TokenReader reader, RaiseContext context, SqlToken token, bool isKnown)
    {
        if (!isKnown)
        {
            throw RaiseArgument.NotPlain(reader);
        }

        if (context.IsGiven)
        {
            throw reader.NotRecognised(
                token,
                $"{token.Text.ToUpperInvariant()} may be NULL, which is an error of its own: give it to format() or concat()"
            );
        }
    }

    /// <summary>A field, or the row as a whole, which is NULL in a trigger of statements.</summary>
    private RaiseOperand ReadRow(SqlToken record)
    {
        if (reader.Peek(1)?.IsSymbol(".") != true)
        {
            RequireNullable(reader, context, record, isKnown: true);
            reader.Take("a row");
            return new RaiseOperand(RaiseSort.Composite);
        }

        reader.Take("a row");
        reader.TakeSymbol(".");
        var field = new RowField(record.Text, reader.TakeName("a column"), Joined: false, context.IsGiven);
        if (reader.IsAtSymbol(".") || reader.IsAtSymbol("["))
        {
            throw RaiseArgument.NotPlain(reader); // Part of a value, which a value of another type does not have.
        }

        context.Fields.Add(field);
        return new RaiseOperand(RaiseSort.Field, field);
    }

    private RaiseOperand ReadCast(RaiseOperand operand)
    {
        if (reader.IsAtWord("pg_catalog") && reader.Peek(1)?.IsSymbol(".") == true)
        {
            reader.Take("a schema");
            reader.Take(".");
        }

        var type = reader.Peek();
        if (reader.TryTakeWord("text") || reader.TryTakeWord("varchar"))
        {
            return new RaiseOperand(RaiseSort.Text); // Every type has a text.
        }

        return operand.Sort == RaiseSort.Scalar && reader.TryTakeWord("regclass")
            ? new RaiseOperand(RaiseSort.Scalar)
            : throw reader.NotRecognised(type, "an argument of RAISE is cast, which may be an error of its own");
    }

    private bool IsAtMember(RaiseOperand operand) =>
        operand.Sort == RaiseSort.Composite && (reader.IsAtSymbol("->") || reader.IsAtSymbol("->>"));

    /// <summary>A member of what <see cref="RaiseCall"/> made JSON; NULL where there is none.</summary>
    private RaiseOperand ReadMember()
    {
        var arrow = reader.Take("->");
        RequireNullable(reader, context, arrow, isKnown: true);
        _ = reader.IsAt(SqlTokenKind.String) ? reader.Take("a key") : throw RaiseArgument.NotPlain(reader);
        return new RaiseOperand(arrow.Text == "->>" ? RaiseSort.Text : RaiseSort.Composite);
    }
}
