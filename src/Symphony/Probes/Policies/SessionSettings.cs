using System.Text.Json;
using Symphony.Probes.Rows;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>What a session has set of the settings that conditions ask for, by name, and the group that its role is in.</summary>
internal sealed record SessionSettings(IReadOnlyList<KeyValuePair<string, string>> Values, string? Grant = null)
{
    private const int MostValues = 24;

    private const int MostTried = 120;

    public static SessionSettings None { get; } = new([]);

    /// <summary>Until the attempt ends; as the probing role.</summary>
    public IReadOnlyList<string> Statements =>
        [
            .. Grant is null ? Array.Empty<string>() : [Grant],
            .. Values.Select(setting =>
                $"SELECT pg_catalog.set_config({SqlText.QuoteLiteral(setting.Key)}, {SqlText.QuoteLiteral(setting.Value)}, true)"
            ),
        ];

    /// <summary>The settings of a user's own that expressions or the bodies of functions read.</summary>
    public static IReadOnlyList<string> NamedIn(IEnumerable<string> texts) =>
        [
            .. texts
                .SelectMany(text =>
                {
                    var tokens = Tokens(text);
                    return tokens
                        .Skip(2)
                        .Where(
                            (token, i) =>
                                Names(token) && tokens[i].IsWord("current_setting") && tokens[i + 1].IsSymbol("(")
                        );
                })
                .Select(token => token.Text)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What may be set, the likeliest first: what stands in rows, what texts mention, either inside JSON.</summary>
    /// <param name="values">What columns of rows hold that conditions speak of.</param>
    public static IReadOnlyList<SessionSettings> ToTry(
        IReadOnlyList<string> names,
        IReadOnlyList<string> texts,
        IReadOnlyList<string> values
    )
    {
        var mentioned = texts
            .SelectMany(Tokens)
            .Where(token => token.Kind == SqlTokenKind.String && !names.Contains(token.Text))
            .Select(token => token.Text)
            .Distinct()
            .ToList();
        var numbers = texts.SelectMany(text => MentionedValues.In(text, 0)).Except(names).Take(MostValues);
        List<string> candidates =
        [
            .. values
                .Concat(mentioned)
                .Concat(Documents(mentioned, values))
                .Concat(["on", "true", "1"])
                .Concat(numbers)
                .Append("")
                .Distinct(),
        ];
        IEnumerable<IReadOnlyList<int>> places =
        [
            [],
        ];
        var most = names.Count == 1 ? candidates.Count : Math.Min(candidates.Count, MostValues);
        foreach (var _ in names)
        {
            places = places.SelectMany(place => Enumerable.Range(0, most).Select(next => (int[])[.. place, next]));
        }

        return
        [
            .. places
                .Take(MostValues * MostValues)
                .OrderBy(place => place.Sum())
                .Take(MostTried)
                .Select(place => new SessionSettings([
                    .. names.Select((name, i) => KeyValuePair.Create(name, candidates[place[i]])),
                ])),
        ];
    }

    /// <summary>JSON that has what rows hold under every key that could be meant, beside or inside one another.</summary>
    private static IEnumerable<string> Documents(List<string> mentioned, IReadOnlyList<string> values)
    {
        var keys = mentioned.Where(text => text.Length > 0).Take(8).Select(Json).ToList();
        if (keys.Count == 0)
        {
            yield break;
        }

        foreach (var value in values.Concat(mentioned).Take(8).Select(Json))
        {
            yield return "{" + string.Join(", ", keys.Select(key => $"{key}: {value}")) + "}";
            foreach (var outer in keys)
            {
                yield return $"{{{outer}: {{{string.Join(", ", keys.Where(key => key != outer).Select(key => $"{key}: {value}"))}}}}}";
            }
        }
    }

    private static string Json(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    /// <summary>Without a dot it is a setting of the server's own, which decides about more than rows.</summary>
    private static bool Names(SqlToken token) =>
        token.Kind == SqlTokenKind.String && token.Text.Contains('.', StringComparison.Ordinal);

    private static IReadOnlyList<SqlToken> Tokens(string text)
    {
        try
        {
            return SqlLexer.Read(text);
        }
        catch (SqlSyntaxException)
        {
            return [];
        }
    }
}
