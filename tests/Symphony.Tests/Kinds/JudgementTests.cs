using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

public sealed class JudgementTests
{
    /// <summary>Every requirement of a text that is put together, with a value that meets it and one that does not.</summary>
    public static readonly TheoryData<string, Action<Judgement, Sentence>, Action<Judgement, Sentence>> Requirements =
        new()
        {
            {
                "flag",
                (judgement, why) => judgement.Require("flag", true, true, $"Why: {why}."),
                (judgement, why) => judgement.Require("flag", true, false, $"Why: {why}.")
            },
            {
                "text",
                (judgement, why) => judgement.Require("text", "a", "a", $"Why: {why}."),
                (judgement, why) => judgement.Require("text", "a", "A", $"Why: {why}.")
            },
            {
                "nothing",
                (judgement, why) => judgement.Require("nothing", (string?)null, null, $"Why: {why}."),
                (judgement, why) => judgement.Require("nothing", null, "a", $"Why: {why}.")
            },
            {
                "one",
                (judgement, why) => judgement.RequireOneOf("one", ["a", "b"], "b", $"Why: {why}."),
                (judgement, why) => judgement.RequireOneOf("one", ["a", "b"], "c", $"Why: {why}.")
            },
            {
                "only",
                (judgement, why) => judgement.RequireOneOf("only", ["a"], "a", $"Why: {why}."),
                (judgement, why) => judgement.RequireOneOf("only", ["a"], null, $"Why: {why}.")
            },
            {
                "none",
                (judgement, why) => judgement.RequireNone("none", [], $"Why: {why}."),
                (judgement, why) => judgement.RequireNone("none", ["a"], $"Why: {why}.")
            },
        };

    [Theory]
    [MemberData(nameof(Requirements))]
    public void Why_it_matters_is_told_where_it_is_not_met_and_not_even_written_where_it_is(
        string path,
        Action<Judgement, Sentence> met,
        Action<Judgement, Sentence> unmet
    )
    {
        var (holds, fails) = (new Judgement(new ExpressionForms()), new Judgement(new ExpressionForms()));
        var (unwritten, written) = (new Sentence(), new Sentence());

        met(holds, unwritten);
        unmet(fails, written);

        Assert.True(holds.Holds);
        Assert.Empty(holds.Differences);
        Assert.Equal(0, unwritten.Written);
        Assert.False(fails.Holds);
        Assert.Equal((path, "Why: it matters."), Told(Assert.Single(fails.Differences)));
        Assert.True(holds.Expected.Contains(path) && fails.Expected.Contains(path));
    }

    [Fact]
    public void What_is_undecided_does_not_hold()
    {
        var judgement = new Judgement(new ExpressionForms());

        judgement.Undecide("path", "It is not known.", "Find out.");
        judgement.Undecide("other", "It is not known.", "Find out.");

        Assert.False(judgement.Holds);
        Assert.Equal("path", Assert.Single(judgement.Undecided).Path);
    }

    [Fact]
    public void What_waits_for_a_form_does_not_hold()
    {
        var judgement = new Judgement(new ExpressionForms(), new Readings());

        judgement.RequireExpression("path", new ObjectName("s", "t"), "a > 0", "0 < a", [], null, "Why.");

        Assert.False(judgement.Holds);
        Assert.True(judgement.IsWaitingForForms);
    }

    /// <summary>A rule's expression meets others in turn, and each is compared with what it meets.</summary>
    [Fact]
    public void An_expression_is_compared_with_each_that_it_meets()
    {
        var readings = new Readings();

        Assert.True(readings.SameTokens("a > 0", "(a  >  0)"));
        Assert.True(readings.SameTokens("a > 0", "(a  >  0)"));
        Assert.False(readings.SameTokens("a > 0", "a > 1"));
        Assert.True(readings.SameTokens("a > 0", "(a  >  0)"));
        Assert.False(readings.SameTokens("a > 1", "(a  >  0)"));
    }

    private static (string Path, string Why) Told(Difference difference) => (difference.Path, difference.Why);

    /// <summary>Part of a sentence that counts how often it was put into one.</summary>
    public sealed class Sentence
    {
        public int Written { get; private set; }

        public override string ToString()
        {
            Written++;
            return "it matters";
        }
    }
}
