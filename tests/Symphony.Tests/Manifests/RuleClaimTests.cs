using System.Text.Json;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

/// <summary>
/// A rule's claims are made of one JSON that is cut where names stand, and are those that the manifest's tree gives with
/// the same names written into it: for every kind that a rule can be about, whatever an object is called.
/// </summary>
public sealed class RuleClaimTests
{
    /// <summary>Keys that a rule may give, under one selection or another.</summary>
    private static readonly string[] GivenKeys = ["table", "name", "column", "columns", "trigger", "on", "to", "kind"];

    /// <summary>What names consist of here: each is something to JSON, to YAML, to manifests or to the cutting.</summary>
    private static readonly string[] Parts =
    [
        "a",
        "Z9",
        "_",
        " ",
        ".",
        "\"",
        "\"\"",
        "'",
        "\\",
        "\\u0041",
        "\n",
        "\t",
        "\u0001",
        "\u007f",
        "\u0085",
        "\u2028",
        "é",
        "😀",
        "<&>+",
        "\ud800",
        "\udc00",
        "{table}",
        "{schema}",
        "{name}",
        "{",
        "}",
        "{text 0}",
        "\"{text 1}\"",
        "\\\"{text 2}",
        "null",
        "1",
        "~",
    ];

    public static TheoryData<string, string> Rules =>
        [
            .. KindRegistry.Standard.Kinds.SelectMany(kind =>
                Selector
                    .Kinds.Where(over => TemplateOf(kind, over) is not null)
                    .Select(over => new TheoryDataRow<string, string>(kind.Key, over))
            ),
        ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_cut_claim_is_the_trees_whatever_the_object_is_called(string key, string over)
    {
        var kind = KindRegistry.Standard.Find(key)!;
        var node = TemplateOf(kind, over)!;
        using var binder = new NodeBinder();
        var claimOf = new ClaimTemplate(kind, binder, node, "public", files: null).ClaimsOver(over);
        var random = new Random(Seed: key.Length * 31 + over.Length);
        for (var i = 0; i < 200; i++)
        {
            var subject = Found(over, random);

            Assert.Equal(ByTheTree(kind, node, over, subject), Written(kind, claimOf(subject)));
        }
    }

    /// <summary>Otherwise the comparison above would be of the tree with itself.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_kinds_claim_can_be_cut(string key, string over)
    {
        var kind = KindRegistry.Standard.Find(key)!;
        using var binder = new NodeBinder();
        var (claim, given, texts) = new ObjectPlaces(kind, TemplateOf(kind, over)!, over).MarkedLike(
            Found(over, new Random(Seed: 1))
        );

        Assert.NotNull(binder.StencilOf(claim, kind.ClaimType, given, texts.Count));
    }

    [Fact]
    public void Every_selection_has_kinds_that_are_about_it()
    {
        Assert.Equal(Selector.Kinds.Order(), Rules.Select(rule => rule.Data.Item2).Distinct().Order());
    }

    private static string ByTheTree(InvariantKind kind, YamlMapping node, string over, Subject subject)
    {
        using var binder = new NodeBinder();
        var problems = new ProblemList();
        var (claim, given) = new ObjectPlaces(kind, node, over).For(subject);
        var bound = binder.Bind(claim, kind.ClaimType, problems, given);
        Assert.Empty(problems);
        return Written(kind, kind.Qualify((Claim)bound!, "public"));
    }

    private static string Written(InvariantKind kind, Claim claim) => JsonSerializer.Serialize(claim, kind.ClaimType);

    /// <summary>The kind's example without what the rule gives, its other names with places; null where no rule can be.</summary>
    private static YamlMapping? TemplateOf(InvariantKind kind, string over)
    {
        var example = (YamlMapping)((YamlMapping)YamlFile.Root(kind.Example))["claim"]!;
        using var binder = new NodeBinder();
        return Candidates()
            .FirstOrDefault(node =>
                new ClaimTemplate(kind, binder, node, "public", files: null).IsValidFor(over, new ProblemList())
            );

        // What a rule gives differs from kind to kind: the claim that loses the least.
        IEnumerable<YamlMapping> Candidates() =>
            Enumerable
                .Range(0, 1 << GivenKeys.Length)
                .OrderBy(int.PopCount)
                .Select(left => GivenKeys.Where((_, bit) => (left & (1 << bit)) != 0).ToList())
                .Where(left => left.TrueForAll(key => example[key] is not null))
                .Select(left => new YamlMapping(
                    [.. example.Entries.Where(entry => !left.Contains(entry.Key.Text)).Select(WithPlaces)],
                    example.IsFlow,
                    example.Span
                ));
    }

    private static YamlEntry WithPlaces(YamlEntry entry) =>
        entry.Key.Text switch
        {
            "name" or "trigger" => entry with
            {
                Value = YamlScalar.GivenBy(entry.Value, "{table}_{name}_\"{schema}\""),
            },
            "function" => entry with { Value = YamlScalar.GivenBy(entry.Value, "{schema}.\"{table}.{name}\"") },
            _ => entry,
        };

    private static Subject Found(string over, Random random)
    {
        return over switch
        {
            Selector.Roles => new Subject(null, null, Name()),
            Selector.Functions => new Subject(
                Name(),
                "function",
                new FunctionName(new ObjectName(null, Name()), new EquatableList<string>(["integer", "text"])).Signature
            ),
            Selector.Tables => new Subject(Name(), Name(), null),
            _ => new Subject(Name(), Name(), Name()),
        };

        string Name() => string.Concat(random.GetItems(Parts, random.Next(1, 6)));
    }
}
