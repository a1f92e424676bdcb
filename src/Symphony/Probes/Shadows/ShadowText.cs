using System.Text;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>
/// Names in a text of SQL or PL/pgSQL, moved from the real tables to their shadows and from functions to copies of
/// them. Text that a body puts together itself stays as it is.
/// </summary>
internal sealed class ShadowText(IReadOnlySet<ObjectName> tables, IReadOnlySet<ObjectName> functions)
{
    public const string Schema = "pg_temp";

    /// <summary>Where nothing is a shadow.</summary>
    public static ShadowText Unmoved { get; } = new(new HashSet<ObjectName>(), new HashSet<ObjectName>());

    private readonly HashSet<string> _tableNames = tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);

    private readonly HashSet<string> _functionNames = functions
        .Select(function => function.Name)
        .ToHashSet(StringComparer.Ordinal);

    public static string Of(string name) => $"{Schema}.{SqlText.QuoteName(name)}";

    /// <summary>Every name in a text, with its schema where it has one.</summary>
    public static IReadOnlySet<ObjectName> NamesIn(string text)
    {
        var tokens = Read(text);
        var names = new HashSet<ObjectName>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsAnyName && !IsAfterDot(tokens, i))
            {
                names.Add(new ObjectName(null, tokens[i].Text));
                if (IsQualified(tokens, i))
                {
                    names.Add(new ObjectName(tokens[i].Text, tokens[i + 2].Text));
                }
            }
        }

        return names;
    }

    public string Moved(string text)
    {
        var tokens = Read(text);
        var moved = new StringBuilder();
        var at = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsAnyName || IsAfterDot(tokens, i) || Target(tokens, i) is not { } name)
            {
                continue;
            }

            var last = tokens[IsQualified(tokens, i) ? i + 2 : i];
            moved.Append(text, at, tokens[i].Start - at).Append(Of(name));
            at = last.End;
        }

        return moved.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The definition of a function as the server prints it, for a copy among the shadows.</summary>
    public string Copied(NamedFunction function)
    {
        var tokens = Read(function.Definition);
        // CREATE OR REPLACE FUNCTION schema.name(…) … AS $function$…$function$
        var body = Enumerable
            .Range(1, tokens.Count - 1)
            .Last(i => tokens[i].Kind == SqlTokenKind.String && tokens[i - 1].IsWord("as"));
        return Moved(function.Definition[..tokens[body].Start])
            + SqlText.QuoteLiteral(Moved(tokens[body].Text))
            + function.Definition[tokens[body].End..];
    }

    private string? Target(IReadOnlyList<SqlToken> tokens, int i)
    {
        if (IsQualified(tokens, i))
        {
            var name = new ObjectName(tokens[i].Text, tokens[i + 2].Text);
            return tables.Contains(name) || (IsCalled(tokens, i + 2) && functions.Contains(name)) ? name.Name : null;
        }

        // A table without its schema is found, for shadows come first; a function never is in their schema.
        return IsCalled(tokens, i) && _functionNames.Contains(tokens[i].Text) && !_tableNames.Contains(tokens[i].Text)
            ? tokens[i].Text
            : null;
    }

    private static bool IsQualified(IReadOnlyList<SqlToken> tokens, int i) =>
        i + 2 < tokens.Count && tokens[i + 1].IsSymbol(".") && tokens[i + 2].IsAnyName;

    private static bool IsAfterDot(IReadOnlyList<SqlToken> tokens, int i) => i > 0 && tokens[i - 1].IsSymbol(".");

    private static bool IsCalled(IReadOnlyList<SqlToken> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].IsSymbol("(");

    private static IReadOnlyList<SqlToken> Read(string text)
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
