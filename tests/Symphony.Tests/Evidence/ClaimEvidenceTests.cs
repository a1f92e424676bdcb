using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>No JSON number is beyond 2^53 in evidence, and a claim may be about one.</summary>
    [Theory]
    [InlineData(
        "sequence",
        "{name: s, min: -9223372036854775808, max: 9223372036854775807, increment: 9007199254740993}"
    )]
    [InlineData("sequence", "{name: s, min: -9007199254740991, max: 9007199254740991}")]
    [InlineData("sequence", "{name: s, min: -9007199254740992, max: 9007199254740992}")]
    [InlineData("setting", "{name: s, value: 9223372036854775807, scope: database}")]
    [InlineData(
        "probe",
        "{when: {insert: t, values: {a: 9223372036854775807, b: -9007199254740993}}, then: {accepted: true}}"
    )]
    public void So_does_a_claim_about_numbers_that_no_double_holds(string key, string yaml) =>
        ReadsBack(KindRegistry.Standard.Find(key)!, Read(yaml, key));

    /// <summary>Such evidence nobody has written: it would read back as another claim.</summary>
    [Theory]
    [InlineData("\"7\"")]
    [InlineData("\"9007199254740991\"")]
    [InlineData("\" 9007199254740993\"")]
    [InlineData("\"9223372036854775808\"")]
    public void A_number_that_is_written_as_text_without_need_is_no_claim(string max)
    {
        var kind = KindRegistry.Standard.Find("sequence")!;
        var written = JsonNode.Parse(Written(Bind(kind, Read("{name: s}", "sequence")), kind))!;
        written["max"] = JsonNode.Parse(max);
        Assert.Throws<JsonException>(() => ClaimReader.Read(JsonElement.Parse(written.ToJsonString()), kind));
    }

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
