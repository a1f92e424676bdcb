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
    public void A_fragment_stands_where_it_is_named_and_as_far_in()
    {
        Assert.Equal(
            "SELECT (\n    -- what\n    SELECT a -- 18+\n    FROM t\n  )\n",
            VersionedSql.Include("SELECT (\n    -- include what\n  )", name => $"-- {name}\nSELECT a -- 18+\nFROM t\n")
        );
    }

    [Fact]
    public void A_fragment_may_stand_in_another()
    {
        var fragments = new Dictionary<string, string>
        {
            ["outer"] = "a IN (\n  -- include inner\n)\n",
            ["inner"] = "SELECT b\nFROM t\n",
        };

        Assert.Equal(
            "SELECT\n  a IN (\n    SELECT b\n    FROM t\n  )\n  -- the same twice\n  SELECT b\n  FROM t\n",
            VersionedSql.Include(
                "SELECT\n  -- include outer\n  -- the same twice\n  -- include inner",
                name => fragments[name]
            )
        );
    }

    [Fact]
    public void A_fragment_that_includes_itself_by_way_of_another_is_a_fault_of_the_build()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            VersionedSql.Include("-- include a", name => name == "a" ? "-- include b" : "SELECT 1\n-- include a")
        );

        Assert.Contains("a, b, a", fault.Message);
    }

    [Fact]
    public void Text_without_fragments_stays_as_it_is()
    {
        Assert.Equal(
            "SELECT a -- include: no\n",
            VersionedSql.Include("SELECT a -- include: no", _ => throw new InvalidOperationException())
        );
    }

    [Fact]
    public void A_fragment_that_is_not_there_is_a_fault_of_the_build() =>
        Assert.Throws<InvalidOperationException>(() =>
            VersionedSql.Include(
                "-- include nothing",
                name => VersionedSql.ReadResource($"Catalog/Fragments/{name}.sql")
            )
        );

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_of_the_build()
    {
        Assert.Throws<InvalidOperationException>(() => VersionedSql.ReadResource("Kinds/Nothing/facts.sql"));
    }
}
