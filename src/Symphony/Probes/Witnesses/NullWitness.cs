using Npgsql;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Writes NULL where it is claimed to be refused.</summary>
internal static class NullWitness
{
    public static async Task<Testimony> TestifyAsync(NullIsRefused claim, Workbench bench, CancellationToken cancel)
    {
        var probe = $"insert a row into {claim.Table} whose {claim.Column} is NULL";
        var accepted = await bench.Maker.MakeAsync(claim.Table, RowWish.WithFilled(claim.Column), cancel);
        if (!accepted.Values.ContainsKey(claim.Column))
        {
            return new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"{claim.Column} is generated: no row says what it is."
            );
        }

        return await bench.TryAsync(accepted.With(claim.Column, null), cancel) switch
        {
            { Refusal: { SqlState: PostgresErrorCodes.NotNullViolation } refusal }
                when refusal.Column is null || refusal.Column == claim.Column => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with 23502 for {claim.Column}; the same row with a value was accepted.",
                refusal.SqlState
            ),
            { Refusal: { } other } => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused it first: {Words.Of(other)}.",
                other.SqlState
            ),
            { Row: { } row } when row.Values[claim.Column] is not null => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"It was accepted and {claim.Column} came back filled: a trigger keeps NULL from reaching the column."
            ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"A row whose {claim.Column} is NULL was accepted and stored."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"A row whose {claim.Column} is NULL was accepted without an error, and is not there."
            ),
        };
    }
}
