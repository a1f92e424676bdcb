using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>
/// One key of an index, as <c>CREATE INDEX</c> writes it: a column's name or an expression, then, where they are not
/// the defaults, collation, operator class, direction and the place of nulls.
/// </summary>
[JsonConverter(typeof(IndexColumnConverter))]
[JsonSchema(
    """{"type": "string", "description": "As CREATE INDEX writes it: received_at, received_at DESC NULLS LAST, lower(email), client_key COLLATE \"C\" text_pattern_ops"}"""
)]
public sealed record IndexColumn
{
    /// <summary>The column's exact name; null for an expression.</summary>
    public string? Column { get; init; }

    /// <summary>The expression; null for a column.</summary>
    public string? Expression { get; init; }

    public string? Collation { get; init; }

    public string? Opclass { get; init; }

    public bool Desc { get; init; }

    public bool NullsFirst { get; init; }

    /// <summary>As SQL, with every name quoted.</summary>
    public string ToSql() =>
        Write(
            Column is null ? $"({Expression})" : SqlText.QuoteName(Column),
            QuotedPath(Collation),
            QuotedPath(Opclass)
        );

    /// <summary>As a manifest writes it, defaults left out.</summary>
    public override string ToString() =>
        Write(Column is null ? $"({Expression})" : SqlText.DisplayName(Column), Collation, Opclass);

    /// <exception cref="FormatException">The text is not an index key; the message says how one is written.</exception>
    public static IndexColumn Parse(string text)
    {
        // Most keys are a column and nothing else.
        if (SqlText.IsPlainName(text))
        {
            return new IndexColumn { Column = text };
        }

        IReadOnlyList<SqlToken> tokens;
        try
        {
            tokens = SqlLexer.Read(text);
        }
        catch (SqlSyntaxException notSql)
        {
            throw new FormatException($"{Form}; {notSql.Message}", notSql);
        }

        return new IndexColumnReader(text, tokens).Read() ?? throw new FormatException($"{Form}; not `{text}`");
    }

    private const string Form =
        "a column or an expression, then COLLATE, operator class, ASC or DESC, NULLS FIRST or LAST where they matter";

    private static string? QuotedPath(string? name) =>
        name is null ? null : string.Join('.', name.Split('.').Select(SqlText.QuoteName));

    /// <summary>Nulls come last in ascending order and first in descending order, unless it is said otherwise.</summary>
    private string Write(string key, string? collation, string? opclass) =>
        key
        + (collation is null ? "" : $" COLLATE {collation}")
        + (opclass is null ? "" : $" {opclass}")
        + (Desc ? " DESC" : "")
        + (
            NullsFirst == Desc ? ""
            : NullsFirst ? " NULLS FIRST"
            : " NULLS LAST"
        );
}

internal sealed class IndexColumnConverter : JsonConverter<IndexColumn>
{
    public override IndexColumn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("the key as CREATE INDEX writes it, such as `received_at DESC`");
        }

        try
        {
            return IndexColumn.Parse(reader.GetString()!);
        }
        catch (FormatException notAKey)
        {
            throw new JsonException(notAKey.Message, notAKey);
        }
    }

    public override void Write(Utf8JsonWriter writer, IndexColumn value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
