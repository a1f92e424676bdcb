using System.Collections.Frozen;

namespace Symphony.Sql.Bodies;

/// <summary>
/// One RAISE statement (PostgreSQL manual, "PL/pgSQL", "Errors and Messages"). <paramref name="SqlState"/> is the code
/// of the error, when <paramref name="Level"/> is EXCEPTION; what its arguments read of rows are <paramref name="Fields"/>.
/// </summary>
internal sealed record RaiseStatement(string Level, string SqlState, IReadOnlyList<RowField> Fields)
{
    private const string Exception = "exception";
    private const string RaiseException = "P0001";

    private static readonly FrozenSet<string> Levels = FrozenSet.Create(
        StringComparer.Ordinal,
        Exception,
        "warning",
        "notice",
        "info",
        "log",
        "debug"
    );

    private static readonly FrozenSet<string> Options = FrozenSet.Create(
        StringComparer.Ordinal,
        "errcode",
        "message",
        "detail",
        "hint",
        "column",
        "constraint",
        "datatype",
        "table",
        "schema"
    );

    public bool RaisesError => Level == Exception;

    public static RaiseStatement Read(TokenReader reader)
    {
        reader.TakeWord("raise");
        var level = reader.TryTakeAnyWord(Levels) ?? Exception;
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        var fields = new List<RowField>();
        ReadSubject(reader, given, fields);
        if (reader.TryTakeWord("using"))
        {
            do
            {
                ReadOption(reader, given, fields);
            } while (reader.TryTakeSymbol(","));
        }

        reader.TakeSymbol(";");
        return new RaiseStatement(level, given.GetValueOrDefault("errcode") ?? RaiseException, fields);
    }

    /// <summary>What stands before USING: a message, a condition, an SQLSTATE, or nothing.</summary>
    private static void ReadSubject(TokenReader reader, Dictionary<string, string?> given, List<RowField> fields)
    {
        if (reader.IsAtWord("using"))
        {
            return;
        }

        if (reader.IsAt(SqlTokenKind.String))
        {
            given["message"] = null;
            ReadFormat(reader, fields);
        }
        else if (reader.TryTakeWord("sqlstate"))
        {
            var token = reader.IsAt(SqlTokenKind.String)
                ? reader.Take("a code")
                : throw reader.Unexpected("a code in quotes");
            given["errcode"] = ConditionNames.IsState(token.Text)
                ? State(reader, token)
                : throw reader.NotRecognised(token, $"'{token.Text}' is not an SQLSTATE");
        }
        else if (reader.Peek() is { IsAnyName: true })
        {
            var token = reader.Take("a condition");
            given["errcode"] =
                ConditionNames.StateOf(token.Text)
                ?? throw reader.NotRecognised(token, $"{token.Text} is not a condition's name");
        }
        else
        {
            throw reader.IsAtSymbol(";")
                ? reader.NotRecognised(reader.Peek(), "RAISE without a message raises only what a handler has caught")
                : reader.Unexpected("a message, a condition or USING");
        }
    }

    /// <summary>A format whose placeholders and arguments differ in number is an error of its own when it runs.</summary>
    private static void ReadFormat(TokenReader reader, List<RowField> fields)
    {
        var format = reader.Take("a message");
        var arguments = 0;
        while (reader.TryTakeSymbol(","))
        {
            RaiseArgument.Check(TakeArgument(reader), isOption: false, fields);
            arguments++;
        }

        var placeholders = format.Text.Replace("%%", "", StringComparison.Ordinal).Count(character => character == '%');
        if (placeholders != arguments)
        {
            throw reader.NotRecognised(
                format,
                $"the message has {placeholders} placeholders and {arguments} arguments"
            );
        }
    }

    private static void ReadOption(TokenReader reader, Dictionary<string, string?> given, List<RowField> fields)
    {
        var token = reader.Peek();
        var name = reader.TryTakeAnyWord(Options) ?? throw reader.Unexpected("an option of RAISE");
        reader.TakeEquals();
        var value = TakeArgument(reader);
        RaiseArgument.Check(value.Copy(), isOption: true, fields);
        var code = name == "errcode" ? ReadErrorCode(value) : null;
        if (!given.TryAdd(name, code))
        {
            throw reader.NotRecognised(
                token,
                $"{name.ToUpperInvariant()} is given twice, which is an error of its own"
            );
        }
    }

    private static string ReadErrorCode(TokenReader value)
    {
        var reader = value.Copy();
        if (!reader.IsAt(SqlTokenKind.String) || reader.Peek(1) is not null)
        {
            throw reader.NotRecognised(reader.Peek(), "ERRCODE is not one string constant");
        }

        var token = reader.Take("a code");
        return ConditionNames.IsState(token.Text)
            ? State(reader, token)
            : ConditionNames.StateOf(token.Text)
                ?? throw reader.NotRecognised(token, $"'{token.Text}' is neither an SQLSTATE nor a condition's name");
    }

    /// <summary>Code 00000 means success: RAISE then takes its default.</summary>
    private static string State(TokenReader reader, SqlToken token) =>
        token.Text != "00000" ? token.Text : throw reader.NotRecognised(token, "'00000' is not the code of an error");

    private static TokenReader TakeArgument(TokenReader reader) =>
        reader.TakeUntil(", or ;", token => token.IsSymbol(",") || token.IsSymbol(";") || token.IsWord("using"));
}
