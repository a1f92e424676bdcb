using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Verification;

public sealed class BehaviourWitnessTests
{
    [Fact]
    public void Witnesses_that_disagree_are_a_failure_that_says_which_said_what()
    {
        var check = Heard(TestimonyOutcome.Confirmed, TestimonyOutcome.Contradicted).Conclude(Holding());

        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.Equal(
            "The witnesses disagree. The catalog says that it holds. The database, made to act, says that it does not: It was contradicted.",
            check.Explanation
        );
        Assert.Equal("behaviour", Assert.Single(check.Differences).Path);
        Assert.NotNull(check.Next);
    }

    [Fact]
    public void A_database_that_could_not_be_made_to_act_is_an_error()
    {
        var check = Heard(TestimonyOutcome.Confirmed, TestimonyOutcome.Unobserved).Conclude(Holding());

        Assert.Equal(Verdict.Error, check.Verdict);
        Assert.Equal("put it right", check.Next);
    }

    [Fact]
    public void Something_else_that_came_first_leaves_the_catalogs_word()
    {
        Assert.Equal(Verdict.Pass, Heard(TestimonyOutcome.Inconclusive).Conclude(Holding()).Verdict);
    }

    [Fact]
    public void What_the_catalog_has_refuted_no_deed_restores()
    {
        var failing = Holding() with { Verdict = Verdict.Fail, Explanation = "It is gone." };

        var check = Heard(TestimonyOutcome.Confirmed).Conclude(failing);

        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.StartsWith("It is gone. The witnesses disagree", check.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_part_was_not_shown_a_refuted_claim_is_not_said_to_be_disputed()
    {
        var failing = Holding() with { Verdict = Verdict.Fail, Explanation = "It is gone." };

        var check = Heard(TestimonyOutcome.Confirmed, TestimonyOutcome.Inconclusive).Conclude(failing);

        Assert.Equal((Verdict.Fail, "It is gone."), (check.Verdict, check.Explanation));
    }

    private static BehaviourWitness Heard(params TestimonyOutcome[] outcomes) =>
        new(
            "direct",
            [
                .. outcomes.Select(outcome => new Testimony(
                    "insert a row",
                    outcome,
                    $"It was {outcome.Word()}.",
                    null,
                    outcome == TestimonyOutcome.Unobserved ? "put it right" : null
                )),
            ]
        );

    private static CheckResult Holding() => HandMadeRun.Report((Verdict.Pass, Severity.P0)).Checks.Single();
}
