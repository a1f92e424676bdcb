using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;

namespace Symphony.Tests.Evidence.Replay;

/// <summary>Any value in any place of a bundle is examined to its end, and a changed verdict never passes for a replayed one.</summary>
public sealed class MutatedBundleTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_stands_anywhere_is_said_and_never_ends_the_examination()
    {
        await _folder.RunAsync();
        var path = $"{Samples.Task}/{Samples.Signature}.json";
        var original = File.ReadAllBytes(_folder.File(path));

        Prop.ForAll(
                JsonTexts.Any,
                ArbMap.Default.ArbFor<PositiveInt>(),
                (text, seed) =>
                {
                    var document = JsonNode.Parse(original)!;
                    var changed = Replace(document, JsonNode.Parse(text), new Random(seed.Get));
                    File.WriteAllBytes(_folder.File(path), Canonical(document) ?? original);

                    var examination = new FolderExamination(_folder.Root, KindRegistry.Standard).Bundle(path);

                    return !changed.EndsWith("/verdict", StringComparison.Ordinal)
                        || examination.Findings.Count > 0
                        || File.ReadAllBytes(_folder.File(path)).AsSpan().SequenceEqual(original);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    /// <summary>Puts a value in a random place, and says which.</summary>
    private static string Replace(JsonNode document, JsonNode? value, Random random)
    {
        var places = Places(document).ToList();
        var (parent, key, pointer) = places[random.Next(places.Count)];
        if (parent is JsonObject members)
        {
            members[key] = value;
        }
        else
        {
            parent[int.Parse(key)] = value;
        }

        return pointer;
    }

    private static IEnumerable<(JsonNode Parent, string Key, string Pointer)> Places(JsonNode node, string pointer = "")
    {
        var below = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        return below.SelectMany(place =>
            (place.Item2 is null ? [] : Places(place.Item2, $"{pointer}/{place.Item1}")).Prepend(
                (node, place.Item1, $"{pointer}/{place.Item1}")
            )
        );
    }

    /// <summary>Null for what has no canonical form, such as half a surrogate pair.</summary>
    private static byte[]? Canonical(JsonNode document)
    {
        try
        {
            return CanonicalJson.Of(Encoding.UTF8.GetBytes(document.ToJsonString()));
        }
        catch (Exception none) when (none is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
