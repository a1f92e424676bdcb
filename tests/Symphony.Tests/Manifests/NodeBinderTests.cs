using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Symphony.Manifests;
using Symphony.Manifests.Binding;

namespace Symphony.Tests.Manifests;

public sealed class NodeBinderTests
{
    [Fact]
    public void A_mapping_becomes_the_record_that_it_describes()
    {
        var (index, problems) = Bind(
            """
            table: public.tenants
            columns: [tenant_id, {column: received_at, desc: true}]
            method: sp_gist
            fallback: btree
            unique: true
            nulls_distinct: ~
            fill_factor: 0x46
            correlation: +.50
            predicate: |
              a > 1
            since: 2026-01-31
            include: [a, "1", 'true']
            options: {fastupdate: "on"}
            values: {a: null, b: 1.50, c: [x, {d: no}], e: 012, f: .inf}
            validated: false
            twin: {table: t, columns: []}
            """
        );

        Assert.Empty(problems);
        Assert.Equal("public.tenants", index!.Table);
        Assert.Equal([new KeyLike("tenant_id"), new KeyLike("received_at", Desc: true)], index.Columns);
        Assert.Equal((MethodLike.SpGist, MethodLike.BTree), (index.Method, index.Fallback!.Value));
        Assert.True(index.Unique);
        Assert.Null(index.NullsDistinct);
        Assert.Equal((70, 0.50m), (index.FillFactor, index.Correlation!.Value));
        Assert.Equal("a > 1\n", index.Predicate);
        Assert.Equal(new DateOnly(2026, 1, 31), index.Since);
        Assert.Equal(["a", "1", "true"], index.Include!);
        Assert.Equal("on", index.Options!["fastupdate"]);
        Assert.Equal(
            """[null,1.50,["x",{"d":"no"}],12,".inf"]""",
            JsonSerializer.Serialize(index.Values!.Values, JsonSerializerOptions.Default)
        );
        Assert.Equal(Tri.False, index.Validated);
        Assert.Equal("t", index.Twin!.Table);
    }

    [Fact]
    public void All_that_does_not_fit_is_told_at_once_each_with_its_place()
    {
        var (index, problems) = Bind(
            """
            tabel: tenants
            columns: [a, 1, {colunm: b, desc: yes}]
            method: Btree
            fill_factor: many
            predicate: 123
            include: a
            options: {a: 1, b: {}}
            since: 31.1.2026
            validated: perhaps
            unique: "true"
            twin: {table: [x], columns: {}}
            """
        );

        Assert.Null(index);
        var keys =
            "`table`, `columns`, `method`, `fallback`, `unique`, `nulls_distinct`, `fill_factor`, `correlation`, "
            + "`predicate`, `since`, `include`, `tags`, `options`, `values`, `validated`, `twin`";
        Assert.Equal(
            [
                $"m.yml:1:1: expected one of the keys {keys}, found `tabel`; did you mean `table`?",
                "m.yml:1:1: expected the key `table`, found a mapping without it",
                "m.yml:2:14: expected text, found the number 1; put it in quotes: \"1\"",
                "m.yml:2:17: expected the key `column`, found a mapping without it",
                "m.yml:2:18: expected one of the keys `column`, `desc`, found `colunm`; did you mean `column`?",
                "m.yml:2:35: expected true or false, found the text `yes`; write true",
                "m.yml:3:9: expected one of `btree`, `hash`, `sp_gist`, found the text `Btree`; did you mean `btree`?",
                "m.yml:4:14: expected a whole number, found the text `many`",
                "m.yml:5:12: expected text, found the number 123; put it in quotes: \"123\"",
                "m.yml:6:10: expected a list of text, found the text `a`; put it in brackets: [a]",
                "m.yml:7:14: expected text, found the number 1; put it in quotes: \"1\"",
                "m.yml:7:20: expected text, found an empty mapping",
                "m.yml:8:8: expected a date such as 2026-12-31, found the text `31.1.2026`",
                "m.yml:9:12: expected true, false or any, found the text `perhaps`",
                "m.yml:10:9: expected true or false, found the text `true`; write it without quotes",
                "m.yml:11:15: expected text, found a list",
                "m.yml:11:29: expected a list of mappings, found an empty mapping",
            ],
            problems.Select(problem => problem.ToString())
        );
    }

