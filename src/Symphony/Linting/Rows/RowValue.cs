using System.Globalization;
using System.Text.RegularExpressions;
using Symphony.Schemas;
using Symphony.Sql;

namespace Symphony.Linting.Rows;

/// <summary>
/// A value that a column's type takes, made of a row's number: the same type and number give the same value in every
/// table, so that rows of tables which refer to each other fit together.
/// </summary>
internal static partial class RowValue
{
    /// <summary>Out of the way of sequences, which begin at 1.</summary>
    private const int FarFromSequences = 1_000_000_000;

    /// <summary>SQL text, or null where no value of the type is known.</summary>
    public static string? Of(SchemaObject column, SchemaImage image, int row)
    {
        var typeName = column.Word("element") ?? column.Word("base") ?? "";
        if (column.Word("category") == "A")
        {
            return "'{}'";
        }

        if (column.Word("category") == "E")
        {
            return LabelsOf(column, image) is [var label, ..] ? SqlText.QuoteLiteral(label) : null;
        }

        var day = (row % 28 + 1).ToString("00", CultureInfo.InvariantCulture);
        return typeName switch
        {
            "int4" or "int8" or "oid" or "numeric" or "float4" or "float8" or "money" => Number(column, row),
            "int2" => $"'{30_000 + row}'",
            "bool" => "'false'",
            "text" or "varchar" or "bpchar" or "name" or "citext" => SqlText.QuoteLiteral(Text(column, row)),
            "uuid" => $"'00000000-0000-4000-8000-{row:000000000000}'",
            "date" => $"'2001-01-{day}'",
            "timestamp" or "timestamptz" => $"'2001-01-{day} 00:00:00'",
            "time" or "timetz" => $"'{row % 24:00}:00:00'",
            "interval" => $"'{row} days'",
            "json" or "jsonb" => "'{}'",
            "bytea" => $"'\\x{row:00000000}'",
            "inet" or "cidr" => $"'10.0.0.{row % 250}'",
            "macaddr" => $"'08:00:2b:00:00:{row % 100:00}'",
            "xml" => "'<row/>'",
            "tsvector" => "'row'",
            "bit" or "varbit" => $"repeat('0', {Length(column) ?? 1})::varbit",
            "point" => "'(0,0)'",
            _ when column.Word("category") == "R" => "'empty'",
            _ => null,
        };
    }

    private static string Number(SchemaObject column, int row) =>
        // numeric(5,2) has no room for a large one.
        Length(column) is { } digits
        && digits < 12
            ? $"'{row % 9 + 1}'"
            : $"'{FarFromSequences + row}'";

    private static string Text(SchemaObject column, int row)
    {
        var text = $"{row}-symphony";
        return Length(column) is { } longest && longest < text.Length ? text[..longest] : text;
    }

    private static IReadOnlyList<string> LabelsOf(SchemaObject column, SchemaImage image) =>
        column.Number("type") is { } oid && image.Find(new ObjectKey("type", (uint)oid)) is { } type
            ? type.Read().TryGetProperty("labels", out var labels)
                ? [.. labels.EnumerateArray().Select(label => label.GetString()!)]
                : []
            : [];

    /// <summary>The first number in <c>character varying(20)</c>, <c>numeric(5,2)</c>.</summary>
    private static int? Length(SchemaObject column) =>
        Modifier().Match(column.Text("type") ?? "") is { Success: true } match
            ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"(?<=\()[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Modifier();
}
