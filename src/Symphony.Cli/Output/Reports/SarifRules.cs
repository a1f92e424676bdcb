using System.Globalization;
using System.Text.Json;
using Symphony.Kinds;

namespace Symphony.Cli.Output.Reports;

/// <summary>A rule for every kind of invariant, with the kind's own words.</summary>
internal sealed class SarifRules
{
    private static readonly string[] Tags = ["database", "postgresql", "invariant"];

    private readonly List<string> _kinds;

    /// <param name="used">Evidence may be of a Symphony that knew other kinds: they have rules, too.</param>
    public SarifRules(IEnumerable<string> used) =>
        _kinds = [.. KindRegistry.Standard.Kinds.Select(kind => kind.Key).Union(used, StringComparer.Ordinal)];

    public int IndexOf(string kind) => _kinds.IndexOf(kind);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var key in _kinds)
        {
            Write(json, key, KindRegistry.Standard.Find(key));
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string key, InvariantKind? kind)
    {
        json.WriteStartObject();
        json.WriteString("id", key);
        json.WriteString("name", NameOf(key));
        var summary = kind?.Summary ?? $"An invariant of the kind {key}.";
        Sarif.WriteText(json, "shortDescription", summary);
        Sarif.WriteText(json, "fullDescription", kind is null ? summary : $"{summary} {kind.WhyItMatters}");
        json.WriteStartObject("help");
        json.WriteString("text", Help(summary, kind, bullet: "- "));
        json.WriteString("markdown", Help($"**{key}**: {summary}", kind, bullet: "* "));
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", "error");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("precision", "very-high");
        json.WriteString("problem.severity", "error");
        json.WriteStartArray("tags");
        foreach (var tag in Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Help(string summary, InvariantKind? kind, string bullet) =>
        kind is null
            ? summary
            : string.Join(
                '\n',
                [
                    $"{summary} {kind.WhyItMatters}",
                    "",
                    "It holds only when, beyond what is claimed:",
                    "",
                    .. kind.HoldsOnlyWhen.Select(condition => bullet + condition),
                    "",
                    $"symphony explain {kind.Key} says more.",
                ]
            );

    /// <summary>SetIfNullInvariant for set_if_null: in the format's case, and not the id over again.</summary>
    private static string NameOf(string key) =>
        string.Concat(
            key.Split('_', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..])
        ) + "Invariant";
}
