using System.Text.Json;
using Symphony.Evidence.Replay;
using Symphony.Verification;

namespace Symphony.Evidence.Reproduction;

/// <summary>What became of a recorded failure.</summary>
public enum Outcome
{
    /// <summary>The same verdict, from the same facts.</summary>
    AsRecorded,

    /// <summary>It fails still, and not in the same way.</summary>
    Otherwise,

    /// <summary>It holds now.</summary>
    Gone,

    /// <summary>It could not be observed or decided now.</summary>
    Unobserved,
}

/// <summary>One check then and now.</summary>
/// <param name="Differences">Where the fact is another one: pointer, then, now.</param>
public sealed record Reproduced(
    CheckDocument Then,
    CheckResult? Now,
    Outcome Outcome,
    IReadOnlyList<(string Pointer, string Then, string Now)> Differences
);

/// <summary>Recorded failures against a report of now.</summary>
public static class Comparison
{
    public static IReadOnlyList<Reproduced> Of(RecordedFailure failure, Report report) =>
        [.. failure.Checks.Select(check => Of(check, report))];

    private static Reproduced Of(CheckDocument then, Report report)
    {
        var now = report.Checks.FirstOrDefault(check => check.Invariant.Id == then.Id && check.Subject == then.Subject);
        // A rule that matches enough now has no check of its own.
        if (now is null)
        {
            return new Reproduced(then, null, Outcome.Gone, []);
        }

        var differences = JsonDifference
            .Between("", FactOf(now.Observed), FactOf(then.Observed))
            .Select(difference => (difference.Pointer, difference.Found, difference.Expected))
            .Concat(OfRule(then, now))
            .ToList();
        return new Reproduced(then, now, OutcomeOf(then, now, differences.Count == 0), differences);
    }

    /// <summary>A rule has no fact: what it matched, and what it is about by now, stand in its words.</summary>
    private static IEnumerable<(string Pointer, string Then, string Now)> OfRule(CheckDocument then, CheckResult now) =>
        then.Subject is null && now.Verdict == Verdict.Fail && now.Explanation != then.Explanation
            ? [("the rule", then.Explanation ?? "", now.Explanation ?? "")]
            : [];

    private static Outcome OutcomeOf(CheckDocument then, CheckResult now, bool sameFact)
    {
        var recorded = then.Verdict == Verdict.Waived ? Verdict.Fail : then.Verdict;
        return now.Verdict switch
        {
            Verdict.Pass => Outcome.Gone,
            Verdict.Error when recorded != Verdict.Error => Outcome.Unobserved,
            // An ERROR is told by its words: the same fact may be undecided for another reason.
            Verdict.Error when sameFact && now.Explanation == then.Explanation => Outcome.AsRecorded,
            Verdict.Fail when recorded == Verdict.Fail && sameFact => Outcome.AsRecorded,
            _ => Outcome.Otherwise,
        };
    }

    /// <summary>In the form of evidence; null where there is no fact.</summary>
    private static JsonElement FactOf(JsonElement? fact)
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("observed"u8).Element(fact);
        json.EndObject();
        return JsonElement.Parse(json.Output.Written).GetProperty("observed");
    }
}
