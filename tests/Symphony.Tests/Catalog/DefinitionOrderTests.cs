using Symphony.Catalog;

namespace Symphony.Tests.Catalog;

public sealed class DefinitionOrderTests
{
    [Fact]
    public void What_is_needed_comes_first_and_the_rest_keeps_its_order()
    {
        var order = new DefinitionOrder();
        order.Add("a", "view a");
        order.Add("b", "table b");
        order.Add("c", "table c");
        order.AddNeeds("a", ["c"]);

        Assert.Equal(["table b", "table c", "view a"], order.Sorted());
    }

    [Fact]
    public void What_no_statement_makes_passes_its_needs_on()
    {
        var order = new DefinitionOrder();
        order.Add("table", "CREATE TABLE with an array");
        order.Add("type", "CREATE TYPE");
        order.AddNeeds("table", ["array"]);
        order.AddNeeds("array", ["type"]);

        Assert.Equal(["CREATE TYPE", "CREATE TABLE with an array"], order.Sorted());
    }

    [Fact]
    public void A_circle_is_entered_at_its_first_and_loses_nothing()
    {
        var order = new DefinitionOrder();
        order.Add("a", "a");
        order.Add("b", "b");
        order.Add("c", "c");
        order.AddNeeds("a", ["b"]);
        order.AddNeeds("b", ["a"]);
        order.AddNeeds("c", ["a", "c"]);

        Assert.Equal(["a", "b", "c"], order.Sorted());
    }

    [Fact]
    public void What_makes_no_object_comes_after_everything()
    {
        var order = new DefinitionOrder();
        order.Add(null, "GRANT");
        order.Add("a", "CREATE TABLE");
        order.Add(null, "ALTER TABLE");

        Assert.Equal(["CREATE TABLE", "GRANT", "ALTER TABLE"], order.Sorted());
    }
}
