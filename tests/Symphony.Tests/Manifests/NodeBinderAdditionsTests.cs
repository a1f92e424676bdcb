using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

/// <summary>Binding with keys that a rule gives.</summary>
public sealed class NodeBinderAdditionsTests
{
    [Fact]
    public void What_a_rule_gives_is_as_if_it_stood_in_the_node()
    {
        var (index, problems) = Bind("columns: [a]");

        Assert.Empty(problems);
        Assert.Equal("public.a", index!.Table);
    }

    [Fact]
    public void What_a_rule_gives_must_not_stand_in_the_node_as_well()
    {
        var (index, problems) = Bind("columns: [1]\ntable: b\n");

        Assert.Null(index);
        Assert.Equal(
            [
                "m.yml:1:11: expected text, found the number 1; put it in quotes: \"1\"",
                "m.yml:2:1: expected no key `table` here: the rule gives it, found `table`; leave it out",
            ],
            problems.Select(problem => problem.ToString())
        );
    }

    private static (IndexLike? Index, ProblemList Problems) Bind(string text)
    {
        var rule = YamlFile.Root("tables: {schema: public}");
        YamlEntry[] additions = [new(YamlScalar.GivenBy(rule, "table"), YamlScalar.GivenBy(rule, "public.a"))];
        var problems = new ProblemList();
        using var binder = new NodeBinder();
        return (binder.Bind(YamlFile.Root(text), BindingTestJson.Default.IndexLike, problems, additions), problems);
    }
}
