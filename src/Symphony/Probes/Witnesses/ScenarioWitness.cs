using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Does what a manifest states: inserts the rows given, runs the statement, and looks at the outcome.</summary>
internal static class ScenarioWitness
{
    public static async Task<Testimony> TestifyAsync(Scenario claim, Workbench bench, CancellationToken cancel)
    {
        var probe = Describe(claim);
        var scope = new RowScope();
        await scope.InsertAsync(claim.Given, bench.Maker, cancel);
        if (claim.When.Operation != "insert")
        {
            return await StatementWitness.TestifyAsync(probe, claim, scope, bench, cancel);
        }

        return claim.Then.SqlState is null
            ? await AcceptedAsync(probe, claim, scope, bench, cancel)
            : await RejectedAsync(probe, claim, scope, bench, cancel);
    }

    /// <summary>The refusal is what was claimed, to the letter.</summary>
    public static bool IsClaimed(Refusal refusal, ScenarioOutcome then) =>
        refusal.SqlState == then.SqlState && (then.Constraint is null || refusal.Constraint == then.Constraint);

    public static string Expected(ScenarioOutcome then) =>
        then.Constraint is null ? then.SqlState! : $"{then.SqlState} by {then.Constraint}";

    private static async Task<Testimony> AcceptedAsync(
        string probe,
        Scenario claim,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        Draft draft;
        try
        {
            draft = await bench.Maker.MakeAsync(
                claim.Table,
                RowWish.WithGiven(scope.Resolve(claim.When.Values)),
                cancel
            );
        }
        catch (RowNotMadeException refused)
            when (refused.SqlState is not (null or "42501" or "25006")
                && !(refused.IsByTrigger && bench.Mode == ProbeMode.Shadow)
            )
        {
            return new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was not accepted: {refused.Message}.",
                refused.SqlState
            );
        }

        var row = (await bench.TryToTheEndAsync(draft, cancel)).Settled;
        return row is null
                ? new Testimony(
                    probe,
                    TestimonyOutcome.Contradicted,
                    "It was accepted without an error, and is not there."
                )
            : claim.Then.Row is null
                ? new Testimony(probe, TestimonyOutcome.Confirmed, "It was accepted, and the row is there.")
            : await ExpectedRow.CompareAsync(probe, claim, [row], scope, bench, cancel);
    }

    /// <summary>The row is accepted with the control's values, and refused with those of the statement.</summary>
    private static async Task<Testimony> RejectedAsync(
        string probe,
        Scenario claim,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var values = scope.Resolve(claim.When.Values);
        var control = claim.Control is null ? [] : scope.Resolve(claim.Control);
        var kept = values.Where(entry => claim.Control is not null && !control.ContainsKey(entry.Key));
        Draft accepted;
        try
        {
            accepted = await bench.Maker.MakeAsync(
                claim.Table,
                RowWish.WithGiven(kept.Concat(control).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)),
                cancel
            );
        }
        catch (RowNotMadeException failure) when (!failure.IsSwallowed)
        {
            throw new RowNotMadeException(
                $"the refusal has no positive control: {failure.Message}",
                claim.Control is null
                    ? $"Say under `control` with which values the row is accepted, or how a row of {claim.Table} is made under the manifest's `rows`."
                    : $"Correct the values under `control` until the row is accepted. {failure.Next}",
                failure.SqlState
            )
            {
                IsByTrigger = failure.IsByTrigger,
            };
        }

        return await bench.TryAsync(accepted.With(values), cancel) switch
        {
            { Refusal: { } refusal } when IsClaimed(refusal, claim.Then) => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with {Words.Code(refusal)}; the control was accepted.",
                refusal.SqlState
            ),
            { Refusal: { } other } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was refused with something else than {Expected(claim.Then)}: {Words.Of(other)}.",
                other.SqlState
            ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was accepted; it was to be refused with {Expected(claim.Then)}."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was accepted without an error, and is not there; it was to be refused with {Expected(claim.Then)}."
            ),
        };
    }

    private static string Describe(Scenario claim)
    {
        var columns = claim.When.Values.Count == 0 ? "" : $" with {string.Join(", ", claim.When.Values.Keys)}";
        var where = claim.When.Where.Count == 0 ? "" : $" where {string.Join(", ", claim.When.Where.Keys)}";
        return claim.When.Operation switch
        {
            "insert" => $"insert a row into {claim.Table}{columns}",
            "sql" => "run the statement",
            _ => $"{claim.When.Operation} {claim.Table}{columns}{where}",
        };
    }
}
