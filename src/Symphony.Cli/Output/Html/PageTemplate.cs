using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Symphony.Cli.Output.Html;

/// <summary>The page's own files, and what a browser is allowed to do with them: run these bytes, and nothing else.</summary>
internal static partial class PageTemplate
{
    /// <summary>In the order in which they need each other.</summary>
    private static readonly string[] Scripts = ["text.js", "details.js", "list.js", "filters.js", "start.js"];

    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = "\"use strict\";\n" + string.Concat(Scripts.Select(Read));

    /// <summary>
    /// No request of any sort, no other script or style, not even from an attribute: markup that got past the escaping
    /// would do nothing.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{Digest(Script)}'; style-src '{Digest(Style)}'; base-uri 'none'; form-action 'none'";

    /// <summary>Fills the places of the template in one pass: what is filled in is not looked at again.</summary>
    public static void Write(TextWriter output, IReadOnlyDictionary<string, Action<TextWriter>> places)
    {
        var template = Read("report.html");
        var at = 0;
        foreach (Match place in Place().Matches(template))
        {
            output.Write(template.AsSpan(at, place.Index - at));
            places[place.Groups["name"].Value](output);
            at = place.Index + place.Length;
        }

        output.Write(template.AsSpan(at));
    }

    private static string Read(string name)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream("Output/Html/Page/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser takes the digest of what it parsed, which has no carriage returns, wherever it was checked out.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Digest(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
