using System.Text.Json;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>Plan and snapshot to verdicts. Pure: a snapshot can be judged again without a database.</summary>
public static class Verifier
{
    /// <summary>
    /// Judges every check. Those that wait for a statement's answer or, while <see cref="ExpressionForms.Wanted"/> is
    /// not empty, for a form are ERROR: read what they want and judge them again with <see cref="JudgeWaiting"/>.
    /// </summary>
    public static CheckResult[] Judge(Plan plan, Snapshot snapshot)
    {
        var results = new CheckResult[plan.Checks.Count];
        var readings = new Readings();
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Judge(plan.Checks[i], snapshot, readings);
        }

        return results;
    }

    /// <summary>Judges those again that wait for normal forms and statements.</summary>
    public static void JudgeWaiting(Plan plan, Snapshot snapshot, CheckResult[] results)
    {
        var readings = new Readings();
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].IsWaiting)
            {
                results[i] = Judge(plan.Checks[i], snapshot, readings);
            }
        }
    }

    /// <summary>The verdicts in the order of evidence, with rules that matched too little, and waivers applied.</summary>
    public static Report Report(Plan plan, Snapshot snapshot, IEnumerable<CheckResult> results, WaiverBook waivers)
    {
        var ordered = results
            .Select(check => check.IsWaiting && snapshot.Error is { } error ? NotObserved(check, error) : check)
            .Concat(plan.Shortfalls.Select(TooFew))
            .Select(waivers.Apply)
            .OrderBy(check => check.Invariant.Id, StringComparer.Ordinal)
            .ThenBy(check => check.Subject, StringComparer.Ordinal)
            .ToList();
        return new Report(snapshot.Target, ordered, plan.Queries, waivers.Notes(ordered), snapshot.Error);
    }

    /// <summary>The report of a run whose database could not be reached: every invariant is an ERROR.</summary>
    public static Report Unobserved(
        IEnumerable<Invariant> invariants,
        Target target,
        UnobservedException failure,
        WaiverBook waivers
    )
    {
        var error = new ObservationError($"{failure.Message}: {failure.Found}", failure.SqlState);
        var checks = invariants
            .OrderBy(invariant => invariant.Id, StringComparer.Ordinal)
            .Select(invariant => new CheckResult
            {
                Invariant = invariant,
                Claim = invariant.Claim,
                Subject = invariant.Claim is { } claim ? invariant.Kind.SubjectOf(claim).ToString() : null,
                Verdict = Verdict.Error,
                Explanation = $"Not observed: {error.Message}.",
                Next = failure.Next,
                SqlState = failure.SqlState,
            })
            .ToList();
        return new Report(target, checks, [], waivers.Notes(checks), error);
    }

    internal static CheckResult Judge(PlannedCheck check, Snapshot snapshot, Readings readings)
    {
        if (snapshot.Facts.GetValueOrDefault(check.Query) is not { } set)
        {
            return Waiting(Observed(check, null), "The statement that observes it was not run.");
        }

        if (set.Error is { } error)
        {
            return error.SqlState is { } state && set.Query.IsStatement && check.Invariant.Kind.SaysAbsent(state)
                ? AbsentFor(check, Observed(check, set), error)
                : NotObserved(Observed(check, set), error);
        }

        if (check.Invariant.Kind.NeedOf(check.Claim) is { } need && need.IsBeyond(snapshot.Target.ServerVersionNum))
        {
            return BeyondServer(need, Observed(check, set));
        }

        return set.Facts[check.Ordinal] is { } fact
            ? JudgeFact(check, set, fact, new Judgement(snapshot.Forms, readings))
            : Absent(check, Observed(check, set));
    }

    /// <summary>What was found, and what a judgement made of it: an ERROR until something else is known.</summary>
    private static CheckResult Observed(PlannedCheck check, FactSet? set, Judgement? judgement = null) =>
        new()
        {
            Invariant = check.Invariant,
            Claim = check.Claim,
            Subject = check.Subject.ToString(),
            Query = set?.Query,
            Observed = set is { Error: null } ? set.Facts[check.Ordinal] : null,
            Expected = judgement?.Expected ?? Requirements.None,
            Differences = judgement?.Differences ?? [],
            Verdict = judgement is { Holds: true } ? Verdict.Pass : Verdict.Error,
        };

    private static CheckResult Waiting(CheckResult result, string why) =>
        result with
        {
            IsWaiting = true,
            Verdict = Verdict.Error,
            Explanation = why,
            Next = "Run again.",
        };

    private static CheckResult NotObserved(CheckResult result, ObservationError error) =>
        result with
        {
            Verdict = Verdict.Error,
            Explanation = $"{NotObservedFor}{error.Message}.",
            Next = result.Query is { IsStatement: true }
                ? ConnectionFailures.NextForStatement(error)
                : ConnectionFailures.Next(error),
            SqlState = error.SqlState,
        };

    /// <summary>Nothing repairs it there, and nothing is known of the rest of the claim that would be worth a FAIL.</summary>
    private static CheckResult BeyondServer(ServerNeed need, CheckResult result) =>
        result with
        {
            Verdict = Verdict.Error,
            Explanation = need.Why,
            Next = $"Verify against PostgreSQL {need.Major} or newer, or leave it out of the claim.",
        };

    private static CheckResult AbsentFor(PlannedCheck check, CheckResult result, ObservationError error) =>
        Failed(
            check,
            null,
            result with
            {
                Explanation = $"{NoSuchThing}{error.Message}. {check.Invariant.Kind.WhyItMatters}",
            }
        );

    private static CheckResult Absent(PlannedCheck check, CheckResult result) =>
        Failed(
            check,
            null,
            result with
            {
                Explanation =
                    $"There is no {check.Invariant.Kind.SubjectNoun} {check.Subject}. {check.Invariant.Kind.WhyItMatters}",
            }
        );

    /// <summary>Where no SQL restores it, a person still has to know what to do.</summary>
    private static CheckResult Failed(PlannedCheck check, JsonElement? fact, CheckResult result)
    {
        // Of a reviewed body only the digest is known here: whoever owns the function has to bring it back.
        var onlyBodiesDiffer =
            result.Differences.Count > 0 && result.Differences.All(difference => difference.IsOfBody);
        var remedy = onlyBodiesDiffer ? [] : check.Invariant.Kind.Remedy(check.Claim, fact);
        return result with
        {
            Verdict = Verdict.Fail,
            Remedy = remedy,
            Next =
                remedy.Count > 0 ? null
                : onlyBodiesDiffer
                    ? "Restore the reviewed function, or review this one and pin its digest in the claim."
                : fact is null ? "Create it with the migration that owns it, or correct the name in the manifest."
                : "No statement repairs this safely: restore what the claim says by a migration, or correct the claim.",
        };
    }

    private static CheckResult JudgeFact(PlannedCheck check, FactSet set, JsonElement fact, Judgement judgement)
    {
        try
        {
            check.Invariant.Kind.Judge(check.Claim, fact, judgement);
        }
        catch (JsonException unreadable)
        {
            return Observed(check, set) with
            {
                Verdict = Verdict.Error,
                // Its message speaks of .NET types.
                Explanation =
                    $"The server's answer does not have the shape that this kind's query promises: the fault is at {unreadable.Path ?? "$"}.",
                Next = "Report this as a defect of Symphony: the evidence holds the query and the answer.",
            };
        }

        var result = Observed(check, set, judgement);
        return Decide(
            check,
            fact,
            judgement.Compared.Count == 0 ? result : result with { NormalForms = judgement.NormalForms() },
            judgement
        );
    }

    /// <summary>What is known to be broken is a FAIL, even where something else could not be decided.</summary>
    private static CheckResult Decide(PlannedCheck check, JsonElement fact, CheckResult result, Judgement judgement)
    {
        if (judgement.Holds)
        {
            return result;
        }

        if (judgement.IsWaitingForForms)
        {
            return Waiting(result, "The server's normal form of its expression was not read.");
        }

        if (judgement.Differences.Count > 0)
        {
            return Failed(
                check,
                fact,
                result with
                {
                    Explanation = string.Join(
                        ' ',
                        judgement.Differences.Select(difference => difference.Why).Distinct()
                    ),
                }
            );
        }

        return result with
        {
            Verdict = Verdict.Error,
            Explanation = string.Join(' ', judgement.Undecided.Select(undecided => undecided.Reason)),
            Next = string.Join(' ', judgement.Undecided.Select(undecided => undecided.Next)),
            SqlState = judgement
                .Undecided.Select(undecided => undecided.SqlState)
                .FirstOrDefault(state => state is not null),
        };
    }

    private const string NotObservedFor = "Not observed: ";

    private const string NoSuchThing = "What it is about does not exist: ";

    private const string RuleIsAbout = "The rule is about ";

    private const string MustMatch = " and must match at least ";

    private static CheckResult TooFew(RuleShortfall shortfall)
    {
        var rule = shortfall.Invariant.Rule!;
        return TooFew(shortfall.Invariant, rule.Selector.ToString(), rule.AtLeast, shortfall.Matches);
    }

    /// <param name="about">What the rule is about, in words.</param>
    internal static CheckResult TooFew(Invariant invariant, string about, int atLeast, int matches) =>
        new()
        {
            Invariant = invariant,
            Verdict = Verdict.Fail,
            Expected = Requirements.Of("at_least", atLeast),
            Differences =
            [
                new Difference("matches", atLeast, matches, "The rule covers fewer objects than it was written for."),
            ],
            Explanation =
                $"{RuleIsAbout}{about}{MustMatch}{atLeast}; it matched {matches}. "
                + "A rule over nothing proves nothing.",
            Next = "Create the missing objects, or correct the rule's pattern or at_least.",
        };

    /// <summary>What a rule is about, taken out of the sentence that says it: evidence has it nowhere else.</summary>
    internal static string RuleNamedIn(string explanation)
    {
        var end = explanation.LastIndexOf(MustMatch, StringComparison.Ordinal);
        return explanation.StartsWith(RuleIsAbout, StringComparison.Ordinal) && end >= RuleIsAbout.Length
            ? explanation[RuleIsAbout.Length..end]
            : "";
    }

    /// <summary>The server's words, taken out of the sentence that says why there is no fact; null when none does.</summary>
    internal static string? RefusalNamedIn(string explanation, InvariantKind kind) =>
        Between(explanation, NotObservedFor, ".") ?? Between(explanation, NoSuchThing, $". {kind.WhyItMatters}");

    private static string? Between(string text, string begin, string end) =>
        text.Length >= begin.Length + end.Length
        && text.StartsWith(begin, StringComparison.Ordinal)
        && text.EndsWith(end, StringComparison.Ordinal)
            ? text[begin.Length..^end.Length]
            : null;
}
