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
        ReadsBack(kind, ((YamlMapping)Read(kind.Example, key))["claim"]!);
    }

    [Theory]
    [InlineData("table", "{table: t}")]
    [InlineData("column", "{table: t, name: c}")]
    [InlineData("policy", "{table: t, name: p, using: a}")]
    [InlineData("row_security", "{table: t}")]
    [InlineData("exclusion", "{table: t, name: e, elements: [a WITH =]}")]
    [InlineData("view", "{name: v}")]
    [InlineData("sequence", "{name: s}")]
    [InlineData("domain", "{name: d, type: text}")]
    [InlineData("event_trigger", "{name: e, event: sql_drop, function: f}")]
    [InlineData("publication", "{name: p, tables: [t]}")]
    [InlineData("setting", "{name: s, value: 1, scope: database}")]
    [InlineData("extension", "{name: e}")]
    public void So_does_a_claim_that_leaves_out_what_it_may(string key, string yaml) =>
        ReadsBack(KindRegistry.Standard.Find(key)!, Read(yaml, key));

    private static void ReadsBack(InvariantKind kind, YamlNode claim)
    {
        var written = Written(Bind(kind, claim), kind);
        Assert.Equal(CanonicalJson.Of(written), written);
        Assert.Equal(written, Written(ClaimReader.Read(JsonElement.Parse(written), kind), kind));
    }

    private static byte[] Written(Claim claim, InvariantKind kind)
    {
        using var json = new CanonicalWriter();
        json.Record(claim, kind.ClaimType);
        return json.Output.Written.ToArray();
    }

    private static YamlNode Read(string yaml, string name) =>
        YamlDocument.Read(Encoding.UTF8.GetBytes(yaml), name, new ProblemList())!;

    private static Claim Bind(InvariantKind kind, YamlNode node)
    {
        var problems = new ProblemList();
        using var binder = new NodeBinder();
        var claim = (Claim?)binder.Bind(node, kind.ClaimType, problems);
        Assert.Empty(problems);
        return kind.Qualify(claim!, "public");
    }
}
