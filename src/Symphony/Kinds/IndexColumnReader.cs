using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>Reads one index key from its tokens. A name keeps its letters: manifests hold exact catalog names.</summary>
internal sealed class IndexColumnReader(string text, IReadOnlyList<SqlToken> tokens)
{
    private int _at;

    private SqlToken? Current => _at < tokens.Count ? tokens[_at] : null;

    /// <summary>The key, or null when the text is not one.</summary>
    public IndexColumn? Read()
    {
        if (ReadKey() is not { } column)
        {
            return null;
        }

        if (TakeWord("collate"))
        {
            if (ReadPath() is not { } collation)
            {
                return null;
            }

            column = column with { Collation = collation };
        }

        if (Current is { Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName } word && !IsOrder(word))
        {
            column = column with { Opclass = ReadPath() };
        }

        var desc = TakeWord("desc");
        _ = !desc && TakeWord("asc");
        column = column with { Desc = desc, NullsFirst = desc };
        if (TakeWord("nulls"))
        {
            var first = TakeWord("first");
            if (!first && !TakeWord("last"))
            {
                return null;
            }

            column = column with { NullsFirst = first };
        }

        return Current is null ? column : null;
    }

    private IndexColumn? ReadKey()
    {
        var start = _at;
        if (Current is { } open && open.IsSymbol("("))
        {
            return SkipParentheses() && _at > start + 2
                ? new IndexColumn { Expression = Slice(start + 1, _at - 1) }
                : null;
        }

        if (ReadPath() is not { } path)
        {
            return null;
        }

        return Current is { } call && call.IsSymbol("(")
            ? SkipParentheses()
                ? new IndexColumn { Expression = Slice(start, _at) }
                : null
            : _at == start + 1
                ? new IndexColumn { Column = path }
                : null;
    }

    /// <summary>A name, perhaps qualified.</summary>
    private string? ReadPath()
    {
        var name = "";
        while (Current is { Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName } part)
        {
            name += part.Kind == SqlTokenKind.Word ? text[part.Start..part.End] : part.Text;
            _at++;
            if (Current is not { } dot || !dot.IsSymbol("."))
            {
                return name;
            }

            name += ".";
            _at++;
        }

        return null;
    }

    private bool SkipParentheses()
    {
        var depth = 0;
        do
        {
            if (Current is not { } token)
            {
                return false;
            }

            depth +=
                token.IsSymbol("(") ? 1
                : token.IsSymbol(")") ? -1
                : 0;
            _at++;
        } while (depth > 0);
        return true;
    }

    private string Slice(int from, int to) => from >= to ? "" : text[tokens[from].Start..tokens[to - 1].End];

    private bool TakeWord(string word)
    {
        if (Current is not { } token || !token.IsWord(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private static bool IsOrder(SqlToken token) => token.IsWord("asc") || token.IsWord("desc") || token.IsWord("nulls");
}
