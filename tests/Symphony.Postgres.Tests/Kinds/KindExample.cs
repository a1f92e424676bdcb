using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Kinds;
using YamlDotNet.RepresentationModel;

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
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var document = (JsonObject)ToJson(yaml.Documents[0].RootNode)!;
        var kind = KindRegistry.Standard.Find(name.Split('.')[0])
            ?? throw new InvalidOperationException($"{name} names no kind.");
        var claim = (Claim)document["claim"].Deserialize(kind.ClaimType)!;
        Assert.Empty(claim.Problems());
        return new KindExample(name, kind, document["schema"]!.GetValue<string>(), kind.Qualify(claim, "public"),
            document["since_major"] is { } since ? int.Parse(since.GetValue<string>()) : 14);
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, ToJson(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => bool.Parse(flag.Value),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException("An example is a mapping of scalars, lists and mappings."),
    };
}
