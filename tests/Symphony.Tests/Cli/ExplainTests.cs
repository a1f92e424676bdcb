using Symphony.Kinds;

namespace Symphony.Tests.Cli;

public sealed class ExplainTests
{
    public static TheoryData<string> Kinds => [.. KindRegistry.Standard.Kinds.Select(kind => kind.Key)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_kind_is_explained_whole(string key)
    {
        var kind = KindRegistry.Standard.Find(key)!;

        var run = await CliRun.InRepository("explain", key);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"{key}: {kind.Summary}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(kind.WhyItMatters, run.Output, StringComparison.Ordinal);
        Assert.All(kind.HoldsOnlyWhen, condition => Assert.Contains(condition, run.Output, StringComparison.Ordinal));
        Assert.All(
            kind.ClaimType.Properties,
            field => Assert.Contains($"\n  {field.Name} ", run.Output, StringComparison.Ordinal)
        );
        Assert.Contains("  claim:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_kind_they_are_listed_in_the_registrys_order()
    {
        var lines = (await CliRun.InRepository("explain"))
            .Output.Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal));

        Assert.Equal(
            KindRegistry.Standard.Kinds.Select(kind => kind.Key),
            lines.Select(line => line.Trim().Split(' ')[0])
        );
    }

    [Theory]
    [InlineData("chek", "did you mean `check`?")]
    [InlineData("set-if-null", "did you mean `set_if_null`?")]
    [InlineData("elephants", "run `symphony explain` for the list")]
    public async Task A_kind_that_is_not_there_gets_the_nearest(string key, string next)
    {
        var run = await CliRun.InRepository("explain", key);

        Assert.Equal((3, ""), (run.Exit, run.Output));
        Assert.Contains(
            $"symphony: there is no kind `{key}`\n  expected  one of table, column, check",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith($"  next      {next}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invariant_is_explained_with_what_it_asks_and_accepts()
    {
        using var folder = CliFolder.With(
            "  - {id: a, check: {table: t, name: c, expression: \"x <> 'é' AND y > 0\"}}\n"
        );

        var run = await CliRun.In(folder.Path, "explain", "--invariant", "a");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("  at         invariants/m.yml:5:5\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  about      public.t.c\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"expression\":\"x <> 'é' AND y > 0\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("`symphony compile --only a` prints it", run.Output, StringComparison.Ordinal);
        Assert.All(
            KindRegistry.Standard.Find("check")!.HoldsOnlyWhen,
            condition => Assert.Contains("- " + condition, run.Output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_rule_is_explained_with_its_places()
    {
        using var folder = CliFolder.With(
            "  - id: a\n    for_each: {tables: {name: pay_*}, at_least: 3}\n    check: {name: '{table}_chk', expression: x > 0}\n"
        );

        var page = (await CliRun.In(folder.Path, "explain", "--invariant", "a")).Output;

        Assert.Contains("  for each   of tables of public, named pay_*; at least 3\n", page, StringComparison.Ordinal);
        Assert.Contains("\"table\":\"public.{table}\",\"name\":\"{table}_chk\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invariant_that_is_not_there_gets_the_nearest()
    {
        using var folder = CliFolder.With("  - {id: tenants-payer, table: {table: t}}\n");

        var run = await CliRun.In(folder.Path, "explain", "--invariant", "tenant-payer");

        Assert.Equal(3, run.Exit);
        Assert.EndsWith("  next      did you mean `tenants-payer`?\n", run.Error, StringComparison.Ordinal);
    }
}
