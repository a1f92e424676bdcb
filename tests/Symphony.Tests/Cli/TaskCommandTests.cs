using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

public sealed class TaskCommandTests
{
    [Fact]
    public async Task A_task_without_evidence_has_not_passed()
    {
        using var empty = new TemporaryFolder();

        var check = await CliRun.InRepository("task", "check", "TSK-P0-149", "--evidence", empty.Path);
        var list = await CliRun.InRepository("task", "list", "--evidence", empty.Path);

        Assert.Equal((1, 0), (check.Exit, list.Exit));
        Assert.Contains(
            "invariants/TSK-P0-149/PLAN.md:7:15: expected evidence of",
            check.Output,
            StringComparison.Ordinal
        );
        Assert.Matches("(?m)^TSK-P0-0011 +PASS +evidence no evidence +1 problem$", list.Output);
    }

    [Fact]
    public async Task A_task_without_a_plan_is_not_in_order()
    {
        using var folder = CliFolder.With("  - {id: a, table: {table: t}}");

        var check = await CliRun.In(folder.Path, "task", "check", "TSK-1");

        Assert.Equal(1, check.Exit);
        Assert.Contains("PLAN.md:1:1: expected the task's plan", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_task_is_bad_input_with_the_nearest_name()
    {
        var check = await CliRun.InRepository("task", "check", "TSK-P0-148");
        Assert.Equal(3, check.Exit);
        Assert.Contains("did you mean `TSK-P0-149`?", check.Error, StringComparison.Ordinal);
    }
}
