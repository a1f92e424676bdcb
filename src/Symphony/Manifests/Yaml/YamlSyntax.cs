using YamlDotNet.Core;

namespace Symphony.Manifests.Yaml;

/// <summary>What the parser refuses, said to people.</summary>
internal static class YamlSyntax
{
    public static Problem ProblemOf(Exception exception, Mark reached, string text, string path)
    {
        var start = exception is YamlException yaml ? yaml.Start : reached;
        // The parser blames the value before a tab; people look for the tab.
        if (
            exception.Message.Contains("tab", StringComparison.Ordinal)
            && IndentingTab(text, (int)start.Line, (int)reached.Line) is var (line, column)
        )
        {
            return TabProblem(path, line, column);
        }

        if (exception is not YamlException)
        {
            return EndProblem(text, path)
                ?? (exception is ArgumentOutOfRangeException ? EscapeProblem(reached, text, path) : null)
                ?? new Problem(path, (int)reached.Line, (int)reached.Column, "YAML", "something that cannot be read");
        }

        var hint = HintFor(exception.Message, start, text);
        return new Problem(path, (int)start.Line, (int)start.Column, "YAML", Found(exception.Message), hint);
    }

    /// <summary>The scanner turns the number after <c>\U</c> into a character without asking whether it is one.</summary>
    private static Problem EscapeProblem(Mark reached, string text, string path)
    {
        var end = (int)Math.Min(reached.Index, text.Length);
        var length = end - text.AsSpan(0, end).LastIndexOf('\\');
        var column = Math.Max(1, (int)reached.Column - length);
        return new Problem(path, (int)reached.Line, column, "YAML", "an escape that is no character");
    }

    /// <summary>The end of a document that did not begin is the file's own to the parser, until it finds more behind it.</summary>
    private static Problem? EndProblem(string text, string path)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.TrimStart() is not ([] or ['#', ..]))
            {
                return content.StartsWith("...")
                    ? new Problem(path, line, 1, "a YAML document", "the end of one: `...`", "leave it out")
                    : null;
            }
        }

        return null;
    }

    public static Problem TabProblem(string path, int line, int column) =>
        new(path, line, column, "spaces as indentation", "a tab");

    /// <summary>Double quotes can escape what no text in PostgreSQL, and no string of JSON, can hold.</summary>
    public static string? UnusableEscape(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "an escaped zero byte";
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text, index))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return "half a surrogate pair";
            }
        }

        return null;
    }

    /// <summary>"While scanning a quoted scalar, found …" without its last dot and first capital.</summary>
    private static string Found(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length == 0 ? "something else" : "an error " + char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static string? HintFor(string message, Mark start, string text)
    {
        if (message.Contains("cannot start any token", StringComparison.Ordinal) && start.Index < text.Length)
        {
            return $"put text that begins with `{text[(int)start.Index]}` in quotes";
        }

        if (message.Contains("anchor or alias", StringComparison.Ordinal))
        {
            return "put text that begins with `*` or `&` in quotes";
        }

        if (
            message.Contains("apping values are not allowed", StringComparison.Ordinal)
            || message.Contains("invalid mapping", StringComparison.Ordinal)
        )
        {
            return "put text that holds `: ` in quotes, and keys of one mapping in one column";
        }

        if (message.Contains("quoted scalar, found unexpected end", StringComparison.Ordinal))
        {
            return "close the quotes";
        }

        return message.Contains("did not find expected key", StringComparison.Ordinal)
            ? "write `key: value`, with keys of one mapping in one column"
            : null;
    }

    private static (int Line, int Column)? IndentingTab(string text, int firstLine, int lastLine)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (line < firstLine)
            {
                continue;
            }

            if (line > lastLine)
            {
                break;
            }

            var tab = content[..^content.TrimStart(" \t").Length].IndexOf('\t');
            if (tab >= 0)
            {
                return (line, tab + 1);
            }
        }

        return null;
    }
}
