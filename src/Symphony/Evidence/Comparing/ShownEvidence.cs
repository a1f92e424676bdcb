using System.Text.Json;
using Symphony.Evidence.Import;
using Symphony.Evidence.Replay;

namespace Symphony.Evidence.Comparing;

/// <summary>Evidence to be read by people: bundles, or an archive of the older format.</summary>
/// <param name="Bundles">By their key, in its order.</param>
/// <param name="Archive">Null when it is none.</param>
/// <param name="Findings">What does not follow from the facts.</param>
public sealed record ShownEvidence(
    IReadOnlyList<Bundle> Bundles,
    ImportedArchive? Archive,
    IReadOnlyList<EvidenceFinding> Findings
)
{
    private IReadOnlyDictionary<Bundle, (string Path, string Sha256)> Files { get; init; } =
        new Dictionary<Bundle, (string, string)>();

    /// <summary>The run that wrote a bundle, and its folder; null where it is not beside it.</summary>
    public (RunDocument Run, string Folder)? RunOf(Bundle bundle) =>
        Files.TryGetValue(bundle, out var file) ? RunSearch.OfBundle(file.Path, file.Sha256) : null;

    /// <summary>A bundle, the bundles of a run's folder, the newest ones of an evidence folder, or an archive.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="InputException">It is none of these.</exception>
    public static ShownEvidence Read(string path, Kinds.KindRegistry kinds)
    {
        if (Directory.Exists(path))
        {
            return ReadFolder(path, kinds);
        }

        if (!File.Exists(path))
        {
            throw Nothing(path, "no such file or folder");
        }

        var examination = new Examination();
        var reader = new DocumentReader(Path.GetDirectoryName(path)!, examination);
        var name = Path.GetFileName(path);
        if (reader.ReadBytes(name) is not { } bytes)
        {
            throw Nothing(path, examination.Findings[0].Found);
        }

        return SchemaOf(bytes) switch
        {
            Bundle.Identifier => ReadBundles(Path.GetDirectoryName(path)!, reader, [name], examination, kinds),
            ImportedArchive.Identifier => ReadArchive(reader, name, examination),
            null => new ShownEvidence([], FlatFormat.Read(bytes, path), []),
            var other => throw Nothing(path, $"a document of {other}"),
        };
    }

    private static ShownEvidence ReadFolder(string path, Kinds.KindRegistry kinds)
    {
        var examination = new Examination();
        var bundles = EvidenceTree
            .Read(path, examination)
            .Files.Where(file => EvidenceTree.KeyOf(file) is not null)
            .ToList();
        return bundles.Count > 0
            ? ReadBundles(path, new DocumentReader(path, examination), bundles, examination, kinds)
            : throw Nothing(path, "a folder without bundles");
    }

    private static ShownEvidence ReadBundles(
        string folder,
        DocumentReader reader,
        IReadOnlyList<string> names,
        Examination examination,
        Kinds.KindRegistry kinds
    )
    {
        var bundles = new List<ReadDocument<Bundle>>();
        foreach (var name in names)
        {
            if (reader.Read(name, EvidenceJson.Default.Bundle, b => b.Schema, Bundle.Identifier) is { } bundle)
            {
                new BundleReplay(examination, kinds).Replay(bundle, null);
                bundles.Add(bundle);
            }
        }

        return bundles.Count > 0
            ? new ShownEvidence(
                [
                    .. bundles
                        .Select(bundle => bundle.Value)
                        .OrderBy(bundle => bundle.TaskId, StringComparer.Ordinal)
                        .ThenBy(bundle => bundle.FailureSignature, StringComparer.Ordinal),
                ],
                null,
                examination.Findings
            )
            {
                Files = new Dictionary<Bundle, (string, string)>(
                    bundles.Select(bundle =>
                        KeyValuePair.Create(bundle.Value, (Path.Combine(folder, bundle.Name), bundle.Sha256))
                    ),
                    // Two files may say the same.
                    ReferenceEqualityComparer.Instance
                ),
            }
            : throw Nothing(names[0], examination.Findings[0].ToString());
    }

    private static ShownEvidence ReadArchive(DocumentReader reader, string name, Examination examination) =>
        reader.Read(name, ImportJson.Default.ImportedArchive, a => a.Schema, ImportedArchive.Identifier) is { } archive
            ? new ShownEvidence([], archive.Value, examination.Findings)
            : throw Nothing(name, examination.Findings[0].ToString());

    private static string? SchemaOf(byte[] bytes)
    {
        try
        {
            var json = JsonElement.Parse(bytes);
            return
                json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("schema", out var schema)
                && schema.ValueKind == JsonValueKind.String
                ? schema.GetString()
                : null;
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static InputException Nothing(string path, string found) =>
        new(
            "there is no evidence to read",
            $"a bundle, a run's folder, an evidence folder, or an archive of the older format: {path}",
            found,
            "name one of them; bundles are TASK/SIGNATURE.json"
        );
}
