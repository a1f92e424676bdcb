using Symphony.Cli.Output;

namespace Symphony.Tests.Cli;

public sealed class PsqlTextTests
{
    [Theory]
    [InlineData("SELECT a[1:\"HOST\"], b[s:t]", "SELECT a[1: \"HOST\"], b[s: t]")]
    [InlineData("SELECT a[:]", "SELECT a[: ]")]
    public void A_name_after_a_colon_is_no_variable_of_psql(string sql, string written)
    {
        Assert.Equal(written, PsqlText.Of(sql));
    }

    [Theory]
    [InlineData("SELECT '1'::text, f(a := 1)")]
    [InlineData("SELECT ':HOST', \":USER\", $body$ :PORT $body$ -- :DBNAME")]
    [InlineData("it's no SQL :HOST")]
    public void What_psql_leaves_alone_stays_as_it_is(string sql)
    {
        Assert.Equal(sql, PsqlText.Of(sql));
    }
}
