using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// Reads a file of one YAML document. YamlDotNet's scanner and event parser do the reading; nothing of its object
/// model is used, because the tree needs places and the bounds of <see cref="YamlLimits"/>.
/// </summary>
public static class YamlDocument
{
    /// <summary>
    /// The root of the document, or null when there is none that says what the file says. It is there in spite of some
    /// problems (a duplicate key, a tab as indentation), so that a reader of the tree can report its own beside them.
    /// </summary>
    /// <param name="utf8">The whole file, with or without a byte order mark, with any line ends.</param>
    /// <param name="path">The file's name, for the problems.</param>
    /// <param name="problems">Takes all that is wrong; no exception is thrown for what a file holds.</param>
    public static YamlNode? Read(ReadOnlyMemory<byte> utf8, string path, ProblemList problems) =>
        Read(utf8, path, problems, items: null);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, string, ProblemList)"/>
    internal static YamlNode? Read(ReadOnlyMemory<byte> utf8, string path, ProblemList problems, YamlItems? items)
    {
        if (YamlText.Decode(utf8.Span, path, problems) is not { } text)
        {
            return null;
        }

        using var reader = new StringReader(text);
        var scanner = new Scanner(reader, skipComments: true);
        try
        {
            if (items is null)
            {
                return Read(new Parser(scanner), text, path, problems, items);
            }

            // Whoever reads items while the file is read has a file that is worth a thread.
            using var ahead = new TokensAhead(scanner);
            return Read(new Parser(ahead), text, path, problems, items);
        }
        // Other exceptions than its own escape YamlDotNet's scanner: "\UFFFFFFFF" is an ArgumentOutOfRangeException.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            problems.Add(YamlSyntax.ProblemOf(exception, scanner.CurrentPosition, text, path));
            return null;
        }
    }

    private static YamlNode? Read(Parser parser, string text, string path, ProblemList problems, YamlItems? items)
    {
        parser.MoveNext(); // the stream's start
        parser.MoveNext();
        if (parser.Current is not DocumentStart)
        {
            problems.Add(new Problem(path, 1, 1, "a YAML document", "an empty file"));
            return null;
        }

        parser.MoveNext();
        if (parser.Current is Scalar { Value.Length: 0, Style: ScalarStyle.Plain })
        {
            problems.Add(new Problem(path, 1, 1, "a YAML document", "an empty document"));
            return null;
        }

        var builder = new YamlTreeBuilder(parser, text, path, problems, items);
        if (builder.ReadNode(depth: 1) is not { } root)
        {
            return null;
        }

        parser.MoveNext(); // the document's end
        if (parser.Current is DocumentStart second)
        {
            var (line, column) = ((int)second.Start.Line, (int)second.Start.Column);
            problems.Add(
                new Problem(
                    path,
                    line,
                    column,
                    "the end of the file",
                    "a second document",
                    "put it into a file of its own"
                )
            );
            return null;
        }

        return builder.IsFaithful ? root : null;
    }
}
