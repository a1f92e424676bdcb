namespace Symphony.Sql.Bodies;

/// <summary>
/// An argument or option of RAISE is evaluated before the error is raised, and an error in it comes instead of the one
/// meant. So it is to be an expression that certainly has a value: constants, what PL/pgSQL says of the trigger, fields
/// of OLD and NEW, calls that cannot fail, and these joined with <c>||</c>.
/// </summary>
internal static class RaiseArgument
{
    private const int MostNested = 20;

    /// <param name="isOption">It is the value of an option, for which NULL is an error of its own.</param>
    /// <param name="fields">Takes the fields of OLD and NEW that it reads.</param>
    public static void Check(TokenReader argument, bool isOption, ICollection<RowField> fields) =>
        ReadAll(argument, new RaiseContext(isOption, fields, 0));

    /// <summary>An expression that is all that there is.</summary>
    public static RaiseOperand ReadAll(TokenReader reader, RaiseContext context)
    {
        if (context.Depth > MostNested)
        {
            throw reader.NotRecognised(reader.Peek(), "an argument of RAISE is nested too deep to be read");
        }

        var value = ReadJoined(reader, context);
        return reader.AtEnd ? value : throw NotPlain(reader);
    }

    public static ReadingEndedException NotPlain(TokenReader reader) =>
        reader.Peek() is { } token
            ? reader.NotRecognised(
                token,
                $"an argument of RAISE holds {token.Canonical}, which may fail with an error of its own"
            )
            : reader.Unexpected("an argument");

    /// <summary>
    /// Operands joined from the left. A text takes any other beside it; a constant takes the other's type, which not
    /// every constant is a value of.
    /// </summary>
    private static RaiseOperand ReadJoined(TokenReader reader, RaiseContext context)
    {
        var read = new RaiseOperandReader(reader, context);
        var left = read.Read();
        while (reader.IsAtSymbol("||"))
        {
            var join = reader.Take("||");
            var right = read.Read();
            if (!CanJoin(left.Sort, right.Sort))
            {
                throw reader.NotRecognised(join, "neither side of || is certainly a text");
            }

            foreach (var field in new[] { left.Field, right.Field }.OfType<RowField>())
            {
                context.Fields.Add(field with { Joined = true });
            }

            left = new RaiseOperand(RaiseSort.Text);
        }

        return left;
    }

    private static bool CanJoin(RaiseSort left, RaiseSort right) =>
        left == RaiseSort.Text
        || right == RaiseSort.Text
        || (left == RaiseSort.Constant && right is RaiseSort.Constant or RaiseSort.Scalar or RaiseSort.Field)
        || (right == RaiseSort.Constant && left is RaiseSort.Scalar or RaiseSort.Field);
}

/// <param name="IsGiven">The value must not be NULL.</param>
/// <param name="Fields">Takes the fields of OLD and NEW that are read.</param>
internal readonly record struct RaiseContext(bool IsGiven, ICollection<RowField> Fields, int Depth)
{
    public RaiseContext Inside(bool isGiven) => new(isGiven, Fields, Depth + 1);
}

/// <param name="Field">The field of OLD or NEW that it is.</param>
internal readonly record struct RaiseOperand(RaiseSort Sort, RowField? Field = null);

/// <summary>What an operand is to <c>||</c>.</summary>
internal enum RaiseSort
{
    /// <summary>A value of type text or name.</summary>
    Text,

    /// <summary>A string constant, or NULL, whose type is decided by what stands beside it.</summary>
    Constant,

    /// <summary>A value of a type that a text can be joined to, and that is joined to a constant as to a text.</summary>
    Scalar,

    /// <summary>A field of OLD or NEW, whose type only the table knows.</summary>
    Field,

    /// <summary>A row or JSON, which a constant beside it would be read as.</summary>
    Composite,
}
