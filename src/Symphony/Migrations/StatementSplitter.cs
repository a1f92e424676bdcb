using Symphony.Sql;

namespace Symphony.Migrations;

/// <summary>
/// Cuts a script into the statements the server is to run one by one. Semicolons inside strings, dollar quotes,
/// comments, parentheses (CREATE RULE) and the body of a <c>BEGIN ATOMIC</c> routine end no statement.
/// </summary>
public static class StatementSplitter
{
    /// <exception cref="SqlSyntaxException">
    /// Something is not closed, a character is not SQL, or the script holds a psql meta command.
    /// </exception>
    public static IReadOnlyList<SqlStatement> Split(string script)
    {
        var statements = new List<SqlStatement>();
        var statement = new List<SqlToken>();
        var nesting = new Nesting();
        foreach (var token in ReadTokens(script))
        {
            if (token.IsSymbol(";") && nesting.IsOutside)
            {
                Add(statements, script, statement);
                statement.Clear();
                nesting = new Nesting();
            }
            else
            {
                nesting.Pass(statement, token);
                statement.Add(token);
            }
        }

        nesting.RequireOutside();
        Add(statements, script, statement);
        return statements;
    }

    private static void Add(List<SqlStatement> statements, string script, List<SqlToken> tokens)
    {
        if (tokens.Count > 0)
        {
            var start = tokens[0].Start;
            var line = SourcePosition.Of(script, start).Line;
            statements.Add(new SqlStatement(script[start..tokens[^1].End], start, line, [.. tokens]));
        }
    }

    /// <summary>A backslash is SQL nowhere outside strings and names: where it stands, somebody meant psql.</summary>
    private static IReadOnlyList<SqlToken> ReadTokens(string script)
    {
        try
        {
            return SqlLexer.Read(script);
        }
        catch (SqlSyntaxException failure) when (failure.Offset < script.Length && script[failure.Offset] == '\\')
        {
            var command = script[failure.Offset..].Split((char[]?)null, 2)[0];
            throw new SqlSyntaxException($"the psql meta command {command} is not SQL", failure.Offset);
        }
    }

    /// <summary>How deep inside parentheses and routine bodies the next token stands.</summary>
    private sealed class Nesting
    {
        private readonly Stack<int> _parentheses = new();
        private int? _body;

        public bool IsOutside => _parentheses.Count == 0 && _body is null;

        public void Pass(List<SqlToken> before, SqlToken token)
        {
            if (token.IsSymbol("("))
            {
                _parentheses.Push(token.Start);
            }
            else if (token.IsSymbol(")"))
            {
                _parentheses.TryPop(out _);
            }
            else if (_parentheses.Count > 0 || before.Count == 0)
            {
                // Neither a body nor its end is to be found here.
            }
            else if (_body is null && token.IsWord("atomic") && before[^1].IsWord("begin") && CreatesRoutine(before))
            {
                _body = before[^1].Start;
            }
            else if (
                _body is not null
                && token.IsWord("end")
                && (before[^1].IsSymbol(";") || before[^1].IsWord("atomic"))
            )
            {
                // Any other END closes a CASE, or is a column's label: each statement of a body has its semicolon.
                _body = null;
            }
        }

        public void RequireOutside()
        {
            if (_parentheses.Count > 0)
            {
                throw new SqlSyntaxException("the parenthesis is not closed", _parentheses.Last());
            }

            if (_body is { } begin)
            {
                throw new SqlSyntaxException("BEGIN ATOMIC has no END", begin);
            }
        }

        private static bool CreatesRoutine(List<SqlToken> tokens)
        {
            var replaces = tokens.Count > 3 && tokens[1].IsWord("or") && tokens[2].IsWord("replace");
            var kind = replaces ? 3 : 1;
            return tokens[0].IsWord("create")
                && tokens.Count > kind
                && (tokens[kind].IsWord("function") || tokens[kind].IsWord("procedure"));
        }
    }
}
