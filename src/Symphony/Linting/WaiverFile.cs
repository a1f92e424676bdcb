using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Linting;

/// <summary><c>waivers.yml</c> beside the migrations: for files that are applied and must stay as they are.</summary>
public static class WaiverFile
{
    public const string Name = "waivers.yml";

    /// <param name="directory">The folder of migrations, as a full path.</param>
    /// <param name="shown">The same as the user wrote it, for messages.</param>
    /// <exception cref="ManifestException">The file cannot be used; it holds every problem of it.</exception>
    /// <exception cref="InputException">A waiver names no rule.</exception>
    public static IReadOnlyList<LintWaiver> Read(string directory, string shown)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return [];
        }

        var problems = new ProblemList();
        var name = Path.Combine(shown, Name);
        var binder = new NodeBinder();
        var waivers = new List<LintWaiver>();
        if (
            YamlDocument.Read(File.ReadAllBytes(path), name, problems) is { } root
            && binder.Bind(root, LintJson.Default.LintWaiverFile, problems) is { } file
        )
        {
            for (var i = 0; i < file.Waivers.Count; i++)
            {
                waivers.AddRange(Read(file.Waivers[i], root.FindNearest($"waivers[{i}]"), name, problems));
            }
        }

        return problems.Count > 0 ? throw new ManifestException(problems) : waivers;
    }

    private static IEnumerable<LintWaiver> Read(
        LintWaiverDocument waiver,
        YamlNode node,
        string name,
        ProblemList problems
    )
    {
        foreach (var (key, text) in new[] { ("reason", waiver.Reason), ("approved_by", waiver.ApprovedBy) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                problems.Add(node.FindNearest(key), key == "reason" ? "why it may stand" : "who decided", "nothing");
            }
        }

        if (
            !DateOnly.TryParseExact(
                waiver.Expires,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var until
            )
        )
        {
            problems.Add(node.FindNearest("expires"), "a UTC date, YYYY-MM-DD", $"`{waiver.Expires}`");
            return [];
        }

        var place = $"{name}:{node.Line}";
        WaiverComment.Require(waiver.Rule, place);
        var version = Path.GetFileNameWithoutExtension(waiver.File);
        return [new LintWaiver(waiver.Rule, version, null, waiver.About, waiver.Reason, until, place)];
    }
}

internal sealed record LintWaiverFile
{
    [Description("Decisions, for a time, that a finding may stand")]
    public required IReadOnlyList<LintWaiverDocument> Waivers { get; init; }
}

internal sealed record LintWaiverDocument
{
    [Description("The rule's id")]
    public required string Rule { get; init; }

    [Description("The migration's file name")]
    public required string File { get; init; }

    [Description("The one object it is about, as the finding names it; any without it")]
    public string? About { get; init; }

    [Description("Why it may stand")]
    public required string Reason { get; init; }

    [Description("Who decided")]
    public required string ApprovedBy { get; init; }

    [Description("The last UTC day on which it is in force: YYYY-MM-DD")]
    public required string Expires { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(LintWaiverFile))]
internal sealed partial class LintJson : JsonSerializerContext;
