using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>A <see cref="ProofDocument"/>, its members in the order of their names.</summary>
internal static class ProofWriter
{
    public static void Write(CanonicalWriter json, CheckResult check)
    {
        json.Name("proof"u8);
        if (check is { Behaviour: null, Sabotages: null })
        {
            json.Null();
            return;
        }

        json.BeginObject();
        WriteBehaviour(json, check.Behaviour);
        WriteSabotages(json, check.Sabotages);
        json.EndObject();
    }

    private static void WriteBehaviour(CanonicalWriter json, BehaviourWitness? witness)
    {
        json.Name("behaviour"u8);
        if (witness is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("mode"u8).String(witness.Mode);
        json.Name("testimonies"u8).BeginArray();
        foreach (var testimony in witness.Testimonies)
        {
            json.BeginObject();
            json.Name("next"u8).String(testimony.Next);
            json.Name("outcome"u8).String(testimony.Outcome.Word());
            json.Name("probe"u8).String(testimony.Probe);
            json.Name("sqlstate"u8).String(testimony.SqlState);
            json.Name("statement"u8).String(testimony.Statement);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WriteSabotages(CanonicalWriter json, SabotageProof? proof)
    {
        json.Name("sabotages"u8);
        if (proof is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("detected"u8).Number(proof.Count(TrialOutcome.Detected));
        json.Name("not_applicable"u8).Number(proof.Count(TrialOutcome.NotApplicable));
        json.Name("survived"u8).Number(proof.Count(TrialOutcome.Survived));
        json.Name("trials"u8).BeginArray();
        foreach (var trial in proof.Trials)
        {
            Write(json, trial);
        }

        json.EndArray();
        json.Name("unaffected"u8).Number(proof.Count(TrialOutcome.Unaffected));
        json.EndObject();
    }

    private static void Write(CanonicalWriter json, SabotageTrial trial)
    {
        var wasRefused = trial.Outcome == TrialOutcome.NotApplicable;
        var wentUnnoticed = trial.Outcome is TrialOutcome.Survived or TrialOutcome.Unaffected;
        json.BeginObject();
        json.Name("name"u8).String(trial.Sabotage.Name);
        json.Name("outcome"u8).String(trial.Outcome.Word());
        json.Name("refusal"u8).String(wasRefused ? trial.Reason : null);
        json.Name("sqlstate"u8).String(trial.SqlState);
        json.Name("statements"u8).Strings(wentUnnoticed ? trial.Sabotage.Statements : []);
        json.Name("verdict"u8).String(trial.Verdict?.Word());
        json.EndObject();
    }
}
