using System.Globalization;
using System.Text.Json;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <summary>
/// What an expression itself speaks of: its constants, numbers beside them, texts as long as it asks for, texts that
/// its patterns match. A check is mostly satisfied, and violated, by something that stands in it.
/// </summary>
internal static class MentionedValues
{
    /// <summary>Longer than any text that a check asks for; shorter than what would be slow to send.</summary>
    private const int LongestText = 4096;

    private const int MostParts = 6;

    /// <summary>Nothing where the text is not SQL: the server has printed it, so it is.</summary>
    /// <param name="seed">Another one gives other texts, where there is room.</param>
    public static IReadOnlyList<string> In(string expression, int seed)
    {
        IReadOnlyList<SqlToken> tokens;
        try
        {
            tokens = SqlLexer.Read(expression);
        }
        catch (SqlSyntaxException)
        {
            return [];
        }

        var found = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.String)
            {
                var before = tokens.Take(i).LastOrDefault(token => !token.IsSymbol("("));
                found.AddRange(Texts(tokens[i].Text, before, seed));
            }
            else if (tokens[i].Kind == SqlTokenKind.Number)
            {
                var isNegative = i > 0 && tokens[i - 1].IsSymbol("-");
                found.AddRange(Numbers(tokens[i].Text, isNegative, seed));
            }
            else if (tokens[i].IsWord("true") || tokens[i].IsWord("false"))
            {
                found.Add(tokens[i].Text);
            }
        }

        found.AddRange(
            Objects([.. tokens.Where(token => token.Kind == SqlTokenKind.String).Select(token => token.Text)])
        );
        return [.. found.Distinct()];
    }

    private static IEnumerable<string> Texts(string text, SqlToken? before, int seed)
    {
        if (before?.Text is "~" or "~*" && RegexSample.Of(text, seed) is { } sample)
        {
            yield return sample;
        }

        if (before?.Text is "~~" or "~~*")
        {
            yield return text.Replace("%", BuiltInValues.Text(seed, int.MaxValue), StringComparison.Ordinal)
                .Replace('_', 'a');
            yield return text.Replace("%", "", StringComparison.Ordinal).Replace('_', 'a');
            yield return text.Replace("%", "a", StringComparison.Ordinal).Replace('_', 'a');
        }

        yield return text;
        if (
            DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && text.Contains('-', StringComparison.Ordinal)
        )
        {
            // Inside a span that begins or ends here; which of them, the condition says.
            foreach (var days in new[] { 1 + (seed % 27), 1, -1 })
            {
                yield return moment.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }

        // A list that the server keeps as one array constant: '{a,b}'.
        if (text is ['{', .., '}'])
        {
            foreach (var part in text[1..^1].Split(',').Take(100))
            {
                yield return part.Trim('"');
            }
        }
    }

    private static IEnumerable<string> Numbers(string text, bool isNegative, int seed)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            yield break;
        }

        number = isNegative ? -number : number;
        foreach (var near in new[] { number, number + 1, number - 1 })
        {
            yield return near.ToString(CultureInfo.InvariantCulture);
        }

        if (number is > 0 and <= LongestText && decimal.IsInteger(number))
        {
            var digits = seed.ToString("x", CultureInfo.InvariantCulture);
            yield return digits.Length < number ? digits.PadLeft((int)number, 'a') : new string('a', (int)number);
            yield return new string('0', (int)number);
            yield return new string('a', (int)number + 1);
        }
    }

    /// <summary>JSON objects with one of the texts as key and another as value.</summary>
    private static IEnumerable<string> Objects(IReadOnlyList<string> texts) =>
        from key in texts.Distinct().Take(MostParts)
        from value in texts.Distinct().Take(MostParts).Prepend("1")
        where key != value && key.Length > 0
        select $"{{{Json(key)}: {Json(value)}}}";

    private static string Json(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
