using Symphony.Tasks;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Tasks;

public sealed class TaskCheckTests
{
    private const string Good = $"""
        # A plan

        failure_signature: {Samples.Signature}, {Samples.OtherSignature}
        origin_task_id: {Samples.Task}
        repro_command: symphony verify --task {Samples.Task} --signature {Samples.Signature}
        verification_commands_run: scripts/dev/pre_ci.sh
        final_status: PASS

        Some words: and more.
        """;

    [Fact]
    public void A_plan_whose_markers_are_true_is_in_order() => Assert.Equal([], Check(Good));

    [Theory]
    [InlineData("failure_signature:", "1:1: expected a line `failure_signature: …`, found none")]
    [InlineData("origin_task_id:", "1:1: expected a line `origin_task_id: …` or `origin_gate_id: …`, found none")]
    [InlineData("repro_command:", "1:1: expected a line `repro_command: …`, found none")]
    [InlineData("verification_commands_run:", "1:1: expected a line `verification_commands_run: …`, found none")]
    [InlineData("final_status:", "1:1: expected a line `final_status: …`, found none")]
    public void A_missing_marker_is_named(string marker, string problem) =>
        Assert.Equal(
            [problem],
            Check(string.Join('\n', Good.Split('\n').Where(line => !line.StartsWith(marker, StringComparison.Ordinal))))
        );

    [Theory]
    [InlineData(
        "final_status: PASS",
        "final_status: PASSED",
        "7:15: expected one of OPEN, IN_PROGRESS, PASS, FAIL, WONT_FIX, found `PASSED`; did you mean `PASS`?"
    )]
    [InlineData(
        "final_status: PASS",
        "final_status: pass",
        "7:15: expected one of OPEN, IN_PROGRESS, PASS, FAIL, WONT_FIX, found `pass`; did you mean `PASS`?"
    )]
    [InlineData(
        "final_status: PASS",
        "final_status: in progress",
        "7:15: expected one of OPEN, IN_PROGRESS, PASS, FAIL, WONT_FIX, found `in progress`; did you mean `IN_PROGRESS`?"
    )]
    [InlineData(
        "final_status: PASS",
        "final_status: WONTFIX",
        "7:15: expected one of OPEN, IN_PROGRESS, PASS, FAIL, WONT_FIX, found `WONTFIX`; did you mean `WONT_FIX`?"
    )]
    [InlineData(
        "final_status: PASS",
        "final_status: banana",
        "7:15: expected one of OPEN, IN_PROGRESS, PASS, FAIL, WONT_FIX, found `banana`"
    )]
    [InlineData("final_status: PASS", "final_status:", "7:14: expected a value of `final_status`, found nothing")]
    [InlineData(
        "origin_task_id: TSK-P0-149",
        "origin_task_id: tsk 149",
        "4:17: expected capital letters, digits, - and _, such as TSK-P0-149, found `tsk 149`"
    )]
    [InlineData(
        "--task TSK-P0-149",
        "--task TSK-P0-150",
        "5:16: expected `--task TSK-P0-149`, found `--task TSK-P0-150`"
    )]
    [InlineData(
        "repro_command: symphony",
        "repro_command: scripts/no_such",
        "5:16: expected a command that is there, found `scripts/no_such`"
    )]
    public void A_marker_that_is_not_well_formed_or_not_true_is_said_where_it_stands(
        string good,
        string bad,
        string problem
    ) => Assert.Equal([problem], Check(Good.Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void A_signature_that_the_task_s_manifests_do_not_use_is_refused_and_one_that_they_use_is_missed()
    {
        var problems = Check(Good.Replace($", {Samples.OtherSignature}", ", P0.BIZ.OTHERS", StringComparison.Ordinal));
        Assert.Equal(2, problems.Length);
        Assert.Contains(
            problems,
            problem => problem.EndsWith("did you mean `P0.BIZ.OTHER`?", StringComparison.Ordinal)
        );
        Assert.Contains(problems, problem => problem.Contains("`P0.BIZ.OTHER` too", StringComparison.Ordinal));
    }

    [Fact]
    public void A_marker_stands_once() =>
        Assert.Equal(
            ["8:1: expected one line `final_status: …`, found a second one; the first is line 7"],
            Check(
                Good.Replace(
                    "final_status: PASS\n",
                    "final_status: PASS\nfinal_status: PASS\n",
                    StringComparison.Ordinal
                )
            )
        );

    [Theory]
    [InlineData("final_statuss: PASS")]
    [InlineData("Final-Status: PASS")]
    [InlineData("**final status**: PASS")]
    public void A_near_miss_of_a_marker_is_named(string line) =>
        Assert.Contains(
            Check(Good.Replace("final_status: PASS", line, StringComparison.Ordinal)),
            problem => problem.EndsWith("did you mean `final_status`?", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("- final_status: PASS")]
    [InlineData("* **final_status**: PASS")]
    [InlineData("**final_status:** PASS")]
    [InlineData("final_status: `PASS`")]
    [InlineData("final_status: PASS\r")]
    public void Markdown_around_a_marker_does_not_matter(string line) =>
        Assert.Equal([], Check(Good.Replace("final_status: PASS", line, StringComparison.Ordinal)));

    [Fact]
    public void What_stands_in_a_code_block_is_an_example() =>
        Assert.Equal([], Check(Good + "\n```\nfinal_status: FAIL\n```\n"));

    [Theory]
    [InlineData("PASS", Verdict.Pass, true)]
    [InlineData("PASS", Verdict.Waived, true)]
    [InlineData("PASS", Verdict.Fail, false)]
    [InlineData("PASS", Verdict.Error, false)]
    [InlineData("PASS", null, false)]
    [InlineData("FAIL", Verdict.Fail, true)]
    [InlineData("FAIL", Verdict.Error, true)]
    [InlineData("FAIL", Verdict.Pass, false)]
    [InlineData("FAIL", null, false)]
    [InlineData("OPEN", null, true)]
    [InlineData("IN_PROGRESS", Verdict.Fail, true)]
    [InlineData("WONT_FIX", Verdict.Fail, true)]
    public void A_status_agrees_with_the_newest_evidence(string status, Verdict? newest, bool agrees)
    {
        var problems = Check(Good.Replace("PASS", status, StringComparison.Ordinal), newest);
        Assert.Equal(agrees, problems.Length == 0);
        Assert.All(problems, problem => Assert.StartsWith("7:15: ", problem, StringComparison.Ordinal));
    }

    private static string[] Check(string plan, Verdict? newest = Verdict.Pass) =>
        [
            .. new TaskCheck(
                Samples.Manifests,
                (_, _) => newest is { } verdict ? (verdict, "20260101T000000Z-00000000") : null
            )
                .Check(Samples.Task, TaskPlan.Parse(plan, "PLAN.md"), Repository.Root)
                .Select(problem => problem.ToString()["PLAN.md:".Length..]),
        ];
}
