namespace Symphony.Kinds;

/// <summary>
/// The names of PostgreSQL's own types, as people write them, in the spelling of <c>format_type</c> (PostgreSQL
/// manual, "Data Types", table "Data Types" with its aliases). A type that is not built in is written as the server
/// prints it, with its schema: its name alone would be somebody else's tomorrow.
/// </summary>
public static class ColumnType
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int2"] = "smallint",
        ["int8"] = "bigint",
        ["float4"] = "real",
        ["float8"] = "double precision",
        ["float"] = "double precision",
        ["bool"] = "boolean",
        ["decimal"] = "numeric",
        ["dec"] = "numeric",
        ["varchar"] = "character varying",
        ["char varying"] = "character varying",
        ["nchar varying"] = "character varying",
        ["national char varying"] = "character varying",
        ["national character varying"] = "character varying",
        ["char"] = "character",
        ["nchar"] = "character",
        ["national char"] = "character",
        ["national character"] = "character",
        ["varbit"] = "bit varying",
        ["timestamptz"] = "timestamp with time zone",
        ["timetz"] = "time with time zone",
        ["timestamp"] = "timestamp without time zone",
        ["time"] = "time without time zone",
    };

    /// <summary>Names that stand for more than a type, and the type they leave behind.</summary>
    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.Ordinal)
    {
        ["smallserial"] = "smallint",
        ["serial2"] = "smallint",
        ["serial"] = "integer",
        ["serial4"] = "integer",
        ["bigserial"] = "bigint",
        ["serial8"] = "bigint",
    };

    /// <summary>What the claimed type cannot be; null when it can.</summary>
    public static ClaimProblem? Problem(string type) =>
        string.IsNullOrWhiteSpace(type) ? new ClaimProblem("type", "a type's name", "an empty text")
        : Shorthands.TryGetValue(type.Trim().ToLowerInvariant(), out var meant)
            ? new ClaimProblem("type", $"{meant}, with a claimed default or identity beside it", type)
        : null;

    /// <summary>The type as <c>format_type</c> prints it.</summary>
    public static string Normalise(string type)
    {
        var text = type.Trim();
        var element = WithoutArray(text);
        var open = element.IndexOf('(', StringComparison.Ordinal);
        var close = element.IndexOf(')', StringComparison.Ordinal);
        var modifier = open >= 0 && close > open ? element[(open + 1)..close] : "";
        var words = modifier.Length > 0 ? element[..open] + " " + element[(close + 1)..] : element;
        if (words.AsSpan().ContainsAny("\"()[]"))
        {
            // Quotes, or something this table does not know: the server's own spelling is expected.
            return text;
        }

        return Print(Words(words), string.Join(',', modifier.Split(',', StringSplitOptions.TrimEntries)))
            + (element.Length < text.Length ? "[]" : "");
    }

    /// <summary>The server keeps neither an array's dimensions nor their bounds.</summary>
    private static string WithoutArray(string text)
    {
        var element = text;
        while (
            element.EndsWith(']')
            && element.LastIndexOf('[') is var open and > 0
            && IsBound(element.AsSpan()[(open + 1)..^1])
        )
        {
            element = element[..open].TrimEnd();
        }

        return element.EndsWith(" array", StringComparison.OrdinalIgnoreCase)
            ? element[..^" array".Length].TrimEnd()
            : element;
    }

    private static bool IsBound(ReadOnlySpan<char> bound)
    {
        bound = bound.Trim();
        return bound.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static string Print(string words, string modifier)
    {
        var builtIn = words.StartsWith("pg_catalog.", StringComparison.Ordinal) ? words["pg_catalog.".Length..] : words;
        if (builtIn == "float" && int.TryParse(modifier, out var bits))
        {
            return bits <= 24 ? "real" : "double precision";
        }

        var name = Aliases.GetValueOrDefault(builtIn, builtIn);
        return (name, modifier) switch
        {
            // bpchar without a length is the one character type that is not padded to one.
            ("bpchar", not "") => $"character({modifier})",
            ("character" or "bit", "") => $"{name}(1)",
            ("numeric", not "") when !modifier.Contains(',', StringComparison.Ordinal) => $"numeric({modifier},0)",
            (_, "") => name,
            _ when name.StartsWith("timestamp ", StringComparison.Ordinal)
                    || name.StartsWith("time ", StringComparison.Ordinal) => name.Insert(
                name.IndexOf(' ', StringComparison.Ordinal),
                $"({modifier})"
            ),
            _ => $"{name}({modifier})",
        };
    }

    private static string Words(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
