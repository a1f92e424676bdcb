using System.Text.Json;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence.Reproduction;

/// <summary>A bundle that holds failures, and the run that wrote it where that is known.</summary>
public sealed record RecordedFailure(string Name, Bundle Bundle, RunDocument? Run)
{
    /// <summary>Everything that was not a PASS, waived or not; or a part of it.</summary>
    public IReadOnlyList<CheckDocument> Checks { get; init; } =
    [.. Bundle.Checks.Where(check => check.Verdict != Verdict.Pass)];

    /// <summary>Where the database was made to act: what only behaviour showed shows in the same way again.</summary>
    public string? ProbeMode =>
        Checks.Select(check => check.Proof?.Behaviour?.Mode).FirstOrDefault(mode => mode is not null);

    /// <summary>
    /// What was verified, from the bundle itself: manifests may say something else by now. A rule as a whole is not in
    /// it and is taken from the manifests.
    /// </summary>
    /// <param name="manifests">The manifests as they are now; null when there are none.</param>
    /// <exception cref="InputException">A check is none that this Symphony can make again.</exception>
    public IReadOnlyList<Invariant> Invariants(KindRegistry kinds, ManifestSet? manifests) =>
        [.. Checks.Select(check => InvariantOf(check, kinds, manifests)).Distinct()];

    private Invariant InvariantOf(CheckDocument check, KindRegistry kinds, ManifestSet? manifests)
    {
        try
        {
            var invariant = new CheckReplay(Bundle, kinds, null).InvariantOf(check);
            return invariant.Claim is not null ? invariant
                : manifests?.Invariants.FirstOrDefault(declared => declared.Id == check.Id && declared.Rule is not null)
                    is { } rule
                    ? rule
                : throw CannotBeMade(
                    check,
                    "a rule that matched too little, and no rule of that id in the manifests",
                    "name the manifests that have it with --invariants"
                );
        }
        catch (ReplayException problem)
        {
            throw CannotBeMade(check, problem.Message);
        }
        catch (JsonException problem)
        {
            throw CannotBeMade(check, $"a claim with a fault at {problem.Path ?? "$"}");
        }
    }

    private InputException CannotBeMade(
        CheckDocument check,
        string found,
        string next = "use the Symphony that wrote the evidence, or `symphony verify` with the manifests"
    ) =>
        new(
            $"{check.Id} cannot be verified again from its evidence",
            $"a check with a claim of a kind that this Symphony knows, in {Name}",
            found,
            next
        );
}
