using System.Collections.Frozen;

namespace Symphony.Sql.Bodies;

/// <summary>
/// What a body leaves to the search path: functions called without a schema, operators, and words that may be types.
/// A name with its schema is none of it, nor are the words of the grammar, such as COALESCE.
/// </summary>
public sealed class ResolvedNames
{
    /// <summary>Words before a parenthesis that are grammar and no call (PostgreSQL manual, "SQL Key Words").</summary>
    private static readonly FrozenSet<string> Grammar = FrozenSet.Create(
        StringComparer.Ordinal,
        "all",
        "and",
        "any",
        "array",
        "as",
        "case",
        "cast",
        "coalesce",
        "else",
        "elsif",
        "exists",
        "from",
        "greatest",
        "if",
        "in",
        "into",
        "is",
        "least",
        "not",
        "nullif",
        "or",
        "return",
        "row",
        "select",
        "some",
        "then",
        "using",
        "values",
        "when",
        "where",
        "while"
    );

    /// <summary>After these an equals sign sets an option of RAISE.</summary>
    private static readonly FrozenSet<string> RaiseOptions = FrozenSet.Create(
        StringComparer.Ordinal,
        "errcode",
        "message",
        "detail",
        "hint",
        "column",
        "constraint",
        "datatype",
        "table",
        "schema"
    );

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly bool _isUnread;

    private ResolvedNames(string body)
    {
        try
        {
            Read(SqlLexer.Read(body));
        }
        catch (SqlSyntaxException)
        {
            (_isUnread, Any) = (true, true);
        }
    }

    /// <summary>Whether anything is resolved: a call, an operator or a cast.</summary>
    public bool Any { get; private set; }

    /// <summary>What the body names; a body that cannot be read may name everything.</summary>
    public static ResolvedNames Of(string body) => new(body);

    /// <param name="name">A function with (), an operator, or a type.</param>
    public bool Includes(string name) => _isUnread || _names.Contains(name);

    private void Read(IReadOnlyList<SqlToken> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            var (token, before) = (tokens[at], at > 0 ? tokens[at - 1] : null);
            if (token.Kind == SqlTokenKind.Operator)
            {
                ReadOperator(token, before);
            }
            else if (token.IsAnyName && before?.IsSymbol(".") is not true)
            {
                ReadName(token, at + 1 < tokens.Count ? tokens[at + 1] : null);
            }
        }
    }

    private void ReadOperator(SqlToken token, SqlToken? before)
    {
        if (
            token.Text is ":=" or "=>"
            || (token.Text == "=" && before is not null && RaiseOptions.Contains(before.Text))
        )
        {
            return;
        }

        _names.Add(token.Text);
        Any = true;
    }

    private void ReadName(SqlToken token, SqlToken? after)
    {
        if (after?.IsSymbol(".") is true)
        {
            return;
        }

        _names.Add(token.Text);
        if (after?.IsSymbol("(") is true && !(token.Kind == SqlTokenKind.Word && Grammar.Contains(token.Text)))
        {
            _names.Add(token.Text + "()");
            Any = true;
        }
    }
}
