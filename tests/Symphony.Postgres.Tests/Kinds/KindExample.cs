using System.Reflection;
using System.Text;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>
/// A claim and a schema in which it holds: the one that a kind documents itself with, or one of the files under
/// Examples, which show a claim or a schema of another shape. A file that lists changes of its own, under
/// <c>broken</c>, <c>beyond_remedy</c> and <c>harmless</c>, is tried with those and not with the kind's: it is about
/// a schema that the kind's sabotages, made from the claim alone, know nothing of.
/// </summary>
/// <param name="Name">The kind's key, or the file's name, which begins with the kind's key and a dot.</param>
/// <param name="Bound">The claim as a manifest's is bound; what is wrong with it fails the tests of this example only.</param>
/// <param name="Own">The file's own changes; null when it has none.</param>
/// <param name="SinceMajor">The first major whose SQL can express the schema.</param>
internal sealed record KindExample(
    string Name,
    InvariantKind Kind,
    string Schema,
    Lazy<Claim> Bound,
    IReadOnlyList<Sabotage>? Own,
    int SinceMajor
)
{
    private const string Folder = "Kinds/Examples/";

    /// <summary>By name; SYMPHONY_TEST_EXAMPLES=role narrows them to those whose name begins so, while developing.</summary>
    public static IReadOnlyDictionary<string, KindExample> All { get; } =
        KindRegistry
            .Standard.Kinds.Select(kind => Of(kind.Key, kind.Example))
            .Concat(Files().Select(file => Of(file.Name, file.Text)))
            .Where(example =>
                example.Name.StartsWith(
                    Environment.GetEnvironmentVariable("SYMPHONY_TEST_EXAMPLES") ?? "",
                    StringComparison.Ordinal
                )
            )
            .ToDictionary(example => example.Name);

    public Claim Claim => Bound.Value;

    public IEnumerable<Sabotage> Sabotages => Own ?? Kind.Sabotages(Claim);

    private static IEnumerable<(string Name, string Text)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd());
        }
    }

    private static KindExample Of(string name, string text)
    {
        var problems = new ProblemList();
        var document = (YamlMapping)YamlDocument.Read(Encoding.UTF8.GetBytes(text), name, problems)!;
        var kind =
            KindRegistry.Standard.Find(name.Split('.')[0])
            ?? throw new InvalidOperationException($"{name} names no kind.");
        return new KindExample(
            name,
            kind,
            ((YamlScalar)document["schema"]!).Text,
            new Lazy<Claim>(() => Bind(kind, document["claim"]!, problems)),
            OwnChanges(document),
            document["since_major"] is YamlScalar since ? int.Parse(since.Text) : 14
        );
    }

    private static List<Sabotage>? OwnChanges(YamlMapping document)
    {
        var changes = Changes(document, "broken", change => change)
            .Concat(Changes(document, "beyond_remedy", change => change with { BeyondRemedy = true }))
            .Concat(Changes(document, "harmless", change => change with { Harmless = true }))
            .ToList();
        return changes.Count == 0 ? null : changes;
    }

    /// <summary>Each is a name and its SQL.</summary>
    private static IEnumerable<Sabotage> Changes(YamlMapping document, string key, Func<Sabotage, Sabotage> mark) =>
        ((YamlMapping?)document[key])?.Entries.Select(entry =>
            mark(new Sabotage(entry.Key.Text, ((YamlScalar)entry.Value).Text))
        )
        ?? [];

    private static Claim Bind(InvariantKind kind, YamlNode node, ProblemList problems)
    {
        using var binder = new NodeBinder();
        var claim = (Claim?)binder.Bind(node, kind.ClaimType, problems);
        Assert.Empty(problems);
        Assert.Empty(claim!.Problems());
        return kind.Qualify(claim, "public");
    }
}
