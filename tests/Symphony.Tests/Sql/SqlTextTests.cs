using FsCheck;
using FsCheck.Fluent;
using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Tests.Sql;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("a", "'a'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\\b", "E'a\\\\b'")]
    [InlineData("\\'; DROP TABLE t; --", "E'\\\\''; DROP TABLE t; --'")]
    [InlineData("", "''")]
    public void A_value_is_one_constant_under_either_setting(string value, string sql)
    {
        Assert.Equal(sql, SqlText.QuoteLiteral(value));
    }

    [Fact]
    public void A_zero_byte_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SqlText.QuoteLiteral("a\0b"));
    }

    [Theory]
    [InlineData("tenant_id", "tenant_id")]
    [InlineData("Tenant", "\"Tenant\"")]
    [InlineData("1st", "\"1st\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("", "\"\"")]
    public void A_name_is_shown_quoted_only_where_it_must_be(string name, string shown)
    {
        Assert.Equal(shown, SqlText.DisplayName(name));
    }

    [Theory]
    [InlineData("SELECT 'a'", "$symphony$SELECT 'a'$symphony$")]
    [InlineData("a $symphony$ b", "$symphony_$a $symphony$ b$symphony_$")]
    [InlineData("a $symphony", "$symphony_$a $symphony$symphony_$")]
    public void Code_stands_between_quotes_that_it_does_not_hold(string code, string quoted)
    {
        Assert.Equal(quoted, SqlText.DollarQuote(code));
    }

    [Fact]
    public void An_array_holds_any_text_and_NULL()
    {
        Assert.Equal(
            "{\"a\",NULL,\"NULL\",\"\",\"x,y\",\"{}\",\"q\\\"\\\\\"}",
            SqlText.ArrayLiteral(["a", null, "NULL", "", "x,y", "{}", "q\"\\"])
        );
        Assert.Equal("{}", SqlText.ArrayLiteral([]));
    }

    [Fact]
    public void A_quoted_value_reads_back_as_one_token()
    {
        Prop.ForAll<string?>(value =>
                value is null
                || value.Contains('\0', StringComparison.Ordinal)
                || SqlLexer.Read(SqlText.QuoteLiteral(value)) is [{ Kind: SqlTokenKind.String } only]
                    && only.Text == value
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("BEGIN RETURN NEW; END", "begin\n  return new; -- done\nend", true)]
    [InlineData("BEGIN RETURN NEW; END", "BEGIN /* x */ RETURN/**/NEW ; END", true)]
    [InlineData("BEGIN RETURN NEW; END", "BEGIN RETURN OLD; END", false)]
    [InlineData("SELECT 'A'", "SELECT 'a'", false)]
    [InlineData("SELECT \"A\"", "SELECT \"a\"", false)]
    [InlineData("SELECT 'a'", "SELECT $x$a$x$", true)]
    [InlineData("SELECT 'a", "SELECT  'a", false)]
    public void A_digest_is_of_a_bodys_tokens(string body, string other, bool same)
    {
        Assert.Equal(same, BodyDigest.Of(body) == BodyDigest.Of(other));
        Assert.Matches("^[0-9a-f]{64}$", BodyDigest.Of(body));
    }

    [Fact]
    public void In_another_language_every_byte_counts()
    {
        Assert.NotEqual(BodyDigest.Of("return 1", "plpython3u"), BodyDigest.Of("return  1", "plpython3u"));
        Assert.NotEqual(BodyDigest.Of("return 1", "plpgsql"), BodyDigest.Of("return 1", "plpython3u"));
    }

    [Fact]
    public void A_function_that_is_only_its_body_has_the_digest_of_its_body() =>
        Assert.Equal(BodyDigest.Of("SELECT 1"), BodyDigest.Of("SELECT 1", "sql", []));

    [Fact]
    public void What_a_function_is_beside_its_body_makes_another_digest()
    {
        string[][] different =
        [
            [],
            ["STRICT"],
            ["STABLE"],
            ["STABLE", "STRICT"],
            ["SET a=1", "SET b=2"],
            // A setting's text may hold anything but a zero byte, and is never taken for two.
            ["SET a=1\nSET b=2"],
            ["SET a=1, SET b=2"],
        ];

        Assert.Distinct(different.Select(attributes => BodyDigest.Of("SELECT 1", "sql", attributes)));
        Assert.Equal(
            BodyDigest.Of("SELECT 1", "sql", ["STRICT"]),
            BodyDigest.Of("select /* one */ 1", "sql", ["STRICT"])
        );
    }
}
