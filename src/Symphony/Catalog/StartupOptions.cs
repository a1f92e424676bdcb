using System.Text;

namespace Symphony.Catalog;

/// <summary>
/// libpq's <c>options</c>: what a session is begun with, as the server's command line would say it: words between
/// blanks, where a backslash takes the next character as it is (PostgreSQL manual, "Database Connection Control
/// Functions").
/// </summary>
internal static class StartupOptions
{
    /// <summary>Takes a setting out of them.</summary>
    /// <returns>What stays, as it was written, and the value that would have counted; null where none was given.</returns>
    public static (string Others, string? Value) Take(string options, string setting)
    {
        var words = Words(options);
        var others = new List<string>();
        string? value = null;
        for (var i = 0; i < words.Count; i++)
        {
            // "-c name=value" is two words.
            var word = words[i] == "-c" && i + 1 < words.Count ? $"-c {words[++i]}" : words[i];
            if (Assigned(word, setting) is { } found)
            {
                value = found;
            }
            else
            {
                others.Add(word);
            }
        }

        return (string.Join(' ', others), value);
    }

    /// <summary>The value, where the setting is assigned: -c name=value, -cname=value, --name=value; a dash in the name is an underscore.</summary>
    private static string? Assigned(string word, string setting)
    {
        if (!word.StartsWith("-c", StringComparison.Ordinal) && !word.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        var text = Unescape(word[2..].TrimStart());
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text[..equals].Replace('-', '_').Equals(setting, StringComparison.OrdinalIgnoreCase)
            ? text[(equals + 1)..]
            : null;
    }

    private static List<string> Words(string options)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < options.Length; at++)
        {
            if (char.IsWhiteSpace(options[at]))
            {
                End();
                continue;
            }

            word.Append(options[at]);
            if (options[at] == '\\' && at + 1 < options.Length)
            {
                word.Append(options[++at]);
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static string Unescape(string word)
    {
        var text = new StringBuilder();
        for (var at = 0; at < word.Length; at++)
        {
            at += word[at] == '\\' ? 1 : 0;
            text.Append(at < word.Length ? word[at] : "");
        }

        return text.ToString();
    }
}
