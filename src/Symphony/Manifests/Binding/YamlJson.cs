using System.Globalization;
using System.Text.Json;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests.Binding;

/// <summary>A tree as JSON, its plain scalars being what YAML's core schema says they are.</summary>
public static class YamlJson
{
    public static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                WriteScalar(writer, scalar);
                break;
            case YamlSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case YamlMapping mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    writer.WritePropertyName(key.Text);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, YamlScalar scalar)
    {
        switch (scalar.Kind)
        {
            case YamlScalarKind.Null:
                writer.WriteNullValue();
                break;
            case YamlScalarKind.Boolean:
                writer.WriteBooleanValue(scalar.Text[0] is 't' or 'T');
                break;
            case YamlScalarKind.Integer or YamlScalarKind.Float when JsonNumber(scalar.Text) is { } number:
                writer.WriteRawValue(number, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }

    /// <summary>
    /// The number digit for digit, in JSON's narrower spelling; null for one that JSON has no spelling for
    /// (<c>.inf</c>, <c>.nan</c>, hexadecimal beyond 64 bits).
    /// </summary>
    private static string? JsonNumber(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, null, out var hex)
                ? hex.ToString()
                : null;
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return Octal(text.AsSpan(2))?.ToString();
        }

        var sign = text[0] == '-' ? "-" : "";
        var digits = text.AsSpan().TrimStart("+-");
        if (
            digits.EndsWith("inf", StringComparison.OrdinalIgnoreCase)
            || digits.EndsWith("nan", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var mantissaEnd = digits.IndexOfAny('e', 'E') is var at && at >= 0 ? at : digits.Length;
        var mantissa = digits[..mantissaEnd];
        var point = mantissa.IndexOf('.');
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        return string.Concat(
            string.Concat(sign, whole.IsEmpty ? "0" : whole),
            fraction.IsEmpty ? "" : ".",
            fraction,
            digits[mantissaEnd..]
        );
    }

    private static ulong? Octal(ReadOnlySpan<char> digits)
    {
        ulong value = 0;
        foreach (var digit in digits)
        {
            if (value > ulong.MaxValue >> 3)
            {
                return null;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }
}
