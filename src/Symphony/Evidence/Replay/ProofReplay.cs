using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Evidence.Replay;

/// <summary>
/// What the run's probes and proofs made of a verdict, made of it again: they are taken as recorded, for without the
/// database nobody can see them again, and the verdict must follow from them.
/// </summary>
internal static class ProofReplay
{
    /// <exception cref="ReplayException">The proof is none that a run could have written.</exception>
    public static CheckResult Conclude(CheckResult check, ProofDocument? proof)
    {
        if (proof?.Behaviour is { } behaviour)
        {
            check = WitnessOf(behaviour).Conclude(check);
        }

        return proof?.Sabotages is { } sabotages ? ProofOf(sabotages).Conclude(check) : check;
    }

    private static BehaviourWitness WitnessOf(BehaviourDocument document) =>
        new(
            document.Mode,
            [
                .. document.Testimonies.Select(
                    (testimony, i) =>
                        new Testimony(
                            testimony.Probe,
                            OutcomeOf<TestimonyOutcome>(
                                testimony.Outcome,
                                TestimonyOutcomeNames.Word,
                                $"/proof/behaviour/testimonies/{i}/outcome"
                            ),
                            testimony.Statement,
                            testimony.Sqlstate,
                            testimony.Next
                        )
                ),
            ]
        );

    private static SabotageProof ProofOf(SabotagesDocument document) =>
        new([
            .. document.Trials.Select(
                (trial, i) =>
                    new SabotageTrial(
                        new Sabotage(trial.Name, trial.Statements),
                        OutcomeOf<TrialOutcome>(
                            trial.Outcome,
                            TrialOutcomeNames.Word,
                            $"/proof/sabotages/trials/{i}/outcome"
                        ),
                        trial.Verdict,
                        trial.Refusal,
                        trial.Sqlstate
                    )
            ),
        ]);

    private static TOutcome OutcomeOf<TOutcome>(string word, Func<TOutcome, string> name, string pointer)
        where TOutcome : struct, Enum
    {
        foreach (var outcome in Enum.GetValues<TOutcome>())
        {
            if (name(outcome) == word)
            {
                return outcome;
            }
        }

        throw new ReplayException(pointer, string.Join(", ", Enum.GetValues<TOutcome>().Select(name)), word);
    }
}
