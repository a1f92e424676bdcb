using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>
/// Whether a SECURITY DEFINER function's copy, which runs with the rights of who made it over shadows that are its own,
/// does what the function does with its owner's: it does not where the owner may do less, or the body asks who runs it;
/// and of what a body puts together itself nothing is known.
/// </summary>
internal sealed class DefinerRights(ShadowPlanner planner, ShapeReader shapes)
{
    private static readonly string[] Commands = ["INSERT", "UPDATE", "DELETE", "TRUNCATE"];

    private static readonly string[] Reading =
    [
        "conflict",
        "copy",
        "from",
        "merge",
        "returning",
        "select",
        "table",
        "update",
        "where",
    ];

    /// <returns>Why it may not, as a sentence; null where it does.</returns>
    public async Task<string?> DoubtAsync(NamedFunction function, CancellationToken cancel)
    {
        var reach = await planner.ReachAsync(function, cancel);
        var called = reach.Functions.Values;
        var bodies = called
            .Where(other => other.RunsAs is null)
            .Append(function)
            .Select(other => WordsOf(other.Body))
            .ToList();
        var words = bodies.SelectMany(body => body ?? []).ToHashSet(StringComparer.Ordinal);
        var rights = await shapes.ReadAsync(
            "Probes/Shadows/rights.sql",
            [
                function.RunsAs,
                SqlText.ArrayLiteral(reach.Tables.Select(table => table.Schema!)),
                SqlText.ArrayLiteral(reach.Tables.Select(table => table.Name)),
                SqlText.ArrayLiteral(called.Select(other => other.Signature)),
                SqlText.ArrayLiteral(Used(words)),
            ],
            ShadowJson.Default.RoleRights,
            cancel
        );
        var copy =
            $"A shadow cannot show it: the copy of {function.Signature} runs with the probing role's rights, and not with those of {function.RunsAs}";
        return rights switch
        {
            { IsProber: true } => null,
            { Lacks: [var lacking, ..] } => $"{copy}, who lacks {lacking}.",
            null => $"{copy}, of whom the catalog knows nothing.",
            _ when reach.Unread.Count > 0 =>
                $"{copy}, and so does {reach.Unread.Min}, which it calls and which is not read.",
            _ when bodies.Contains(null) => $"{copy}, and does what cannot be read.",
            _ when words.Any(Asks) => $"{copy}, and asks who runs it.",
            _ when words.Contains("execute") => $"{copy}, and puts together itself what it runs (EXECUTE).",
            _ => null,
        };
    }

    /// <summary>What a body may do to tables. MERGE may do everything; an INSERT alone reads nothing.</summary>
    private static IEnumerable<string> Used(HashSet<string> words) =>
        Commands
            .Where(command => words.Contains(command.ToLowerInvariant()) || words.Contains("merge"))
            .Concat(words.Overlaps(Reading) ? ["SELECT"] : []);

    private static bool Asks(string word) =>
        word is "current_user" or "current_role" or "user" || IsAskingFunction(word);

    private static bool IsAskingFunction(string word) =>
        word is "pg_has_role" or "row_security_active"
        || (word.StartsWith("has_", StringComparison.Ordinal) && word.EndsWith("_privilege", StringComparison.Ordinal));

    /// <summary>Null where it is not known what the words are.</summary>
    private static IEnumerable<string>? WordsOf(string body)
    {
        IReadOnlyList<SqlToken> tokens;
        try
        {
            tokens = SqlLexer.Read(body);
        }
        catch (SqlSyntaxException)
        {
            return null;
        }

        // Behind a dot stands a column, or a function with its schema.
        return tokens
            .Where(
                (token, i) =>
                    token.Kind == SqlTokenKind.Word
                    && (i == 0 || !tokens[i - 1].IsSymbol(".") || IsAskingFunction(token.Text))
            )
            .Select(token => token.Text);
    }
}
