using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Verification;

public sealed class SabotageProofTests
{
    private static readonly Sabotage Drop = new("the constraint is dropped", "ALTER TABLE t DROP CONSTRAINT c");

    [Fact]
    public void One_change_that_goes_unnoticed_makes_a_check_that_holds_a_failure_that_names_it()
    {
        var proof = Proof((Drop, TrialOutcome.Detected), (Drop with { Name = "a tautology" }, TrialOutcome.Survived));

        var check = proof.Conclude(Holding());

        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.Contains("\"a tautology\"", check.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain(Drop.Name, check.Explanation, StringComparison.Ordinal);
        Assert.NotNull(check.Next);
        Assert.False(proof.IsProven);
    }

    [Fact]
    public void Where_no_change_could_be_made_nothing_is_proven_and_that_is_an_error()
    {
        Assert.Equal(Verdict.Error, Proof((Drop, TrialOutcome.NotApplicable)).Conclude(Holding()).Verdict);
    }

    [Fact]
    public void Where_no_change_is_known_that_is_said_and_nothing_else()
    {
        Assert.True(Proof().FoundNone);
        Assert.False(Proof().IsProven);
        Assert.Equal(Verdict.Pass, Proof().Conclude(Holding()).Verdict);
    }

    [Fact]
    public void Guesses_that_miss_are_no_failure_and_one_that_hits_is_a_proof()
    {
        var missed = Proof((Drop, TrialOutcome.Unaffected));
        var hit = Proof((Drop, TrialOutcome.Unaffected), (Drop, TrialOutcome.Detected));

        Assert.True(missed.FoundNone);
        Assert.False(missed.IsProven);
        Assert.Equal(Verdict.Pass, missed.Conclude(Holding()).Verdict);
        Assert.True(hit.IsProven);
        Assert.Equal(Verdict.Pass, hit.Conclude(Holding()).Verdict);
    }

    [Fact]
    public void A_check_that_does_not_hold_stays_what_it_is()
    {
        var failing = Holding() with { Verdict = Verdict.Fail, Explanation = "broken" };

        var check = Proof((Drop, TrialOutcome.Survived)).Conclude(failing);

        Assert.Equal((Verdict.Fail, "broken"), (check.Verdict, check.Explanation));
    }

    private static SabotageProof Proof(params (Sabotage Sabotage, TrialOutcome Outcome)[] trials) =>
        new([.. trials.Select(trial => new SabotageTrial(trial.Sabotage, trial.Outcome, null, "must be owner", null))]);

    private static CheckResult Holding() => HandMadeRun.Report((Verdict.Pass, Severity.P0)).Checks.Single();
}
