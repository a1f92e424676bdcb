using System.Text.RegularExpressions;
using Symphony.Probes.Rows;

namespace Symphony.Tests.Probes;

/// <summary>The values that rows are made of, without a database: whether they are any good, only a server can say.</summary>
public sealed class MadeValueTests
{
    [Theory]
    [InlineData("^[0-9a-f]{64}$")]
    [InlineData("^[A-Z]{2}-[0-9]{3}$")]
    [InlineData(@"^\d{4}-\d{2}$")]
    [InlineData(@"^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$")]
    [InlineData("^(gold|silver)( plated)?$")]
    [InlineData("^(?:ab){3}$")]
    [InlineData("^[^@ ]+@x$")]
    [InlineData("a.c")]
    public void A_text_that_a_pattern_matches_is_made_and_another_seed_makes_one_too(string pattern)
    {
        foreach (var seed in new[] { 0, 7001, 1_000_003 })
        {
            var sample = RegexSample.Of(pattern, seed);

            Assert.NotNull(sample);
            Assert.Matches(new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), sample);
        }
    }

    [Fact]
    public void Two_seeds_make_two_texts_where_a_pattern_leaves_room()
    {
        Assert.NotEqual(RegexSample.Of("^[0-9a-f]{8}$", 7001), RegexSample.Of("^[0-9a-f]{8}$", 7002));
        Assert.Equal(RegexSample.Of("^abc$", 7001), RegexSample.Of("^abc$", 7002));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a(?=b)")]
    [InlineData(@"\1")]
    [InlineData("a{99999}")]
    public void A_pattern_that_is_not_understood_makes_nothing(string pattern)
    {
        Assert.Null(RegexSample.Of(pattern));
    }

    [Fact]
    public void What_an_expression_mentions_is_worth_trying()
    {
        var found = MentionedValues.In(
            "((kind = ANY (ARRAY['gold'::text, 'silver'::text])) AND (amount > 5) AND (code ~~ 'AC_%'::text))",
            7001
        );

        Assert.Superset(new HashSet<string> { "gold", "silver", "5", "6", "4", "ACa" }, found.ToHashSet());
    }

    [Theory]
    [InlineData("bpchar", 4 + 3, 3)]
    [InlineData("varchar", 4 + 1, 1)]
    [InlineData("text", -1, int.MaxValue)]
    [InlineData("name", -1, 63)]
    public void Texts_keep_to_their_length(string type, int modifier, int longest)
    {
        foreach (var seed in new[] { 0, 7001, int.MaxValue })
        {
            Assert.All(BuiltInValues.Of(type, "S", modifier, seed), text => Assert.True(text.Length <= longest, text));
        }
    }
}
