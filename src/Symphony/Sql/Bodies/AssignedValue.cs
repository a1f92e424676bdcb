namespace Symphony.Sql.Bodies;

/// <summary>Whether an expression is NULL, as far as its tokens tell.</summary>
internal abstract record AssignedValue
{
    private AssignedValue() { }

    /// <summary>Made of constants, calls and operators only; not NULL unless a function called returns it.</summary>
    public sealed record Vouched : AssignedValue;

    /// <summary>Evidently NULL.</summary>
    public sealed record Null : AssignedValue;

    /// <summary>May be NULL, or is not understood.</summary>
    public sealed record Doubtful(string Reason) : AssignedValue;

    /// <summary>Reads all of the expression; what is not understood is <see cref="Doubtful"/>, never an exception.</summary>
    public static AssignedValue Read(TokenReader expression) => Read(expression, depth: 0);

    /// <summary>The value of COALESCE, GREATEST or LEAST, which are NULL only where all arguments are.</summary>
    public static AssignedValue FirstNotNull(IReadOnlyList<TokenReader> arguments) => FirstNotNull(arguments, depth: 0);

    internal static AssignedValue Read(TokenReader expression, int depth)
    {
        const int deepest = 50;
        if (depth > deepest)
        {
            return new Doubtful("the expression is nested too deeply");
        }

        try
        {
            var value = new AssignedValueReader(expression, depth).ReadOperations();
            return expression.AtEnd ? value : throw expression.Unexpected("the end of the expression");
        }
        catch (ReadingEndedException ended)
        {
            return new Doubtful(((BodyReading.NotRecognised)ended.Reading).Reason);
        }
    }

    internal static AssignedValue FirstNotNull(IReadOnlyList<TokenReader> arguments, int depth)
    {
        var values = arguments.Select(argument => Read(argument, depth + 1)).ToList();
        return values.Find(value => value is Vouched) ?? values.Find(value => value is Doubtful) ?? new Null();
    }
}
