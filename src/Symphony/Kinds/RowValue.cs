using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>
/// A value of a column as a manifest gives it: text, a number, true or false, null, or JSON; or a reference
/// <c>$row.column</c> to a row that was inserted before. <c>$$</c> begins a text that begins with a dollar.
/// </summary>
[JsonConverter(typeof(RowValueConverter))]
[JsonSchema(
    """{"description": "A value; null; or $row.column, the value that a row given before has. $$ begins a text with a dollar"}"""
)]
public sealed class RowValue
{
    private readonly JsonElement _json;

    private RowValue(JsonElement json) => _json = json;

    /// <summary>The name of the row that is referred to; null where the value stands here.</summary>
    public string? Row { get; private init; }

    /// <summary>The column that is referred to.</summary>
    public string? Column { get; private init; }

    [MemberNotNullWhen(true, nameof(Row), nameof(Column))]
    public bool IsReference => Row is not null;

    /// <summary>As text that the column's type reads; null for SQL's NULL.</summary>
    public string? Text =>
        _json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => _json.GetString()!.StartsWith("$$", StringComparison.Ordinal)
                ? _json.GetString()![1..]
                : _json.GetString(),
            _ => _json.GetRawText(),
        };

    /// <exception cref="JsonException">The text begins with a dollar and is no reference.</exception>
    public static RowValue Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String || json.GetString() is not ['$', .. var rest] || rest is ['$', ..])
        {
            return new RowValue(json);
        }

        return rest.Split('.', 2) is [{ Length: > 0 } row, { Length: > 0 } column]
            ? new RowValue(json) { Row = row, Column = column }
            : throw new JsonException("$row.column, or $$ at the beginning of a text that begins with a dollar");
    }

    public void WriteTo(Utf8JsonWriter writer) => _json.WriteTo(writer);

    public override string ToString() => IsReference ? $"${Row}.{Column}" : Text ?? "NULL";
}

internal sealed class RowValueConverter : JsonConverter<RowValue>, IReadsNull
{
    public override bool HandleNull => true;

    public override RowValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RowValue.Of(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, RowValue value, JsonSerializerOptions options) =>
        value.WriteTo(writer);
}
