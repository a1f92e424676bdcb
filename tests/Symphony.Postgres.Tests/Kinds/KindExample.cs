using System.Reflection;
using System.Text;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>
/// A claim and a schema in which it holds: the one that a kind documents itself with, or one of those beside this
/// file, which show a claim or a schema of another shape.
/// </summary>
/// <param name="Name">The kind's key, or the file's name, which begins with the kind's key and a dot.</param>
/// <param name="SinceMajor">The first major whose SQL can express the schema.</param>
internal sealed record KindExample(string Name, InvariantKind Kind, string Schema, Claim Claim, int SinceMajor)
{
    private const string Folder = "Kinds/Examples/";

    public static IReadOnlyDictionary<string, KindExample> All { get; } =
        KindRegistry.Standard.Kinds.Select(kind => Read(kind.Key, kind.Example))
            .Concat(Files().Select(file => Read(file.Name, file.Text)))
            .ToDictionary(example => example.Name);

    private static IEnumerable<(string Name, string Text)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd());
        }
    }

    private static KindExample Read(string name, string text)
    {
        var problems = new ProblemList();
        using var binder = new NodeBinder();
        var document = (YamlMapping)YamlDocument.Read(Encoding.UTF8.GetBytes(text), name, problems)!;
        var kind = KindRegistry.Standard.Find(name.Split('.')[0])
            ?? throw new InvalidOperationException($"{name} names no kind.");
        var claim = (Claim?)binder.Bind(document["claim"]!, kind.ClaimType, problems);
        Assert.Empty(problems);
        Assert.Empty(claim!.Problems());
        return new KindExample(name, kind, ((YamlScalar)document["schema"]!).Text, kind.Qualify(claim, "public"),
            document["since_major"] is YamlScalar since ? int.Parse(since.Text) : 14);
    }
}
