using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Leaves a column out that is claimed to be filled, writes NULL to it, and supplies a value that is to be kept.</summary>
internal static class FillWitness
{
    public static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        NullIsFilled claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var supplied = await bench.Maker.MakeAsync(claim.Table, RowWish.WithFilled(claim.Column), cancel);
        return
        [
            await KeptAsync(claim, supplied, bench, cancel),
            Filled(
                $"insert a row into {claim.Table} whose {claim.Column} is NULL",
                claim,
                await bench.TryToTheEndAsync(supplied.With(claim.Column, null), cancel)
            ),
            Filled(
                $"insert a row into {claim.Table} without {claim.Column}",
                claim,
                await bench.TryToTheEndAsync(supplied.Without(claim.Column), cancel)
            ),
        ];
    }

    private static async Task<Testimony> KeptAsync(
        NullIsFilled claim,
        Draft supplied,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var probe = $"insert a row into {claim.Table} with a {claim.Column} of its own";
        var insertion = await bench.TryToTheEndAsync(supplied, cancel);
        // One that is deleted at once was stored as it was written.
        return (insertion.Settled ?? insertion.Row) is not { } row
                ? new Testimony(
                    probe,
                    TestimonyOutcome.Contradicted,
                    "It was accepted once and not again.",
                    insertion.Refusal?.SqlState
                )
            : row.Values[claim.Column] == supplied.Values[claim.Column]
                ? new Testimony(probe, TestimonyOutcome.Confirmed, $"The supplied {claim.Column} was stored unchanged.")
            : new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                row.Values[claim.Column] is null
                    ? $"The supplied {claim.Column} was stored as NULL."
                    : $"The supplied {claim.Column} was stored as another value."
            );
    }

    private static Testimony Filled(string probe, NullIsFilled claim, Insertion insertion) =>
        (insertion with { Row = insertion.Settled ?? insertion.Row }) switch
        {
            { Row: { } row } when row.Values[claim.Column] is not null => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was accepted, and {claim.Column} came back filled."
            ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was accepted, and {claim.Column} was stored as NULL."
            ),
            { Refusal: { } refusal } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was refused instead of filled in: {Words.Of(refusal)}.",
                refusal.SqlState
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                "It was accepted without an error, and is not there."
            ),
        };
}
