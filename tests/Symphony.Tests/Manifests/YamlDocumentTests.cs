using System.Text;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

public sealed class YamlDocumentTests
{
    private const string Manifest = """
        # a comment
        symphony: 1
        owners: [team-db, "ops"]
        invariants:
          - id: first
            check: {table: tenants,
                    expression: a IS NOT NULL}

          # the end of the list is before this comment
        last: |
          two
          lines
        """;

    [Theory]
    [InlineData("symphony", 2, 11, 2, 12)]
    [InlineData("owners", 3, 9, 3, 25)]
    [InlineData("owners[1]", 3, 19, 3, 24)]
    [InlineData("invariants", 5, 3, 7, 39)]
    [InlineData("invariants[0].check", 6, 12, 7, 39)]
    [InlineData("$.invariants[0]['check'].expression", 7, 25, 7, 38)]
    public void Every_node_knows_where_it_stands(string path, int line, int column, int endLine, int endColumn)
    {
        var node = YamlFile.Root(Manifest).Find(path)!;

        Assert.Equal(new YamlSpan("m.yml", line, column, endLine, endColumn), node.Span);
    }

    [Fact]
    public void Keys_have_places_of_their_own_and_keep_their_order()
    {
        var root = (YamlMapping)YamlFile.Root(Manifest);

        Assert.Equal(["symphony", "owners", "invariants", "last"], root.Entries.Select(entry => entry.Key.Text));
        Assert.True(root.TryGet("invariants", out var entry));
        Assert.Equal((4, 1), (entry.Key.Line, entry.Key.Column));
    }

    [Fact]
    public void A_path_that_leaves_the_file_ends_at_the_last_node_on_the_way()
    {
        var root = YamlFile.Root(Manifest);

        Assert.Null(root.Find("invariants[0].check.validated"));
        Assert.Same(root.Find("invariants[0].check"), root.FindNearest("invariants[0].check.validated"));
        Assert.Same(root.Find("owners"), root.FindNearest("owners[2]"));
    }

    [Fact]
    public void A_key_without_a_value_has_nothing_where_the_key_is()
    {
        var root = (YamlMapping)YamlFile.Root("a:\n\n\nb: 1\n");

        Assert.Equal("nothing", root["a"]!.Describe());
        Assert.Equal((1, 1), (root["a"]!.Line, root["a"]!.Column));
    }

    [Theory]
    [InlineData("~", YamlScalarKind.Null)]
    [InlineData("null", YamlScalarKind.Null)]
    [InlineData("nULL", YamlScalarKind.Text)]
    [InlineData("true", YamlScalarKind.Boolean)]
    [InlineData("FALSE", YamlScalarKind.Boolean)]
    [InlineData("yes", YamlScalarKind.Text)]
    [InlineData("no", YamlScalarKind.Text)]
    [InlineData("on", YamlScalarKind.Text)]
    [InlineData("012", YamlScalarKind.Integer)]
    [InlineData("-7", YamlScalarKind.Integer)]
    [InlineData("0x1F", YamlScalarKind.Integer)]
    [InlineData("0o17", YamlScalarKind.Integer)]
    [InlineData("0o8", YamlScalarKind.Text)]
    [InlineData("1_000", YamlScalarKind.Text)]
    [InlineData("1.", YamlScalarKind.Float)]
    [InlineData(".5e-3", YamlScalarKind.Float)]
    [InlineData("1e3", YamlScalarKind.Float)]
    [InlineData("-.inf", YamlScalarKind.Float)]
    [InlineData(".NaN", YamlScalarKind.Float)]
    [InlineData(".", YamlScalarKind.Text)]
    [InlineData("-", YamlScalarKind.Text)]
    [InlineData("1e", YamlScalarKind.Text)]
    [InlineData("2026-12-31", YamlScalarKind.Text)]
    [InlineData("12:30", YamlScalarKind.Text)]
    [InlineData("numeric(10,2)", YamlScalarKind.Text)]
    public void Plain_scalars_follow_the_core_schema(string text, YamlScalarKind kind)
    {
        Assert.Equal(kind, new YamlScalar(text, isPlain: true, default).Kind);
        Assert.Equal(YamlScalarKind.Text, new YamlScalar(text, isPlain: false, default).Kind);
    }

    [Theory]
    [InlineData("a: 'true'")]
    [InlineData("a: \"1\"")]
    [InlineData("a: !!str 1")]
    [InlineData("a: ! 1")]
    [InlineData("a: |\n  1\n")]
    public void What_is_quoted_tagged_or_a_block_is_text(string text)
    {
        Assert.Equal(YamlScalarKind.Text, ((YamlScalar)YamlFile.Root(text).Find("a")!).Kind);
    }

    [Theory]
    [InlineData("a: 1\nb: x\n")]
    [InlineData("a: 1\r\nb: x\r\n")]
    [InlineData("a: 1\rb: x\r")]
    [InlineData("\uFEFFa: 1\nb: x\n")]
    [InlineData("---\na: 1\nb: x\n...\n", 2)]
    [InlineData("%YAML 1.2\n---\na: 1\nb: x\n", 3)]
    public void Line_ends_marks_and_directives_make_no_difference(string text, int firstLine = 1)
    {
        var root = (YamlMapping)YamlFile.Root(text);

        Assert.Equal("x", ((YamlScalar)root["b"]!).Text);
        Assert.Equal((firstLine, 1, firstLine + 1, 4), (root.Line, root.Column, root["b"]!.Line, root["b"]!.Column));
    }

    [Fact]
    public void Columns_count_utf16_code_units()
    {
        var list = (YamlSequence)YamlFile.Root("[é😀, x]");

        Assert.Equal(7, list.Items[1].Column);
    }

    [Fact]
    public void An_alias_is_the_node_of_its_anchor_with_the_anchors_place()
    {
        var root = YamlFile.Root("a: &names [x, y]\nb: *names\n");

        Assert.Same(root.Find("a"), root.Find("b"));
    }

    [Fact]
    public void A_name_is_used_as_the_last_anchor_before_it_says()
    {
        var root = YamlFile.Root("[&a x, &a y, *a]");

        Assert.Equal("y", ((YamlScalar)root.Find("[2]")!).Text);
    }

    [Fact]
    public void A_file_as_large_as_allowed_is_read()
    {
        var lines = new StringBuilder();
        while (lines.Length < YamlLimits.FileBytes - 100)
        {
            lines.Append("- a line of some length, so that the number of values stays within its own limit\n");
        }

        Assert.IsType<YamlSequence>(YamlFile.Root(lines.ToString()));
    }
}
