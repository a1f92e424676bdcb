using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Writes a row that a check is claimed to refuse, and that nothing else has to object to.</summary>
internal static class ViolationWitness
{
    public static async Task<Testimony> TestifyAsync(
        ViolationIsRefused claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var probe = $"insert a row into {claim.Table} that violates {claim.Constraint}";
        var accepted = await bench.Maker.MakeAsync(claim.Table, RowWish.Any, cancel);
        var shape = (await bench.Shapes.TableAsync(claim.Table, cancel))!;
        if (await FaultyAsync(claim, accepted, shape, bench, cancel) is not { } faulty)
        {
            // A built-in expression is what it says; one's own functions may have been hollowed out below the reviewed body.
            return claim.CallsOwn
                ? new Testimony(
                    probe,
                    TestimonyOutcome.Unobserved,
                    $"no value that was tried violates {claim.Condition}.",
                    Next: $"See what the functions that it calls do now, and those that these call. Where they are as reviewed, say under `values` in the manifest's `rows` for {claim.Table} what other columns have to be, so that a value violates it."
                )
                : new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    $"No value that was tried violates it: {claim.Condition}."
                );
        }

        var insertion = await bench.TryAsync(faulty, cancel);
        if (insertion.Row is not null || insertion is { Refusal.IsByTrigger: true })
        {
            var fault = faulty.Values.Where(entry =>
                !accepted.Values.TryGetValue(entry.Key, out var value) || value != entry.Value
            );
            var unmasked = await bench.TryWithoutTriggersAsync(accepted, fault, cancel);
            if (unmasked?.Refusal is { } refusal && IsBy(refusal, claim))
            {
                return new Testimony(
                    probe,
                    TestimonyOutcome.Confirmed,
                    $"A trigger mends or refuses such a row first; without the table's triggers it was refused with 23514 by {claim.Constraint}.",
                    refusal.SqlState
                );
            }
        }

        return insertion switch
        {
            { Refusal: { } refusal } when IsBy(refusal, claim) => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with 23514 by {claim.Constraint}; the same row without the fault was accepted.",
                refusal.SqlState
            ),
            { Refusal: { } other } => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused it first: {Words.Of(other)}.",
                other.SqlState
            ),
            { Row: { } row } when await IsMendedAsync(claim, row, faulty, bench, cancel) => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                "It was accepted and stored without the fault: a trigger mends such rows before the constraint sees them."
            ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"A row that does not satisfy {claim.Condition} was accepted and stored."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"A row that does not satisfy {claim.Condition} was accepted without an error, and is not there."
            ),
        };
    }

    private static bool IsBy(Refusal refusal, ViolationIsRefused claim) =>
        refusal.SqlState == PostgresErrorCodes.CheckViolation && refusal.Constraint == claim.Constraint;

    /// <summary>A row with no other fault, if there is one, or else any that has this.</summary>
    private static async Task<Draft?> FaultyAsync(
        ViolationIsRefused claim,
        Draft accepted,
        TableShape shape,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var own = shape.Checks.FirstOrDefault(check => check.Name == claim.Constraint);
        var columns = RowSolver.SourcesIn(shape, [claim.Condition]);
        var others = shape
            .Checks.Where(check => check != own && check.Columns.Intersect(columns).Any())
            .Select(check => check.Expression);
        // The claim's condition, and not the catalog's: what was promised must be refused, whatever stands there.
        return await bench.Maker.ViolateAsync(accepted, columns, new Wish([.. others], [claim.Condition]), cancel)
            ?? await bench.Maker.ViolateAsync(accepted, columns, new Wish([], [claim.Condition]), cancel);
    }

    private static async Task<bool> IsMendedAsync(
        ViolationIsRefused claim,
        StoredRow row,
        Draft faulty,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var stored = faulty with { Values = row.Values };
        return await bench.Maker.ViolateAsync(stored, [], new Wish([], [claim.Condition]), cancel) is null;
    }
}
