using System.Globalization;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>Reads <c>waivers.yml</c>.</summary>
internal sealed class WaiverReader(NodeBinder binder, ProblemList problems)
{
    public IReadOnlyList<Waiver> Read(byte[] bytes, string name, string shown)
    {
        if (
            YamlDocument.Read(bytes, shown, problems) is not { } root
            || binder.Bind(root, ManifestJson.Default.WaiverFile, problems) is not { } file
        )
        {
            return [];
        }

        return
        [
            .. file
                .Waivers.Select((waiver, i) => Read(waiver, root.FindNearest($"waivers[{i}]"), name))
                .OfType<Waiver>(),
        ];
    }

    private Waiver? Read(WaiverDocument document, YamlNode node, string name)
    {
        var expires = ReadDay(document.Expires, node, "expires");
        var starts = document.Starts is null ? null : ReadDay(document.Starts, node, "starts");
        foreach (var (key, text) in new[] { ("reason", document.Reason), ("approved_by", document.ApprovedBy) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                problems.Add(
                    node.FindNearest(key),
                    key == "reason" ? "why the failure may stand" : "who decided",
                    "nothing"
                );
            }
        }

        if (starts > expires)
        {
            problems.Add(node.FindNearest("starts"), "a day before it expires", $"`{document.Starts}`");
        }

        return expires is { } last
            ? new Waiver(
                document.Invariant,
                document.Subject,
                document.Reason,
                document.ApprovedBy,
                starts,
                last,
                name,
                SourceLocation.Of(node)
            )
            : null;
    }

    private DateOnly? ReadDay(string text, YamlNode node, string key)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(node.FindNearest(key), "a UTC date, YYYY-MM-DD", $"`{text}`");
        return null;
    }
}
