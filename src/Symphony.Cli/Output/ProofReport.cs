using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>What was proven, for people: the changes that went unnoticed with their SQL, and one line that sums up.</summary>
internal sealed class ProofReport(TextWriter output, Style style)
{
    /// <summary>The statements after which the verdict was PASS still.</summary>
    public void WriteSurvivors(CheckResult check)
    {
        foreach (var survivor in check.Sabotages?.Survivors ?? [])
        {
            Line("unseen", TerminalText.Escape(survivor.Sabotage.Name));
            foreach (var statement in survivor.Sabotage.Statements)
            {
                foreach (var line in TerminalText.EscapeLines(statement + ";").Split('\n'))
                {
                    Line("", line);
                }
            }
        }
    }

    /// <summary>How often the database did as claimed when it was made to act.</summary>
    public void WriteProbes(Report report, TimeSpan elapsed)
    {
        var heard = report.Checks.Select(check => check.Behaviour).OfType<BehaviourWitness>().ToList();
        if (heard.Count == 0)
        {
            return;
        }

        var verdict =
            Count(TestimonyOutcome.Contradicted) > 0 ? Verdict.Fail
            : Count(TestimonyOutcome.Unobserved) > 0 ? Verdict.Error
            : Verdict.Pass;
        output.WriteLine(
            FormattableString.Invariant(
                $"{style.Of(verdict)}  {heard.Sum(witness => witness.Testimonies.Count)} probes of {heard.Count} check{(heard.Count == 1 ? "" : "s")}: {Count(TestimonyOutcome.Confirmed)} confirmed, {Count(TestimonyOutcome.Contradicted)} contradicted, {Count(TestimonyOutcome.Inconclusive)} inconclusive, {Count(TestimonyOutcome.Unobserved)} unobserved in {elapsed.TotalSeconds:0.00} s"
            )
        );

        int Count(TestimonyOutcome outcome) =>
            heard.Sum(witness => witness.Testimonies.Count(testimony => testimony.Outcome == outcome));
    }

    /// <param name="details">Say of each change that was not applicable why.</param>
    public void WriteSummary(Report report, TimeSpan elapsed, bool details)
    {
        var proofs = report.Checks.Select(check => check.Sabotages).OfType<SabotageProof>().ToList();
        if (proofs.Count == 0)
        {
            return;
        }

        if (details)
        {
            WriteRefused(proofs);
        }

        foreach (var check in report.Checks.Where(check => check.Sabotages is { FoundNone: true }))
        {
            output.WriteLine(
                $"note    no change was found that makes {check.Invariant.Id} fail ({check.Sabotages!.Trials.Count} were tried)"
            );
        }

        var survived = Count(TrialOutcome.Survived);
        output.WriteLine(
            FormattableString.Invariant(
                $"{style.Of(survived == 0 && proofs.All(proof => proof.IsProven || proof.FoundNone) ? Verdict.Pass : Verdict.Fail)}  {proofs.Sum(proof => proof.Trials.Count)} sabotages of {proofs.Count} check{(proofs.Count == 1 ? "" : "s")}: {Count(TrialOutcome.Detected)} detected, {survived} survived, {Count(TrialOutcome.NotApplicable)} not applicable in {elapsed.TotalSeconds:0.00} s"
            )
        );

        int Count(TrialOutcome outcome) => proofs.Sum(proof => proof.Count(outcome));
    }

    /// <summary>Each reason once: one missing privilege refuses many changes.</summary>
    private void WriteRefused(IEnumerable<SabotageProof> proofs)
    {
        foreach (
            var reason in proofs
                .SelectMany(proof => proof.Trials)
                .Where(trial => trial.Outcome == TrialOutcome.NotApplicable)
                .GroupBy(trial => $"\"{trial.Sabotage.Name}\" is not applicable: {trial.Reason}")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            output.WriteLine($"note    {TerminalText.Escape(reason.Key)} ({reason.Count()}×)");
        }
    }

    private void Line(string label, string text) => output.WriteLine($"  {style.Dim(label.PadRight(8))}{text}");
}
