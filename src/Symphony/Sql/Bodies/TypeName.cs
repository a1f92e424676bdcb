namespace Symphony.Sql.Bodies;

/// <summary>A type's name in a cast (PostgreSQL manual, "Data Types").</summary>
internal static class TypeName
{
    public static void Skip(TokenReader reader)
    {
        var first = reader.Take("a type");
        if (!first.IsAnyName)
        {
            throw reader.NotRecognised(first, $"a type cannot begin with {first.Text}");
        }

        while (reader.TryTakeSymbol("."))
        {
            reader.TakeName("a type");
        }

        _ = reader.TryTakeWord("precision") || reader.TryTakeWord("varying");
        if (reader.IsAtSymbol("("))
        {
            reader.TakeParenthesised();
        }

        if (first.Text is "timestamp" or "time" && (reader.TryTakeWord("with") || reader.TryTakeWord("without")))
        {
            reader.TakeWord("time");
            reader.TakeWord("zone");
        }

        while (reader.TryTakeSymbol("["))
        {
            reader.TakeUntil("]", token => token.IsSymbol("]"));
            reader.TakeSymbol("]");
        }
    }
}
