using System.Text;
using System.Text.Json;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Evidence;

public sealed class ClaimEvidenceTests
{
    public static TheoryData<string> Kinds => [.. KindRegistry.Standard.Kinds.Select(kind => kind.Key)];

    /// <summary>A verdict is replayed from the claim in the evidence, so it must be the very claim that was judged.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_claim_reads_back_from_evidence_as_it_was(string key)
    {
        var kind = KindRegistry.Standard.Find(key)!;
        var written = Written(ExampleOf(kind), kind);
        Assert.Equal(CanonicalJson.Of(written), written);
        Assert.Equal(written, Written(ClaimReader.Read(JsonElement.Parse(written), kind), kind));
    }

    private static byte[] Written(Claim claim, InvariantKind kind)
    {
        using var json = new CanonicalWriter();
        json.Record(claim, kind.ClaimType);
        return json.Output.Written.ToArray();
    }

    private static Claim ExampleOf(InvariantKind kind)
    {
        var problems = new ProblemList();
        var document = (YamlMapping)YamlDocument.Read(Encoding.UTF8.GetBytes(kind.Example), kind.Key, problems)!;
        using var binder = new NodeBinder();
        var claim = (Claim?)binder.Bind(document["claim"]!, kind.ClaimType, problems);
        Assert.Empty(problems);
        return kind.Qualify(claim!, "public");
    }
}
