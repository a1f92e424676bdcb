using System.Text;
using Symphony.Sql;

namespace Symphony.Migrations;

/// <summary>A migration, read: the statements that are sent, and whether one transaction holds them together.</summary>
/// <param name="InTransaction">
/// False when <c>-- symphony:no_tx</c> stands on a line of its own: each statement is then committed alone, as
/// CONCURRENTLY needs it, and a failure leaves the statements before it done.
/// </param>
public sealed record MigrationScript(
    MigrationFile File,
    string Text,
    bool InTransaction,
    IReadOnlyList<SqlStatement> Statements
)
{
    private const string NoTransaction = "-- symphony:no_tx";

    public string Version => File.Version;

    /// <exception cref="InputException">
    /// The file is not UTF-8, is not SQL, holds no statement, or one that the runner cannot keep its promises with.
    /// </exception>
    public static MigrationScript Read(MigrationFile file)
    {
        var script = ReadToJudge(file);
        foreach (var statement in script.Statements)
        {
            RefusedStatement.Check(file, statement);
        }

        return script;
    }

    /// <summary>The same with BEGIN, COMMIT and their like: whoever judges the file says so of them.</summary>
    internal static MigrationScript ReadToJudge(MigrationFile file)
    {
        var text = Decode(file);
        var statements = Split(file, text);
        if (statements.Count == 0)
        {
            throw new InputException(
                $"{file.Path} holds no statement",
                "at least one SQL statement",
                "blanks and comments only",
                "write the migration, or remove the file"
            );
        }

        foreach (var statement in statements)
        {
            RefusedStatement.CheckSession(file, statement);
        }

        return new MigrationScript(file, text, !IsMarkedNoTransaction(file, text), statements);
    }

    private static string Decode(MigrationFile file)
    {
        var content = file.Content.Span;
        content = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        var zero = content.IndexOf((byte)0);
        try
        {
            return zero < 0
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content)
                : throw NotText(file, zero, "a zero byte");
        }
        catch (DecoderFallbackException failure)
        {
            throw NotText(file, failure.Index, "bytes that are not UTF-8");
        }
    }

    private static InputException NotText(MigrationFile file, int offset, string found) =>
        new($"{file.Path} is not a text file", "SQL in UTF-8", $"{found} at offset {offset}", "save the file as UTF-8");

    private static IReadOnlyList<SqlStatement> Split(MigrationFile file, string text)
    {
        try
        {
            return StatementSplitter.Split(text);
        }
        catch (SqlSyntaxException failure)
        {
            throw new InputException(
                $"{file.Path}:{SourcePosition.Of(text, failure.Offset)}: {failure.Message}",
                "SQL statements, as the server reads them",
                failure.Message,
                "correct the file",
                failure
            );
        }
    }

    /// <exception cref="InputException">A marker is misspelt: it must not be passed over in silence.</exception>
    private static bool IsMarkedNoTransaction(MigrationFile file, string text)
    {
        var marked = false;
        var start = 0;
        foreach (var line in text.Split('\n'))
        {
            if (LooksLikeMarker(line) && IsComment(text, start))
            {
                marked =
                    line.AsSpan().Trim() is NoTransaction
                        ? true
                        : throw new InputException(
                            $"{file.Path}:{SourcePosition.Of(text, start).Line}: the marker is not known",
                            NoTransaction,
                            line.Trim(),
                            "correct the marker, or write the comment in other words"
                        );
            }

            start += line.Length + 1;
        }

        return marked;
    }

    /// <summary>A waiver is for whoever judges the file, and says itself what is wrong with it.</summary>
    private static bool LooksLikeMarker(string line) =>
        line.AsSpan().TrimStart() is ['-', '-', .. var comment]
        && comment.TrimStart().StartsWith("symphony:", StringComparison.OrdinalIgnoreCase)
        && !comment.TrimStart().StartsWith("symphony:waive", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the line that begins at the offset is outside every string, name and longer comment.</summary>
    private static bool IsComment(string text, int offset)
    {
        try
        {
            SqlLexer.Read(text[..offset]);
            return true;
        }
        catch (SqlSyntaxException)
        {
            // Something is still open where the line begins.
            return false;
        }
    }
}
