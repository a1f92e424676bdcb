using System.Reflection;
using System.Text;

namespace Symphony.Catalog;

/// <summary>
/// SQL files of this library. A line that ends in <c>-- 18+</c> is for servers of major version 18 and newer, one
/// that ends in <c>-- before 18</c> for those older: the catalog's columns differ, and a query may name only those
/// that exist. A line <c>-- include NAME</c> stands for the file <c>Catalog/Fragments/NAME.sql</c>, indented like the
/// line and with the fragments that it includes itself: what several queries ask is written once, and the text that is
/// sent is whole.
/// </summary>
public static class VersionedSql
{
    private const string IncludeMark = "-- include ";

    /// <param name="path">The file's path inside the project, such as <c>Kinds/Index/facts.sql</c>.</param>
    /// <param name="major">The server's major version.</param>
    public static string Read(string path, int major) => ForMajor(ReadWhole(path), major);

    /// <summary>A file whose text is for every server, with its fragments in place.</summary>
    public static string ReadWhole(string path) =>
        Include(ReadResource(path), name => ReadResource($"Catalog/Fragments/{name}.sql"));

    /// <summary>A file that travels inside this library, as text.</summary>
    public static string ReadResource(string path)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"The library was built without its file {path}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The text with its fragments in place, and theirs.</summary>
    /// <param name="sql">The text of a file.</param>
    /// <param name="read">A fragment's text by its name.</param>
    /// <exception cref="InvalidOperationException">A fragment includes itself, by way of others or not.</exception>
    internal static string Include(string sql, Func<string, string> read)
    {
        var whole = new StringBuilder(sql.Length * 2);
        Include(sql, "", read, [], whole);
        return whole.ToString();
    }

    /// <param name="within">The fragments that the text stands in, the outermost first.</param>
    private static void Include(
        ReadOnlySpan<char> sql,
        string indentation,
        Func<string, string> read,
        List<string> within,
        StringBuilder whole
    )
    {
        foreach (var line in sql.EnumerateLines())
        {
            var text = line.TrimStart();
            if (!text.StartsWith(IncludeMark))
            {
                whole.Append(indentation).Append(line).Append('\n');
                continue;
            }

            var name = text[IncludeMark.Length..].Trim().ToString();
            if (within.Contains(name))
            {
                throw new InvalidOperationException(
                    $"The fragment {name} includes itself: {string.Join(", ", within.Append(name))}."
                );
            }

            within.Add(name);
            Include(read(name).AsSpan().TrimEnd(), $"{indentation}{line[..^text.Length]}", read, within, whole);
            within.RemoveAt(within.Count - 1);
        }
    }

    internal static string ForMajor(string sql, int major)
    {
        var kept = new StringBuilder(sql.Length);
        foreach (var line in sql.AsSpan().EnumerateLines())
        {
            if (Applies(line, major, out var text))
            {
                kept.Append(text).Append('\n');
            }
        }

        return kept.ToString().TrimEnd('\n') + "\n";
    }

    private static bool Applies(ReadOnlySpan<char> line, int major, out ReadOnlySpan<char> text)
    {
        text = line;
        var mark = line.LastIndexOf("-- ");
        if (mark < 0)
        {
            return true;
        }

        var condition = line[(mark + 3)..].TrimEnd();
        if (condition.EndsWith("+") && int.TryParse(condition[..^1], out var first))
        {
            text = line[..mark].TrimEnd();
            return major >= first;
        }

        if (condition.StartsWith("before ") && int.TryParse(condition["before ".Length..], out var last))
        {
            text = line[..mark].TrimEnd();
            return major < last;
        }

        return true;
    }
}
