using Symphony.Sql;

namespace Symphony.Kinds;

/// <content>What an expression calls that is not built in.</content>
public sealed partial class Judgement
{
    /// <summary>What was found not to be listed: once is enough.</summary>
    private readonly HashSet<string> _unlisted = [];

    /// <summary>Requires that every function that is not built in is listed, with its digest.</summary>
    /// <param name="observed">The catalog's expression; empty where none is asked.</param>
    /// <param name="caller">What calls them.</param>
    public void RequirePinned(
        string path,
        string observed,
        IReadOnlyList<CalledFunction> calls,
        IReadOnlyDictionary<string, string>? pinned,
        string caller = "expression"
    )
    {
        var asked = calls.Where(call => !call.Negates || ExpressionText.Negates(observed)).ToList();
        foreach (var call in asked)
        {
            // Another expression of the same object may call it too.
            if (Expected.Contains($"functions.{call.Name}"))
            {
                continue;
            }

            if (pinned is null || !pinned.TryGetValue(call.Name, out var expected))
            {
                if (!_unlisted.Add(call.Name))
                {
                    continue;
                }

                Undecide(
                    path,
                    $"The {caller} calls {call.Name}, which is not built in: what it does can change while the {caller} stays the same.",
                    $"Review the function{call.InWords()}, then pin it in the claim: functions: {{\"{call.Name}\": {call.Digest()}}}"
                );
            }
            else
            {
                Require(
                    $"functions.{call.Name}",
                    expected,
                    call.Digest(),
                    $"{call.Name}, which the {caller} calls, is not the function that was reviewed: {call.Now(expected)}."
                );
            }
        }

        // Where there is one function, an operator that runs another runs one that is not listed.
        if (asked.Select(call => (call.Name, call.Operator)).Distinct().Skip(1).Any())
        {
            RequireOperators(path, asked, pinned);
        }
    }

    /// <summary>Requires that each operator runs the function that it ran in the review, and not another of those listed.</summary>
    private void RequireOperators(string path, List<CalledFunction> calls, IReadOnlyDictionary<string, string>? pinned)
    {
        foreach (var call in calls)
        {
            if (call.Operator is not { } name || Expected.Contains($"functions.{name}"))
            {
                continue;
            }

            if (pinned is null || !pinned.TryGetValue(name, out var expected))
            {
                Undecide(
                    path,
                    $"The expression asks the operator {name}, which can be made anew to run another of its functions.",
                    $"Pin that it runs {call.Name}, in the claim: functions: {{\"{name}\": {call.OperatorDigest}}}"
                );
            }
            else
            {
                Require(
                    $"functions.{name}",
                    expected,
                    call.OperatorDigest,
                    $"The operator {name}, which the expression asks, runs another function than in the review: now {call.Name}."
                );
            }
        }
    }
}
