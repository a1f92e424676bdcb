using Symphony.Sql;

namespace Symphony.Tests.Sql;

/// <summary>A plan does not print what a subquery reads, so its normal form decides nothing.</summary>
public sealed class SubqueryTests
{
    [Theory]
    [InlineData("EXISTS (SELECT FROM t)")]
    [InlineData("a IN ( /* which? */ select b from t)")]
    [InlineData("a = (WITH w AS (SELECT 1) SELECT * FROM w)")]
    [InlineData("a IN (VALUES (1))")]
    [InlineData("a = ANY (TABLE t)")]
    [InlineData("select true")]
    [InlineData("((SELECT current_setting('app.tenant_id')) = tenant_id)")]
    public void A_subquery_is_seen(string expression) => Assert.True(ExpressionText.HasSubquery(expression));

    [Theory]
    [InlineData("a = 'SELECT'")]
    [InlineData("(\"select\" = 1)")]
    [InlineData("a > 1 -- (SELECT)")]
    [InlineData("selected AND (withheld OR tabled)")]
    [InlineData("")]
    public void Words_that_look_like_one_are_none(string expression) =>
        Assert.False(ExpressionText.HasSubquery(expression));
}
