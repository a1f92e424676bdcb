using System.Text.Json;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Verification;

/// <summary>Invariants about checks, judged against facts that a test makes up.</summary>
internal static class HandMadeRun
{
    public static WaiverBook NoWaivers { get; } = new([], Samples.Today);

    /// <param name="invariants">What is verified.</param>
    /// <param name="facts">The fact of each planned check, in order; null when there is no such object.</param>
    /// <param name="error">Why the query as a whole was not answered.</param>
    public static Report Judge(
        IReadOnlyList<Invariant> invariants,
        IReadOnlyList<string?> facts,
        ObservationError? error = null,
        WaiverBook? waivers = null
    )
    {
        var (plan, snapshot) = Make(invariants, facts, error);
        return Verifier.Report(plan, snapshot, Verifier.Judge(plan, snapshot), waivers ?? NoWaivers);
    }

    public static (Plan Plan, Snapshot Snapshot) Make(
        IReadOnlyList<Invariant> invariants,
        IReadOnlyList<string?> facts,
        ObservationError? error = null
    )
    {
        var plan = Plan.Compile(invariants, new Dictionary<Selector, IReadOnlyList<Subject>>(), 18);
        var sets = plan.Queries.ToDictionary(
            query => query.Name,
            query => new FactSet(
                query,
                [.. facts.Select(fact => fact is null ? (JsonElement?)null : JsonElement.Parse(fact))],
                error
            )
        );
        return (plan, new Snapshot(Samples.Target, sets, new ExpressionForms(), null));
    }

    public static Invariant Invariant(string id, Severity severity = Severity.P0) =>
        Samples.Invariant(id) with
        {
            Severity = severity,
        };

    public static Report Report(params IReadOnlyList<(Verdict Verdict, Severity Severity)> checks) =>
        new(
            Samples.Target,
            [
                .. checks.Select(
                    (check, i) =>
                        new CheckResult { Invariant = Invariant($"i{i}", check.Severity), Verdict = check.Verdict }
                ),
            ],
            [],
            [],
            null
        );
}
