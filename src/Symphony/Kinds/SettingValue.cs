using System.Globalization;
using System.Text;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>
/// What a setting's text means to the server (PostgreSQL manual, "Parameter Names and Values"): <c>30s</c>,
/// <c>30000</c> and <c>30000 ms</c> are one timeout, <c>on</c>, <c>yes</c> and <c>1</c> one switch.
/// </summary>
internal static class SettingValue
{
    private static readonly IReadOnlyList<string> TrueWords = ["true", "yes", "on", "1"];

    private static readonly IReadOnlyList<string> FalseWords = ["false", "no", "off", "0"];

    /// <summary>Settings that are lists of names; every other text is taken as it stands.</summary>
    private static readonly IReadOnlyList<string> Lists =
    [
        "createrole_self_grant",
        "datestyle",
        "local_preload_libraries",
        "log_destination",
        "restrict_nonsystem_relation_kind",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
    ];

    /// <summary>The name as SQL; one of a user's own has parts.</summary>
    public static string QuotedName(string name) => string.Join('.', name.Split('.').Select(SqlText.QuoteName));

    /// <summary>What follows SET. The names of a list are constants of their own: in one, they would be one name with commas.</summary>
    public static string Assignment(string name, string value) =>
        $"{QuotedName(name)} TO "
        + (
            IsList(name) && ReadList(value) is { Count: > 0 } names
                ? string.Join(", ", names.Select(SqlText.QuoteLiteral))
                : SqlText.QuoteLiteral(value)
        );

    public static bool IsList(string name) => Lists.Contains(name.ToLowerInvariant());

    /// <summary>A text that is the same for all texts of the same meaning; null when the server would not accept this one.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="type"><c>pg_settings.vartype</c>; null for a custom setting, whose value is text.</param>
    /// <param name="unit"><c>pg_settings.unit</c>: what a number without a unit counts.</param>
    /// <param name="choices"><c>pg_settings.enumvals</c>.</param>
    /// <param name="text">The value.</param>
    public static string? Normalize(
        string name,
        string? type,
        string? unit,
        IReadOnlyList<string> choices,
        string text
    ) =>
        type switch
        {
            "bool" => ReadBool(text) is { } value ? (value ? "on" : "off") : null,
            "integer" => ReadNumber(text, unit) is { } number
                ? Math.Round(number, MidpointRounding.ToEven).ToString("0", CultureInfo.InvariantCulture)
                : null,
            "real" => ReadNumber(text, unit)?.ToString("0.############", CultureInfo.InvariantCulture),
            "enum" => ReadChoice(text.Trim(), choices),
            _ when IsList(name) => string.Join(", ", ReadList(text).Select(SqlText.QuoteName)),
            _ when string.Equals(name, "timezone", StringComparison.OrdinalIgnoreCase) => text.ToLowerInvariant(),
            _ => text,
        };

    /// <summary>The names of a list: in double quotes as they stand, else in lower case.</summary>
    public static IReadOnlyList<string> ReadList(string text)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var (isQuoted, wasQuoted) = (false, false);
        void End()
        {
            names.Add(wasQuoted ? name.ToString() : name.ToString().Trim().ToLowerInvariant());
            name.Clear();
            wasQuoted = false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"' && isQuoted && at + 1 < text.Length && text[at + 1] == '"')
            {
                name.Append('"');
                at++;
            }
            else if (text[at] == '"')
            {
                isQuoted = !isQuoted;
                if (isQuoted)
                {
                    name.Clear();
                }

                wasQuoted = true;
            }
            else if (text[at] == ',' && !isQuoted)
            {
                End();
            }
            else if (isQuoted || !wasQuoted)
            {
                name.Append(text[at]);
            }
        }

        End();
        return names is [""] ? [] : names;
    }

    private static bool? ReadBool(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        // Any beginning that tells them apart will do: `o` is neither on nor off.
        bool Begins(string whole) => word.Length > 0 && whole.StartsWith(word, StringComparison.Ordinal);
        return (TrueWords.Any(Begins), FalseWords.Any(Begins)) switch
        {
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };
    }

    private static string? ReadChoice(string text, IReadOnlyList<string> choices)
    {
        string? Choice(string word) =>
            choices.FirstOrDefault(choice => string.Equals(choice, word, StringComparison.OrdinalIgnoreCase));
        return Choice(text)
            ?? ReadBool(text) switch
            {
                true => Choice("on"),
                false => Choice("off"),
                _ => null,
            };
    }

    private static decimal? ReadNumber(string text, string? unit)
    {
        var trimmed = text.Trim();
        var end = trimmed.Length;
        var isHex = trimmed.TrimStart('+', '-').StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        while (!isHex && end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
        {
            end--;
        }

        if (ReadDigits(trimmed[..end].TrimEnd()) is not { } number)
        {
            return null;
        }

        var given = trimmed[end..];
        if (given.Length == 0)
        {
            return number;
        }

        return
            unit is not null
            && SizeOf(given) is { } size
            && SizeOf(unit) is { } counted
            && size.IsTime == counted.IsTime
            ? number * size.Size / counted.Size
            : null;
    }

    private static decimal? ReadDigits(string digits)
    {
        var sign = digits.StartsWith('-') ? -1 : 1;
        var rest = digits.TrimStart('+', '-');
        try
        {
            if (rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            {
                return sign * Convert.ToInt64(rest[2..], 16);
            }

            if (rest.Length > 1 && rest[0] == '0' && rest.All(digit => digit is >= '0' and <= '7'))
            {
                return sign * Convert.ToInt64(rest, 8);
            }

            return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        }
        catch (Exception notANumber) when (notANumber is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>In bytes or microseconds. <c>8kB</c> is the unit of buffers; letters have their case.</summary>
    private static (bool IsTime, decimal Size)? SizeOf(string unit)
    {
        var letters = unit.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var count =
            letters.Length == unit.Length ? 1 : int.Parse(unit[..^letters.Length], CultureInfo.InvariantCulture);
        (bool, decimal)? one = letters switch
        {
            "B" => (false, 1),
            "kB" => (false, 1L << 10),
            "MB" => (false, 1L << 20),
            "GB" => (false, 1L << 30),
            "TB" => (false, 1L << 40),
            "us" => (true, 1),
            "ms" => (true, 1_000),
            "s" => (true, 1_000_000),
            "min" => (true, 60_000_000),
            "h" => (true, 3_600_000_000),
            "d" => (true, 86_400_000_000),
            _ => null,
        };
        return one is var (isTime, size) ? (isTime, count * size) : null;
    }
}
