using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>
/// A function's or procedure's exact name with the types of its input arguments, written
/// <c>schema.name(type, type)</c>. Built-in types go by any of their names, and a length says nothing here; any other
/// type stands as PostgreSQL prints it, with its schema.
/// </summary>
[JsonConverter(typeof(FunctionNameConverter))]
[JsonSchema("""{"type": "string"}""")]
public sealed record FunctionName(ObjectName Name, EquatableList<string> Arguments)
{
    /// <summary>The name with <paramref name="schema"/> where it names none itself.</summary>
    public FunctionName In(string schema) => this with { Name = Name.In(schema) };

    /// <summary>Name and argument types without the schema, as the catalog queries compare them.</summary>
    public string Signature => WritePart(Name.Name) + ArgumentList;

    private string ArgumentList => "(" + string.Join(", ", Arguments) + ")";

    /// <summary>As a manifest writes it.</summary>
    public override string ToString() => (Name.Schema is { } schema ? WritePart(schema) + "." : "") + Signature;

    /// <summary>As SQL; only for a function that was found, whose types the server itself has printed.</summary>
    public string ToSql() => Name.ToSql() + ArgumentList;

    /// <exception cref="FormatException">The text is not such a name; the message says how one is written.</exception>
    public static FunctionName Parse(string text)
    {
        var open = QuotedText.Bare(text).Where(bare => text[bare.At] == '(').Select(bare => bare.At).FirstOrDefault(-1);
        if (open < 1 || !text.EndsWith(')'))
        {
            throw NotAFunction(text);
        }

        var list = text[(open + 1)..^1];
        var arguments = string.IsNullOrWhiteSpace(list)
            ? []
            : QuotedText.Split(list, ',', nested: false).ConvertAll(TypeOf);
        if (arguments.Contains(""))
        {
            throw NotAFunction(text);
        }

        try
        {
            return new FunctionName(ObjectName.Parse(text[..open].Trim(' ')), new EquatableList<string>(arguments));
        }
        catch (FormatException)
        {
            throw NotAFunction(text);
        }
    }

    /// <summary>A type as the server prints it without its length; an empty text for what is none.</summary>
    public static string TypeOf(string text)
    {
        if (!IsType(text))
        {
            return "";
        }

        var type = WithoutLengths(ColumnType.Normalise(text)).Trim();
        return type switch
        {
            "bpchar" => "character",
            "bpchar[]" => "character[]",
            _ when type.StartsWith("interval ", StringComparison.Ordinal) => type.EndsWith(']')
                ? "interval[]"
                : "interval",
            _ => type,
        };
    }

    /// <summary>Words, names and what may stand around them: nothing that ends a type and begins something else.</summary>
    private static bool IsType(string text)
    {
        try
        {
            var tokens = SqlLexer.Read(text);
            return tokens.Count > 0
                && tokens.All(token =>
                    token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.Number
                    || (token.Kind == SqlTokenKind.Punctuation && token.Text is not (";" or ".."))
                );
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    private static string WithoutLengths(string type)
    {
        var kept = new StringBuilder();
        var start = 0;
        foreach (var (at, depth) in QuotedText.Bare(type))
        {
            if (depth == 1 && type[at] == '(')
            {
                kept.Append(type, start, at - start);
                start = type.Length;
            }
            else if (depth == 1 && type[at] == ')')
            {
                start = at + 1;
            }
        }

        return kept.Append(type, start, type.Length - start).ToString();
    }

    private static string WritePart(string part) =>
        part.Contains('(', StringComparison.Ordinal) || part.StartsWith(' ') || part.EndsWith(' ')
            ? SqlText.QuoteName(part)
            : ObjectName.WritePart(part);

    private static FormatException NotAFunction(string text) =>
        new($"a function with its argument types, such as app.approve(uuid, text) or app.now(); not `{text}`");
}

internal sealed class FunctionNameConverter : JsonConverter<FunctionName>
{
    public override FunctionName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text =
            reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : throw new JsonException("a function with its argument types");
        try
        {
            return FunctionName.Parse(text);
        }
        catch (FormatException notAFunction)
        {
            throw new JsonException(notAFunction.Message, notAFunction);
        }
    }

    public override void Write(Utf8JsonWriter writer, FunctionName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
