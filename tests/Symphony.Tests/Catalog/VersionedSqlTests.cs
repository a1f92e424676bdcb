using Symphony.Catalog;

namespace Symphony.Tests.Catalog;

public sealed class VersionedSqlTests
{
    private const string Sql =
        "SELECT a,\n  b, -- 18+\n  c, -- before 18\n  d -- 15+\n-- a remark\nFROM t; -- 'x' is text\n\n";

    [Theory]
    [InlineData(14, "SELECT a,\n  c,\n-- a remark\nFROM t; -- 'x' is text\n")]
    [InlineData(15, "SELECT a,\n  c,\n  d\n-- a remark\nFROM t; -- 'x' is text\n")]
    [InlineData(17, "SELECT a,\n  c,\n  d\n-- a remark\nFROM t; -- 'x' is text\n")]
    [InlineData(18, "SELECT a,\n  b,\n  d\n-- a remark\nFROM t; -- 'x' is text\n")]
    [InlineData(19, "SELECT a,\n  b,\n  d\n-- a remark\nFROM t; -- 'x' is text\n")]
    public void A_line_is_for_the_servers_its_mark_names(int major, string sql)
    {
        Assert.Equal(sql, VersionedSql.ForMajor(Sql, major));
    }

    [Fact]
    public void Line_ends_of_another_system_change_nothing()
    {
        Assert.Equal(
            VersionedSql.ForMajor(Sql, 18),
            VersionedSql.ForMajor(Sql.Replace("\n", "\r\n", StringComparison.Ordinal), 18)
        );
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_of_the_build()
    {
        Assert.Throws<InvalidOperationException>(() => VersionedSql.ReadResource("Kinds/Nothing/facts.sql"));
    }
}