    [Theory]
    [InlineData("{table: , columns: []}", "m.yml:1:2: expected text, found nothing")]
    [InlineData("{table: null, columns: []}", "m.yml:1:9: expected text, found null; put it in quotes: \"null\"")]
    [InlineData("{table: t, columns: ~}", "m.yml:1:21: expected a list of mappings, found null")]
    [InlineData("{table: t, columns: [~]}", "m.yml:1:22: expected text, found null; put it in quotes: \"~\"")]
    [InlineData(
        "{table: t, columns: [], include: [a, ~]}",
        "m.yml:1:38: expected text, found null; put it in quotes: \"~\""
    )]
    [InlineData("{table: t, columns: [], unique: ~}", "m.yml:1:33: expected true or false, found null")]
    [InlineData("{table: t, columns: [], fill_factor: ~}", "m.yml:1:38: expected a whole number, found null")]
    [InlineData(
        "{table: t, columns: [], method: ~}",
        "m.yml:1:33: expected one of `btree`, `hash`, `sp_gist`, found null"
    )]
    [InlineData(
        "{table: t, columns: [], fill_factor: 99999999999}",
        "m.yml:1:38: expected a whole number, found the number 99999999999"
    )]
    [InlineData(
        "{table: t, columns: [], fill_factor: 1.5}",
        "m.yml:1:38: expected a whole number, found the number 1.5"
    )]
    [InlineData("{table: t, columns: [], correlation: .nan}", "m.yml:1:38: expected a number, found the number .nan")]
    [InlineData(
        "{table: t, columns: [[a]]}",
        "m.yml:1:22: expected `column` alone, or a mapping with the keys `column`, `desc`, found a list"
    )]
    [InlineData(
        "{table: t, columns: [], options: {a: ~}}",
        "m.yml:1:38: expected text, found null; put it in quotes: \"~\""
    )]
    public void Null_and_values_of_another_sort_are_refused_where_they_are_not_allowed(string text, string problem)
    {
        Assert.Equal(problem, Assert.Single(Bind(text).Problems).ToString());
    }

    [Fact]
    public void A_value_cut_by_a_comma_between_braces_is_told_from_a_wrong_key()
    {
        var problem = Assert.Single(Bind("{table: t, columns: [], predicate: coalesce(a, 0) > 1}").Problems);

        Assert.Equal((1, 48, "`0) > 1`"), (problem.Line, problem.Column, problem.Found));
        Assert.Equal("between { and } a comma ends a value: put text that holds one in quotes", problem.Hint);
    }

    [Fact]
    public void A_node_of_another_sort_than_the_type_is_refused()
    {
        Assert.StartsWith(
            "m.yml:1:1: expected a mapping with the keys `table`,",
            Assert.Single(Bind("[a]").Problems).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_refusal_of_a_members_own_converter_has_the_place_of_its_value()
    {
        var problems = new ProblemList();
        using var binder = new NodeBinder();

        Assert.Null(
            binder.Bind(
                YamlFile.Root("name: n\nsizes: [1, 2]\ncode: abc\n"),
                BindingTestJson.Default.Required,
                problems
            )
        );

        Assert.Equal(
            "m.yml:3:7: expected upper-case letters, found the text `abc`",
            Assert.Single(problems).ToString()
        );
    }

    [Fact]
    public void A_mistake_behind_an_alias_is_told_once_and_where_it_is_written()
    {
        var root = YamlFile.Root("- &key {colum: a}\n- {table: t, columns: [*key, *key]}\n");
        var problems = new ProblemList();
        using var binder = new NodeBinder();

        Assert.Null(binder.Bind(root.Find("[1]")!, BindingTestJson.Default.IndexLike, problems));

        Assert.Equal([(1, 3), (1, 9)], problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void One_binder_serves_many_nodes_also_after_a_mistake()
    {
        using var binder = new NodeBinder();
        var problems = new ProblemList();
        Assert.Null(binder.Bind(YamlFile.Root("{table: 1, columns: 2}"), BindingTestJson.Default.IndexLike, problems));
        Assert.Equal(2, problems.Count);

        Assert.NotNull(
            binder.Bind(YamlFile.Root("{table: a, columns: []}"), BindingTestJson.Default.IndexLike, problems)
        );
        Assert.Equal(
            "b",
            (
                (Required)
                    binder.Bind(YamlFile.Root("name: b"), (JsonTypeInfo)BindingTestJson.Default.Required, problems)!
            ).Name
        );
        Assert.Equal(2, problems.Count);
    }

    private static (IndexLike? Index, ProblemList Problems) Bind(string text)
    {
        var problems = new ProblemList();
        using var binder = new NodeBinder();
        return (binder.Bind(YamlFile.Root(text), BindingTestJson.Default.IndexLike, problems), problems);
    }
}
