using Symphony.Kinds.Exclusion;

namespace Symphony.Tests.Kinds;

public sealed class ExclusionElementTests
{
    [Theory]
    [InlineData("room WITH =", "\"room\" WITH OPERATOR(\"pg_catalog\".=)")]
    [InlineData("during with &&", "\"during\" WITH OPERATOR(\"pg_catalog\".&&)")]
    [InlineData("network inet_ops WITH &&", "\"network\" \"inet_ops\" WITH OPERATOR(\"pg_catalog\".&&)")]
    [InlineData("slot WITH OPERATOR(public.===)", "\"slot\" WITH OPERATOR(\"public\".===)")]
    [InlineData("slot WITH operator ( \"My Ops\" . -|- )", "\"slot\" WITH OPERATOR(\"My Ops\".-|-)")]
    [InlineData("tstzrange(starts, ends) WITH &&", "(tstzrange(starts, ends)) WITH OPERATOR(\"pg_catalog\".&&)")]
    [InlineData("\"with\" WITH =", "\"with\" WITH OPERATOR(\"pg_catalog\".=)")]
    public void An_element_is_a_key_and_an_operator(string text, string sql) =>
        Assert.Equal(sql, ExclusionElement.Parse(text).ToSql());

    [Theory]
    [InlineData("room WITH =")]
    [InlineData("network inet_ops WITH &&")]
    [InlineData("slot WITH OPERATOR(public.===)")]
    [InlineData("(lower(a)) WITH =")]
    public void It_is_written_as_it_is_read(string text) => Assert.Equal(text, ExclusionElement.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("room")]
    [InlineData("WITH =")]
    [InlineData("room WITH")]
    [InlineData("room WITH equals")]
    [InlineData("room WITH = AND true")]
    [InlineData("room WITH OPERATOR(=)")]
    [InlineData("room WITH OPERATOR(a.b.=)")]
    [InlineData("room WITH =; DROP TABLE t")]
    [InlineData("room 'WITH =")]
    public void Anything_else_is_refused_and_told_how_one_is_written(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => ExclusionElement.Parse(text)).Message);
}
