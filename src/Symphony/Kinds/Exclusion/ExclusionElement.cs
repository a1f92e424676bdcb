using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds.Exclusion;

/// <summary>
/// One element of an exclusion constraint as <c>EXCLUDE</c> writes it: an index key, WITH, and an operator, which is of
/// pg_catalog unless it is written <c>OPERATOR(schema.=)</c>.
/// </summary>
[JsonConverter(typeof(ExclusionElementConverter))]
[JsonSchema(
    """{"type": "string", "description": "As EXCLUDE writes it: room WITH =, during WITH &&, network inet_ops WITH OPERATOR(public.=)"}"""
)]
public sealed record ExclusionElement(IndexColumn Key, string OperatorSchema, string Operator)
{
    private const string BuiltIn = "pg_catalog";

    private const string Form = "a column or an expression as in an index, then WITH and an operator";

    /// <summary>As SQL, with every name quoted.</summary>
    public string ToSql() => $"{Key.ToSql()} WITH OPERATOR({SqlText.QuoteName(OperatorSchema)}.{Operator})";

    /// <summary>As a manifest writes it, defaults left out.</summary>
    public override string ToString() =>
        $"{Key} WITH "
        + (OperatorSchema == BuiltIn ? Operator : $"OPERATOR({SqlText.DisplayName(OperatorSchema)}.{Operator})");

    /// <exception cref="FormatException">The text is not an element; the message says how one is written.</exception>
    public static ExclusionElement Parse(string text)
    {
        IReadOnlyList<SqlToken> tokens;
        try
        {
            tokens = SqlLexer.Read(text);
        }
        catch (SqlSyntaxException notSql)
        {
            throw new FormatException($"{Form}; {notSql.Message}", notSql);
        }

        var with = Enumerable.Range(0, tokens.Count).LastOrDefault(at => tokens[at].IsWord("with"), -1);
        if (with < 1 || ReadOperator(text, [.. tokens.Skip(with + 1)]) is not var (schema, name))
        {
            throw new FormatException($"{Form}; not `{text}`");
        }

        return new ExclusionElement(IndexColumn.Parse(text[..tokens[with].Start]), schema, name);
    }

    private static (string Schema, string Name)? ReadOperator(string text, IReadOnlyList<SqlToken> tokens) =>
        tokens switch
        {
            [{ Kind: SqlTokenKind.Operator } only] => (BuiltIn, only.Text),
            [var word, var open, { IsAnyName: true } schema, var dot, { Kind: SqlTokenKind.Operator } name, var close]
                when word.IsWord("operator") && open.IsSymbol("(") && dot.IsSymbol(".") && close.IsSymbol(")") => (
                // A manifest's names keep their letters.
                schema.Kind == SqlTokenKind.Word
                    ? text[schema.Start..schema.End]
                    : schema.Text,
                name.Text
            ),
            _ => null,
        };
}

internal sealed class ExclusionElementConverter : JsonConverter<ExclusionElement>
{
    public override ExclusionElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("the element as EXCLUDE writes it, such as `during WITH &&`");
        }

        try
        {
            return ExclusionElement.Parse(reader.GetString()!);
        }
        catch (FormatException notAnElement)
        {
            throw new JsonException(notAnElement.Message, notAnElement);
        }
    }

    public override void Write(Utf8JsonWriter writer, ExclusionElement value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
