namespace Symphony.Tests.Cli;

public sealed class CompileTests
{
    [Fact]
    public async Task The_same_manifests_compile_to_the_same_bytes()
    {
        var first = await CliRun.InRepository("compile");

        Assert.True(first.Exit == 0, first.Error);
        Assert.Equal(first.Output, (await CliRun.InRepository("compile")).Output);
    }

    [Theory]
    [InlineData("14")]
    [InlineData("18")]
    public async Task The_script_reads_only_and_holds_every_query_with_its_parameters(string major)
    {
        using var folder = CliFolder.With(
            "  - {id: a, check: {table: t, name: it's, expression: 'true'}}\n"
                + "  - {id: b, check: {table: other.t, name: c, expression: 'true'}}\n"
                + "  - {id: c, column: {table: t, name: k, nullable: false}}\n"
        );

        var script = (await CliRun.In(folder.Path, "compile", "--postgres", major)).Output;

        Assert.Contains("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;", script, StringComparison.Ordinal);
        Assert.Contains(
            "EXECUTE symphony_check ('{\"public\",\"other\"}', '{\"t\",\"t\"}', '{\"it''s\",\"c\"}');",
            script,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EXECUTE symphony_column ('{\"public\"}', '{\"t\"}', '{\"k\"}');",
            script,
            StringComparison.Ordinal
        );
        Assert.Equal(2, script.Split("-- query_sha256 ").Length - 1);
        Assert.EndsWith("COMMIT;\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_asks_first_and_makes_its_names_on_the_server()
    {
        using var folder = CliFolder.With(
            "  - id: a\n    for_each: {tables: {name: pay_*, except: [pay_old]}}\n    check: {name: 'it''s_{table}_{schema}_{name}', expression: 'true'}\n"
        );

        var script = (await CliRun.In(folder.Path, "compile")).Output;

        Assert.Contains("array_agg(('it''s_' || t || '_' || s || '_' || t)::text)", script, StringComparison.Ordinal);
        Assert.Contains("c.relname ~ E'^(pay\\\\_.*)$'", script, StringComparison.Ordinal);
        Assert.Contains("EXECUTE symphony_check (:'rule_s', :'rule_t', :'rule_n');", script, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', script);
    }

    [Fact]
    public async Task What_a_manifest_says_cannot_leave_its_comment()
    {
        using var folder = CliFolder.With(
            "  - {id: a, check: {table: t, name: \"c\\nDROP TABLE t; --\", expression: 'true'}}\n"
        );

        var lines = (await CliRun.In(folder.Path, "compile")).Output.Split('\n');

        Assert.Contains("-- a: public.t.c\\u000aDROP TABLE t; --", lines);
        Assert.Contains("DROP TABLE t; --\"}');", lines);
    }

    [Fact]
    public async Task Only_what_is_selected_is_compiled()
    {
        using var folder = CliFolder.With("  - {id: a, table: {table: t}}\n  - {id: b, column: {table: t, name: c}}\n");

        var run = await CliRun.In(folder.Path, "compile", "--only", "b");

        Assert.Contains("symphony_column", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("symphony_table", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only bee", "symphony: --only selects nothing", "did you mean `bees`?")]
    [InlineData("--task TSK-2", "symphony: --task selects nothing", "did you mean `TSK-1`?")]
    [InlineData("--signature X.Y", "symphony: --signature selects nothing", "one of: P0.SOME.SIGNATURE")]
    [InlineData("--invariants elsewhere", "symphony: there are no manifests to verify", "name it with --invariants")]
    public async Task A_selection_of_nothing_is_bad_input(string options, string message, string next)
    {
        using var folder = CliFolder.With("  - {id: bees, table: {table: t}}\n");

        var run = await CliRun.In(folder.Path, ["compile", .. options.Split(' ')]);

        Assert.Equal((3, ""), (run.Exit, run.Output));
        Assert.StartsWith(message + "\n", run.Error, StringComparison.Ordinal);
        Assert.Contains($"  next      {next}", run.Error, StringComparison.Ordinal);
    }
}
