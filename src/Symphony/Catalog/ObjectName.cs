using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>
/// A relation's or function's exact catalog name, written <c>schema.name</c>; a part that holds a dot or a double
/// quote stands in SQL double quotes. Letters keep their case: <c>Tenants</c> is not <c>tenants</c>.
/// </summary>
[JsonConverter(typeof(ObjectNameConverter))]
[JsonSchema("""{"type": "string"}""")]
public sealed record ObjectName(string? Schema, string Name)
{
    /// <summary>The name with <paramref name="schema"/> where it names none itself.</summary>
    public ObjectName In(string schema) => Schema is null ? this with { Schema = schema } : this;

    /// <summary>As a manifest writes it.</summary>
    public override string ToString() => Schema is null ? WritePart(Name) : WritePart(Schema) + "." + WritePart(Name);

    /// <summary>As SQL text, every part quoted.</summary>
    public string ToSql() =>
        Schema is null ? SqlText.QuoteName(Name) : SqlText.QuoteName(Schema) + "." + SqlText.QuoteName(Name);

    /// <summary>One part of a name as a manifest writes it.</summary>
    public static string WritePart(string part) =>
        part.Length == 0 || part.AsSpan().ContainsAny('.', '"') ? SqlText.QuoteName(part) : part;

    /// <exception cref="FormatException">The text is not a name; the message says how one is written.</exception>
    public static ObjectName Parse(string text) => Plain(text) ?? Quoted(text);

    private static ObjectName Quoted(string text) =>
        QuotedText.Split(text, '.').ConvertAll(QuotedText.Unquote) switch
        {
            [{ } name] => new ObjectName(null, name),
            [{ } schema, { } name] => new ObjectName(schema, name),
            _ => throw NotAName(text),
        };

    /// <summary>The name where nothing is quoted, which is nearly always, without a list of its parts; null otherwise.</summary>
    private static ObjectName? Plain(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return text.Length == 0 || dot == 0 || dot == text.Length - 1 || text.Contains('"', StringComparison.Ordinal)
                ? null
            : dot < 0 ? new ObjectName(null, text)
            : text.IndexOf('.', dot + 1) < 0 ? new ObjectName(text[..dot], text[(dot + 1)..])
            : null;
    }

    private static FormatException NotAName(string text) =>
        new($"a name, or schema.name, with SQL double quotes around a part that holds a dot; not `{text}`");
}

internal sealed class ObjectNameConverter : JsonConverter<ObjectName>
{
    public override ObjectName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text =
            reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : throw new JsonException("a name, or schema.name");
        try
        {
            return ObjectName.Parse(text);
        }
        catch (FormatException notAName)
        {
            throw new JsonException(notAName.Message, notAName);
        }
    }

    public override void Write(Utf8JsonWriter writer, ObjectName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
