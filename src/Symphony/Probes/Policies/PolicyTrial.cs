using Npgsql;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Verification;
using static Symphony.Probes.Policies.PolicyWords;

namespace Symphony.Probes.Policies;

/// <summary>One command of one role: a row that satisfies the policy's condition, and one that does not.</summary>
internal sealed class PolicyTrial(
    RowsAreGuarded claim,
    string command,
    Actor actor,
    TableGuard guard,
    CaseFinder finder,
    GuardDeeds deeds
)
{
    private readonly string _probe = $"{command.ToUpperInvariant()} rows of {claim.Table} as {actor}";

    private readonly Clause _clause = command == "insert" ? Clause.Writing(command) : Clause.Reading(command);

    private readonly string _condition = (command == "insert" ? claim.Check : claim.Using)!;

    /// <summary>Other permissive policies may let through what this one does not; a restrictive one is not undone by any.</summary>
    private IReadOnlyList<(string Policy, string Condition)> Permissive(Clause clause) =>
        claim.Permissive ? guard.Others(claim.Policy, permissive: true, clause) : [];

    /// <summary>What other restrictive policies ask of a row before this one's word is heard.</summary>
    private IReadOnlyList<(string Policy, string Condition)> Restrictive =>
        [
            .. new[]
            {
                _clause,
                command == "update" ? Clause.Writing(command) : _clause,
                command is "update" or "delete" ? Clause.Reading("select") : _clause,
            }
                .Distinct()
                .SelectMany(clause => guard.Others(claim.Policy, permissive: false, clause)),
        ];

    public async Task<Testimony> TestifyAsync(CancellationToken cancel)
    {
        if (Is(_condition, "false"))
        {
            var (_, alone) = await NegativeAsync(null, cancel);
            return alone;
        }

        var (satisfying, failure) = await SatisfyingAsync(cancel);
        if (satisfying is null)
        {
            return failure!;
        }

        var deed = await DoAsync(satisfying, null, isExpected: true, cancel);
        if (Refuted(deed) is { } refuted)
        {
            return refuted;
        }

        var done = $"A row that satisfies its condition {Done(command)}";
        if (Is(_condition, "true"))
        {
            return new Testimony(_probe, TestimonyOutcome.Confirmed, $"{done}; every row does.");
        }

        var (held, negative) = await NegativeAsync(satisfying, cancel);
        if (held is null)
        {
            return negative;
        }

        var written =
            command == "update" && claim.Check is { } check && !Is(check, "true")
                ? await WrittenAsync(satisfying, check, cancel)
                : null;
        return written is { Outcome: not TestimonyOutcome.Confirmed }
            ? written
            : new Testimony(
                _probe,
                TestimonyOutcome.Confirmed,
                $"{done}; one that does not {HeldBack(command, held)}.{(written is null ? "" : $" {written.Statement}")}{await BesideAsync(cancel)}",
                held.Refusal?.SqlState ?? written?.SqlState
            );
    }

    private async Task<(GuardCase? Case, Testimony? Failure)> SatisfyingAsync(CancellationToken cancel)
    {
        IReadOnlyList<string> own =
            command == "update" && claim.Check is not null ? [True(_condition), True(claim.Check)] : [True(_condition)];
        var within = Restrictive.Select(other => True(other.Condition));
        if (await finder.FindAsync([.. own, .. within], null, cancel) is { } found)
        {
            return (found, null);
        }

        var isHeldBack = Restrictive.Count > 0 && await finder.FindAsync(own, null, cancel) is not null;
        return (
            null,
            Unobserved(
                isHeldBack
                    ? $"every row that was tried and satisfies {claim.Policy} is held back by what is restrictive beside it: {List(Restrictive.Select(other => other.Policy).Distinct())}."
                    : $"no row and no setting that was tried satisfies {_condition}."
            )
        );
    }

    private Testimony? Refuted(Deed deed) =>
        deed.IsThrough ? null
        : !deed.IsPrepared
            ? new Testimony(
                _probe,
                TestimonyOutcome.Inconclusive,
                $"The probing role cannot prepare it: {(deed.Refusal is { } refusal ? Words.Of(refusal) : "the row was accepted once and not again")}.",
                deed.Refusal?.SqlState
            )
        : deed.Refusal is { SqlState: PostgresErrorCodes.FeatureNotSupported }
            ? new Testimony(
                _probe,
                TestimonyOutcome.Inconclusive,
                $"A rule replaces the command, so that no policy of {claim.Table} is asked.",
                deed.Refusal.SqlState
            )
        : deed.IsMasked
            ? Unobserved(
                deed.Refusal is { } masking
                    ? $"something else than row security refused a row that satisfies the condition: {Words.Of(masking)}."
                    : "a trigger makes another row of one that satisfies the condition, and cannot be switched off."
            ) with
            {
                SqlState = deed.Refusal?.SqlState,
            }
        : new Testimony(
            _probe,
            TestimonyOutcome.Contradicted,
            $"As {actor}, a row that satisfies {claim.Policy} {HeldBack(command, deed)}.",
            deed.Refusal?.SqlState
        );

    /// <returns>What was done about a row that is not let through; null where the testimony says all.</returns>
    private async Task<(Deed? Held, Testimony Testimony)> NegativeAsync(GuardCase? beside, CancellationToken cancel)
    {
        var (failing, isLetThrough, isHeldByOthers) = await FailingAsync(beside, cancel);
        if (failing is null)
        {
            return (null, Unobserved($"no row and no setting that was tried fails {_condition}."));
        }

        var deed = await DoAsync(failing, null, isExpected: false, cancel);
        if (deed.IsThrough)
        {
            var why = await ReasonAsync(failing, Permissive(_clause), isLetThrough, cancel);
            return (
                null,
                new Testimony(
                    _probe,
                    TestimonyOutcome.Contradicted,
                    $"As {actor}, a row that does not satisfy {claim.Policy} {Done(command)}.{why}"
                )
            );
        }

        if (!deed.IsPrepared || deed.IsMasked)
        {
            return (
                null,
                new Testimony(
                    _probe,
                    TestimonyOutcome.Inconclusive,
                    deed.Refusal is { } refusal
                        ? $"Something else refused a row that does not satisfy it first: {Words.Of(refusal)}."
                        : "A trigger makes another row of one that does not satisfy it, and cannot be switched off.",
                    deed.Refusal?.SqlState
                )
            );
        }

        return (
            isHeldByOthers ? null : deed,
            new Testimony(
                _probe,
                isHeldByOthers ? TestimonyOutcome.Inconclusive : TestimonyOutcome.Confirmed,
                isHeldByOthers
                    ? $"A row that does not satisfy it {HeldBack(command, deed)}, as {List(Restrictive.Select(other => other.Policy).Distinct())} alone would have it."
                    : $"A row {HeldBack(command, deed)}.",
                deed.Refusal?.SqlState
            )
        );
    }

    /// <summary>
    /// A row for which nothing else decides, where there is one: no other policy lets it through or holds it back.
    /// </summary>
    private async Task<(GuardCase? Case, bool IsLetThrough, bool IsHeldByOthers)> FailingAsync(
        GuardCase? beside,
        CancellationToken cancel
    )
    {
        var closed = Permissive(_clause).Select(other => NotTrue(other.Condition)).ToList();
        var open = Restrictive.Select(other => True(other.Condition)).ToList();
        foreach (
            var (conditions, isLetThrough, isHeldByOthers) in new (List<string> Conditions, bool, bool)[]
            {
                ([False(_condition), .. closed, .. open], false, false),
                ([NotTrue(_condition), .. closed, .. open], false, false),
                ([NotTrue(_condition), .. open], true, false),
                ([NotTrue(_condition), .. closed], false, true),
                ([NotTrue(_condition)], true, true),
            }
        )
        {
            if (await finder.FindAsync(conditions, beside?.Settings, cancel) is { } found)
            {
                return (found, isLetThrough, isHeldByOthers);
            }
        }

        return (null, false, false);
    }

    /// <summary>A row that was let through is changed so that it no longer satisfies the condition of written rows.</summary>
    private async Task<Testimony?> WrittenAsync(GuardCase satisfying, string check, CancellationToken cancel)
    {
        var writing = Clause.Writing(command);
        var closed = Permissive(writing).Select(other => NotTrue(other.Condition)).ToList();
        var open = guard
            .Others(claim.Policy, permissive: false, writing)
            .Select(other => True(other.Condition))
            .ToList();
        var found =
            await finder.FindUnderAsync([NotTrue(check), .. closed, .. open], satisfying.Settings, cancel)
            ?? await finder.FindUnderAsync([NotTrue(check), .. open], satisfying.Settings, cancel);
        if (found is null)
        {
            // Where one condition is both, a row that was found may be all that it decides about.
            return check == claim.Using || open.Count > 0
                ? null
                : Unobserved($"no row that was tried fails {check}, beside one that is let through.");
        }

        var names = RowSolver.NamesIn(check).ToHashSet(StringComparer.Ordinal);
        var changed = found
            .Row.Values.Where(entry =>
                names.Contains(entry.Key) && satisfying.Row.Values.GetValueOrDefault(entry.Key) != entry.Value
            )
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (changed.Count == 0)
        {
            return null;
        }

        var deed = await DoAsync(satisfying, changed, isExpected: false, cancel);
        if (deed.IsThrough)
        {
            var why = await ReasonAsync(found, Permissive(writing), isLetThrough: true, cancel);
            return new Testimony(
                _probe,
                TestimonyOutcome.Contradicted,
                $"As {actor}, a row was changed into one that {claim.Policy} does not let be written.{why}"
            );
        }

        return deed.Refusal is { IsByRowSecurity: true } refusal
            ? new Testimony(
                _probe,
                TestimonyOutcome.Confirmed,
                $"Changing it into one that does not was refused ({Words.Code(refusal)}).",
                refusal.SqlState
            )
            : new Testimony(
                _probe,
                TestimonyOutcome.Inconclusive,
                deed.Refusal is { } other
                    ? $"Something else refused to change a row into one that does not satisfy it: {Words.Of(other)}."
                    : "A row could not be changed into one that does not satisfy it.",
                deed.Refusal?.SqlState
            );
    }

    /// <summary>Other policies may let some of these rows through: no alarm, and worth knowing.</summary>
    private async Task<string> BesideAsync(CancellationToken cancel)
    {
        var open = new List<string>();
        foreach (var (policy, condition) in Permissive(_clause))
        {
            if (await finder.FindAsync([NotTrue(_condition), True(condition)], null, cancel) is not null)
            {
                open.Add(policy);
            }
        }

        return open.Count == 0 ? "" : $" Beside it {List(open)} lets some of those through.";
    }

    private async Task<string> ReasonAsync(
        GuardCase which,
        IReadOnlyList<(string Policy, string Condition)> others,
        bool isLetThrough,
        CancellationToken cancel
    )
    {
        if (guard.Exempt is { } exempt)
        {
            return " " + exempt;
        }

        var open = new List<string>();
        foreach (var (policy, condition) in isLetThrough ? others : [])
        {
            if (await finder.HoldsAsync(which, [True(condition)], cancel))
            {
                open.Add(policy);
            }
        }

        return open.Count == 0 ? "" : $" Another permissive policy lets it through: {List(open)}.";
    }

    /// <summary>Once more without the table's triggers, where one of them may have refused it, swallowed it, or made another row of it.</summary>
    private async Task<Deed> DoAsync(
        GuardCase which,
        IReadOnlyDictionary<string, string?>? written,
        bool isExpected,
        CancellationToken cancel
    )
    {
        var deed = await deeds.DoAsync(command, which, written, quiet: false, cancel);
        // A row that is not to be written is refused, not merely left as it was.
        var isSwallowed = !deed.IsThrough && (isExpected || (written is not null && deed.Refusal is null));
        if (!deed.IsMasked && !isSwallowed)
        {
            return deed;
        }

        var unmasked = await deeds.DoAsync(command, which, written, quiet: true, cancel);
        return unmasked.IsPrepared && !unmasked.IsMasked ? unmasked : deed;
    }

    private Testimony Unobserved(string statement) =>
        new(
            _probe,
            TestimonyOutcome.Unobserved,
            statement,
            Next: $"Give the manifest's `rows` an entry for {claim.Table} with the `given` rows and `values` that the condition asks for. What that cannot show, state as a `probe`."
        );
}
