using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Query;

/// <summary>The tables of the user that a query names.</summary>
internal static class QueryTables
{
    /// <summary>What stands as <c>schema.name</c> after FROM or JOIN and is no function, in the order of first mention.</summary>
    public static IReadOnlyList<ObjectName> Of(string sql)
    {
        var tokens = SqlLexer.Read(sql);
        var found = new List<ObjectName>();
        for (var at = 0; at + 3 < tokens.Count; at++)
        {
            if (
                (tokens[at].IsWord("from") || tokens[at].IsWord("join"))
                && tokens[at + 1] is { IsAnyName: true, Text: not ("pg_catalog" or "information_schema") }
                && tokens[at + 2] is { Kind: SqlTokenKind.Punctuation, Text: "." }
                && tokens[at + 3].IsAnyName
                && (at + 4 == tokens.Count || tokens[at + 4].Text != "(")
            )
            {
                found.Add(new ObjectName(tokens[at + 1].Text, tokens[at + 3].Text));
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>
    /// Whatever is written as <c>name.name</c> and is no call nor the server's own: every table that it reads by its
    /// schema, and some columns.
    /// </summary>
    public static IReadOnlyList<ObjectName> MentionedIn(string sql)
    {
        var tokens = SqlLexer.Read(sql);
        var found = new List<ObjectName>();
        for (var at = 0; at + 2 < tokens.Count; at++)
        {
            if (
                tokens[at] is { IsAnyName: true, Text: not "information_schema" }
                && !tokens[at].Text.StartsWith("pg_", StringComparison.Ordinal)
                && tokens[at + 1] is { Kind: SqlTokenKind.Punctuation, Text: "." }
                && tokens[at + 2].IsAnyName
                && (at + 3 == tokens.Count || tokens[at + 3].Text != "(")
            )
            {
                found.Add(new ObjectName(tokens[at].Text, tokens[at + 2].Text));
            }
        }

        return [.. found.Distinct()];
    }
}
