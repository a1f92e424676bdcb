using Symphony.Sql;

namespace Symphony.Tests.Sql;

/// <summary>Under a NOT the server may ask an operator's negator, and so another function than the one that is named.</summary>
public sealed class NegationTests
{
    [Theory]
    [InlineData("NOT (a OPERATOR(app.===) b)")]
    [InlineData("(b IS NOT NULL) AND (not (a OPERATOR(app.===) b))")]
    [InlineData("a NOT IN (1, 2)")]
    [InlineData("'a string that never ends")]
    public void A_negation_is_seen(string expression) => Assert.True(ExpressionText.Negates(expression));

    [Theory]
    [InlineData("a IS NOT NULL")]
    [InlineData("a IS /* NOT */ NOT TRUE")]
    [InlineData("a = 'NOT'")]
    [InlineData("\"not\" = 1")]
    [InlineData("")]
    public void Words_that_look_like_one_are_none(string expression) =>
        Assert.False(ExpressionText.Negates(expression));
}
