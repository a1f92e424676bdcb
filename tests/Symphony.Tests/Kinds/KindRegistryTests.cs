using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;
using Symphony.Tests.Manifests;

namespace Symphony.Tests.Kinds;

public sealed class KindRegistryTests
{
    public static TheoryData<string> Keys => [.. KindRegistry.Standard.Kinds.Select(kind => kind.Key)];

    [Fact]
    public void Every_key_is_there_once()
    {
        Assert.Equal(
            KindRegistry.Standard.Kinds.Count,
            KindRegistry.Standard.Kinds.Select(kind => kind.Key).Distinct().Count()
        );
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kinds_words_are_sentences_and_its_conditions_are_parts_of_one(string key)
    {
        var kind = Kind(key);

        Assert.All([kind.Summary, kind.WhyItMatters], text => Assert.Matches(@"^[A-Z].*[^.]\.$", text));
        Assert.All(kind.HoldsOnlyWhen, condition => Assert.Matches(@"^[^\s].*[^.\s]$", condition));
        Assert.Equal(kind.HoldsOnlyWhen.Count, kind.HoldsOnlyWhen.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kinds_example_is_a_claim_that_binds_and_is_about_something(string key)
    {
        var kind = Kind(key);
        var example = Assert.IsType<YamlMapping>(YamlFile.Root(kind.Example));
        var problems = new ProblemList();
        using var binder = new NodeBinder();

        var claim = binder.Bind(example["claim"]!, kind.ClaimType, problems) as Claim;

        Assert.Equal([], problems.Select(problem => problem.ToString()));
        Assert.Empty(claim!.Problems());
        var subject = kind.SubjectOf(kind.Qualify(claim, "app"));
        Assert.NotEmpty(subject.ToString());
        if (claim is TableClaim)
        {
            Assert.Equal("app", subject.Schema);
        }

        Assert.NotEmpty(Assert.IsType<YamlScalar>(example["schema"]).Text);
        Assert.NotEmpty(kind.Sabotages(kind.Qualify(claim, "app")));
        // What does a probe no harm only the probe itself can tell: its tests have their own.
        Assert.Contains(
            kind.Sabotages(kind.Qualify(claim, "app")),
            sabotage => sabotage.Harmless || kind.IsBehavioural
        );
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kinds_sabotages_have_names_of_their_own(string key)
    {
        var kind = Kind(key);
        using var binder = new NodeBinder();
        var claim = (Claim)
            binder.Bind(((YamlMapping)YamlFile.Root(kind.Example))["claim"]!, kind.ClaimType, new ProblemList())!;
        var names = kind.Sabotages(kind.Qualify(claim, "public")).Select(sabotage => sabotage.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kinds_query_takes_three_lists_and_gives_subject_and_fact_on_every_server(string key)
    {
        Assert.All(
            Enumerable.Range(14, 5),
            major =>
            {
                var sql = Kind(key).FactsSql(major);
                // A kind that reads rows has a place for their names instead.
                Assert.Matches(@"\$1|\{[a-z]+\}", sql);
                Assert.DoesNotMatch(@"\$[4-9]", sql);
                Assert.DoesNotContain("-- before ", sql, StringComparison.Ordinal);
                Assert.DoesNotMatch(@"-- \d+\+", sql);
                Assert.DoesNotContain("-- include ", sql, StringComparison.Ordinal);
            }
        );
    }

    private static InvariantKind Kind(string key) => KindRegistry.Standard.Find(key)!;
}
