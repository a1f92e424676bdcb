using Symphony.Sql;

namespace Symphony.Migrations;

/// <summary>One statement of a script, as it is sent: without its semicolon and what surrounds it.</summary>
/// <param name="Offset">Where <paramref name="Text"/> begins in the script, in characters from 0.</param>
/// <param name="Line">The line of the script on which it begins, from 1.</param>
/// <param name="Tokens">Its tokens; their offsets are into the script.</param>
public sealed record SqlStatement(string Text, int Offset, int Line, IReadOnlyList<SqlToken> Tokens)
{
    /// <summary>The statement as one short line, for messages.</summary>
    public string Summary
    {
        get
        {
            const int longest = 100;
            var line = string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 1), "…");
        }
    }

    /// <summary>Whether the statement begins with these keywords.</summary>
    public bool StartsWith(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (i >= Tokens.Count || !Tokens[i].IsWord(words[i]))
            {
                return false;
            }
        }

        return true;
    }
}
