namespace Symphony.Manifests.Yaml;

/// <summary>Text from a file as a message shows it.</summary>
internal static class Shown
{
    private const int Longest = 60;

    public static string Quote(string text) => "`" + Shorten(text) + "`";

    public static string QuoteAll(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quote));

    /// <summary>Never cut inside a surrogate pair: the message must stay valid text.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
