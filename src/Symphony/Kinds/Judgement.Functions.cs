using Symphony.Sql;

namespace Symphony.Kinds;

/// <content>What an expression calls that is not built in.</content>
public sealed partial class Judgement
{
    /// <summary>What was found not to be listed: once is enough.</summary>
    private HashSet<string>? _unlisted;

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
                if (!(_unlisted ??= []).Add(call.Name))
                {
                    continue;
                }

                Undecide(
                    path,
                    $"The {caller} calls {call.Name}, which {Doubt(call, caller)}.",
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

    /// <summary>
    /// Requires that an operator class which compares as a built-in one does was not made anew in the place of the
    /// reviewed one: then a function is listed that nothing calls any more.
    /// </summary>
    /// <param name="calls">All that was found to be called.</param>
    public void RequireCalled(
        string path,
        ComparingFunctions comparing,
        IReadOnlyList<CalledFunction> calls,
        IReadOnlyDictionary<string, string>? pinned,
        string caller
    )
    {
        if (comparing.Usual.Count == 0)
        {
            return;
        }

        var known = calls.SelectMany(call => new[] { call.Name, call.Operator });
        var missing = (pinned?.Keys ?? []).Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            Undecide(
                path,
                $"The {caller} compares by {string.Join(", ", comparing.Usual)} and calls {string.Join(", ", missing)} no more, which is listed: its operator class may have been made anew.",
                $"Make the operator class again as it was reviewed, or take {string.Join(", ", missing)} out of `functions`."
            );
        }
    }

    private static string Doubt(CalledFunction call, string caller) =>
        call.IsBuiltIn
            ? "no built-in operator class compares by"
            : $"is not built in: what it does can change while the {caller} stays the same";

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
