using System.Buffers;
using System.Text.Unicode;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// The bytes of a file as text, or the reason why they are not text that YAML and an editor would number alike.
/// </summary>
internal static class YamlText
{
    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Null when it cannot be read; the reason is then among the problems.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        if (bytes.Length > YamlLimits.FileBytes)
        {
            problems.Add(
                new Problem(
                    path,
                    1,
                    1,
                    $"a file of at most {YamlLimits.FileBytes / 1024 / 1024} MiB",
                    $"{bytes.Length} bytes",
                    "split it into several files"
                )
            );
            return null;
        }

        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            problems.Add(
                new Problem(path, 1, 1, "UTF-8 text", "a UTF-16 or UTF-32 byte order mark", "save it as UTF-8")
            );
            return null;
        }

        bytes = bytes.StartsWith(Utf8Bom) ? bytes[Utf8Bom.Length..] : bytes;
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var status = Utf8.ToUtf16(bytes, buffer, out var read, out var written, replaceInvalidSequences: false);
            var text = buffer.AsSpan(0, written);
            // In this order: a UTF-16 file without a mark is told by its zeros, which come before any bad byte.
            if (!Allowed(text, path, problems))
            {
                return null;
            }

            if (status != OperationStatus.Done)
            {
                Add(text, written, path, problems, "UTF-8 text", $"the byte 0x{bytes[read]:X2}", "save it as UTF-8");
                return null;
            }

            return text.ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool Allowed(ReadOnlySpan<char> text, string path, ProblemList problems)
    {
        var at = 0;
        while (at < text.Length && IsAllowed(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return true;
        }

        var hint =
            text[at] == '\0' ? "save it as UTF-8 text" : $"in double quotes it can be written as \\u{(int)text[at]:X4}";
        Add(text, at, path, problems, "printable text", $"the character U+{(int)text[at]:X4}", hint);
        return false;
    }

    /// <summary>
    /// Refuses what YAML 1.2 does not let stand in a file (section 5.1), what some readers take for a line's end and
    /// others do not (U+0085, U+2028, U+2029), and U+FEFF, which shows as nothing.
    /// </summary>
    private static bool IsAllowed(char character) =>
        character switch
        {
            '\t' or '\n' or '\r' => true,
            < ' ' => false,
            < '\u007F' => true,
            <= '\u009F' => false,
            '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' => false,
            _ => true,
        };

    private static void Add(
        ReadOnlySpan<char> text,
        int at,
        string path,
        ProblemList problems,
        string expected,
        string found,
        string hint
    )
    {
        var (line, column) = PlaceOf(text, at);
        problems.Add(new Problem(path, line, column, expected, found, hint));
    }

    /// <summary>Lines end as YAML ends them: LF, CR or both.</summary>
    private static (int Line, int Column) PlaceOf(ReadOnlySpan<char> text, int at)
    {
        var (line, lineStart) = (1, 0);
        for (var index = 0; index < at; index++)
        {
            if (text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
            {
                (line, lineStart) = (line + 1, index + 1);
            }
        }

        return (line, at - lineStart + 1);
    }
}
