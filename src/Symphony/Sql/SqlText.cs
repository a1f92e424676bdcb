using System.Text;

namespace Symphony.Sql;

/// <summary>The one place where a name or a value becomes SQL text.</summary>
public static class SqlText
{
    /// <summary>A name in double quotes, always: whether a word is reserved depends on the server's version.</summary>
    public static string QuoteName(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>A name as people write it: quoted only where it would otherwise be read as something else.</summary>
    public static string DisplayName(string name) => IsPlainName(name) ? name : QuoteName(name);

    /// <summary>
    /// A string constant that means the same under either setting of <c>standard_conforming_strings</c>.
    /// A value with a zero byte cannot be sent to PostgreSQL at all.
    /// </summary>
    public static string QuoteLiteral(string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("PostgreSQL text cannot hold a zero byte.", nameof(value));
        }

        var quoted = "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
        return value.Contains('\\', StringComparison.Ordinal)
            ? "E" + quoted.Replace("\\", "\\\\", StringComparison.Ordinal)
            : quoted;
    }

    /// <summary>A string constant for code, which reads as it is: between dollar quotes that it does not hold itself.</summary>
    public static string DollarQuote(string text)
    {
        var tag = "symphony";
        // With the closing quote's first sign after it: text may end like a quote.
        while ($"{text}$".Contains($"${tag}$", StringComparison.Ordinal))
        {
            tag += "_";
        }

        return $"${tag}${text}${tag}$";
    }

    /// <summary>A constant of type <c>text[]</c>; a null element is SQL's NULL.</summary>
    public static string ArrayLiteral(IEnumerable<string?> values)
    {
        var array = new StringBuilder("{");
        foreach (var value in values)
        {
            if (array.Length > 1)
            {
                array.Append(',');
            }

            AppendElement(array, value);
        }

        return array.Append('}').ToString();
    }

    private static void AppendElement(StringBuilder array, string? value)
    {
        if (value is null)
        {
            array.Append("NULL");
            return;
        }

        array.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
            {
                array.Append('\\');
            }

            array.Append(character);
        }

        array.Append('"');
    }

    /// <summary>Small letters, digits and _ and no digit at the beginning: what a name is without quotes, keywords aside.</summary>
    internal static bool IsPlainName(string name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '_')
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }
}
