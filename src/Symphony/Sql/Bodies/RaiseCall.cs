namespace Symphony.Sql.Bodies;

/// <summary>A call of a built-in function of which it is known that it does not fail.</summary>
internal static class RaiseCall
{
    public static RaiseOperand Read(TokenReader reader, RaiseContext context)
    {
        if (reader.IsAtWord("pg_catalog") && reader.Peek(1)?.IsSymbol(".") == true)
        {
            reader.Take("a schema");
            reader.Take(".");
        }

        if (reader.Peek() is not { Kind: SqlTokenKind.Word } name || reader.Peek(1)?.IsSymbol("(") != true)
        {
            throw RaiseArgument.NotPlain(reader);
        }

        var start = reader.Copy();
        reader.Take("a function");
        var arguments = reader.TakeParenthesised().SplitAtCommas();
        var sort = (name.Text, arguments.Count) switch
        {
            (
                "now"
                    or "clock_timestamp"
                    or "statement_timestamp"
                    or "transaction_timestamp"
                    or "txid_current"
                    or "pg_backend_pid"
                    or "pg_trigger_depth",
                0
            ) => RaiseSort.Scalar,
            ("current_database" or "timeofday" or "version", 0) => RaiseSort.Text,
            ("current_timestamp" or "current_time" or "localtime" or "localtimestamp", 1) when IsNumber(arguments[0]) =>
                RaiseSort.Scalar,
            ("current_schema" or "inet_client_addr", 0) => Nullable(start, context, name),
            ("current_setting", 2) when IsConstant(arguments[0]) && arguments[1].IsAtWord("true") => Nullable(
                start,
                context,
                name
            ),
            ("current_setting", 1) when IsConstant(arguments[0]) && IsEverySetting(arguments[0]) => RaiseSort.Text,
            ("to_json" or "to_jsonb" or "row_to_json", 1) when IsRow(arguments[0]) => Row(start, context, name),
            ("concat", > 0) => Each(arguments, context, isGiven: false),
            ("concat_ws", > 1) when IsConstant(arguments[0]) => Each(arguments, context, isGiven: false),
            ("format", > 0) when IsFormat(arguments) => Each(arguments, context, isGiven: false),
            ("coalesce", > 1) => Coalesce(arguments, context),
            ("upper" or "lower" or "initcap" or "quote_ident" or "quote_literal" or "trim" or "btrim", 1) => Text(
                arguments[0],
                context,
                context.IsGiven
            ),
            ("cast", 1) => Cast(arguments[0], context),
            _ => throw RaiseArgument.NotPlain(start),
        };
        return new RaiseOperand(sort);
    }

    private static RaiseSort Nullable(TokenReader reader, RaiseContext context, SqlToken name)
    {
        RaiseOperandReader.RequireNullable(reader, context, name, isKnown: true);
        return name.Text == "inet_client_addr" ? RaiseSort.Scalar : RaiseSort.Text;
    }

    /// <summary>JSON of a row, which is NULL in a trigger of statements.</summary>
    private static RaiseSort Row(TokenReader reader, RaiseContext context, SqlToken name)
    {
        RaiseOperandReader.RequireNullable(reader, context, name, isKnown: true);
        return RaiseSort.Composite;
    }

    private static RaiseSort Each(IReadOnlyList<TokenReader> arguments, RaiseContext context, bool isGiven)
    {
        foreach (var argument in arguments)
        {
            RaiseArgument.ReadAll(argument, context.Inside(isGiven));
        }

        return RaiseSort.Text;
    }

    /// <summary>The first that is given; the last is, where one must be.</summary>
    private static RaiseSort Coalesce(IReadOnlyList<TokenReader> arguments, RaiseContext context)
    {
        foreach (var argument in arguments.SkipLast(1))
        {
            Text(argument, context, isGiven: false);
        }

        return Text(arguments[^1], context, context.IsGiven);
    }

    /// <summary>An argument that must be a text: what is of another type would be an error, or make others one.</summary>
    private static RaiseSort Text(TokenReader argument, RaiseContext context, bool isGiven)
    {
        var first = argument.Peek();
        return RaiseArgument.ReadAll(argument, context.Inside(isGiven)).Sort is RaiseSort.Text or RaiseSort.Constant
            ? RaiseSort.Text
            : throw argument.NotRecognised(first, "an argument of a call in RAISE is not certainly a text: cast it");
    }

    private static RaiseSort Cast(TokenReader argument, RaiseContext context)
    {
        var value = argument.TakeUntil("AS", token => token.IsWord("as"));
        argument.TakeWord("as");
        if (!argument.TryTakeWord("text") && !argument.TryTakeWord("varchar"))
        {
            throw argument.NotRecognised(
                argument.Peek(),
                "an argument of RAISE is cast, which may be an error of its own"
            );
        }

        RaiseArgument.ReadAll(value, context.Inside(context.IsGiven));
        return argument.AtEnd ? RaiseSort.Text : throw RaiseArgument.NotPlain(argument);
    }

    /// <summary>A format is a constant, asks for no more than is given, and for identifiers nowhere: those cannot be NULL.</summary>
    private static bool IsFormat(IReadOnlyList<TokenReader> arguments)
    {
        if (!IsConstant(arguments[0]))
        {
            return false;
        }

        var placeholders = arguments[0].Peek()!.Text.Replace("%%", "", StringComparison.Ordinal).Split('%').Skip(1);
        var sorts = placeholders.Select(rest => rest.Length > 0 ? rest[0] : ' ').ToList();
        return sorts.TrueForAll(sort => sort is 's' or 'L') && sorts.Count < arguments.Count;
    }

    private static bool IsConstant(TokenReader argument) =>
        argument.IsAt(SqlTokenKind.String) && argument.Peek(1) is null;

    private static bool IsNumber(TokenReader argument) =>
        argument.IsAt(SqlTokenKind.Number) && argument.Peek(1) is null;

    private static bool IsRow(TokenReader argument) =>
        argument.Peek(1) is null && (argument.IsAtWord("old") || argument.IsAtWord("new"));

    /// <summary>A setting that every server and session has.</summary>
    private static bool IsEverySetting(TokenReader argument) =>
        argument.Peek()!.Text.ToLowerInvariant() is "application_name" or "role" or "search_path" or "server_version";
}
