using System.Collections.Frozen;

namespace Symphony.Sql.Bodies;

/// <summary>
/// An argument or option of RAISE is evaluated before the error is raised, and an error in it comes instead of the one
/// meant. So it is to be plain: names, fields, constants, calls, casts, sums and concatenations.
/// </summary>
internal static class RaiseArgument
{
    private static readonly FrozenSet<string> Symbols = FrozenSet.Create(
        StringComparer.Ordinal,
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "::",
        "||",
        "+",
        "-",
        "->",
        "->>"
    );

    /// <summary>Keywords of queries and conditions; as names they would be quoted.</summary>
    private static readonly FrozenSet<string> QueryWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "select",
        "values",
        "with",
        "table",
        "from",
        "where",
        "group",
        "having",
        "window",
        "union",
        "intersect",
        "except",
        "order",
        "limit",
        "offset",
        "fetch",
        "for",
        "into",
        "case",
        "exists"
    );

    public static void Check(TokenReader argument)
    {
        if (argument.AtEnd)
        {
            throw argument.Unexpected("an argument");
        }

        foreach (var token in argument.Rest())
        {
            var isPlain = token.Kind switch
            {
                SqlTokenKind.Operator or SqlTokenKind.Punctuation => Symbols.Contains(token.Text),
                SqlTokenKind.Word => !QueryWords.Contains(token.Text),
                SqlTokenKind.Parameter => false,
                _ => true,
            };
            if (!isPlain)
            {
                throw argument.NotRecognised(token, $"an argument of RAISE holds {token.Text.ToUpperInvariant()}");
            }
        }
    }
}
