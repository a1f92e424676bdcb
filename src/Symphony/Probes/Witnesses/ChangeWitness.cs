using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Updates, deletes and truncates what is claimed to stay as it was written.</summary>
internal static class ChangeWitness
{
    public static async Task<Testimony> TestifyAsync(ChangeIsRefused claim, Workbench bench, CancellationToken cancel)
    {
        var probe = $"{claim.Operation} a row of {claim.Table}";
        var row = await bench.Maker.InsertAsync(claim.Table, RowWish.Any, cancel);
        var table = bench.Writer.NameOf(claim.Table);
        if (claim.Operation == "truncate")
        {
            var refusal = await bench.Session.UndoAsync(
                // A table that others reference is refused without CASCADE, whatever its triggers do.
                () => bench.Session.TryAsync([$"TRUNCATE TABLE {table} CASCADE"], cancel),
                cancel
            );
            return Of(claim, $"truncate {claim.Table}, CASCADE", refusal, 1);
        }

        if (claim.Operation == "delete")
        {
            return await ChangeAsync(claim, probe, $"DELETE FROM {table}", row, bench, cancel);
        }

        var shape = (await bench.Shapes.TableAsync(claim.Table, cancel))!;
        var testimony = new Testimony(probe, TestimonyOutcome.Inconclusive, "It has no column that can be updated.");
        // An UPDATE OF some columns only would let the others change.
        foreach (var column in shape.Columns.Where(column => column.Generation is null && !column.Identity))
        {
            var name = SqlText.QuoteName(column.Name);
            testimony = await ChangeAsync(claim, probe, $"UPDATE {table} SET {name} = {name}", row, bench, cancel);
            if (testimony.Outcome == TestimonyOutcome.Confirmed)
            {
                testimony = await ToAnotherValueAsync(claim, probe, column, row, bench, cancel) ?? testimony;
            }

            if (testimony.Outcome != TestimonyOutcome.Confirmed)
            {
                return testimony with { Probe = $"{probe}: its {column.Name}" };
            }
        }

        return testimony;
    }

    /// <summary>
    /// A trigger may refuse what changes nothing, and let pass what does. Another value may be refused for many
    /// reasons, so that only its acceptance says something.
    /// </summary>
    private static async Task<Testimony?> ToAnotherValueAsync(
        ChangeIsRefused claim,
        string probe,
        ColumnShape column,
        StoredRow row,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var value = SqlText.QuoteLiteral(await bench.Maker.FreshAsync(claim.Table, column.Name, cancel));
        var update =
            $"UPDATE {bench.Writer.NameOf(claim.Table)} SET {SqlText.QuoteName(column.Name)} = CAST({value} AS {column.Type})";
        var testimony = await ChangeAsync(claim, probe, update, row, bench, cancel);
        return testimony is { Outcome: TestimonyOutcome.Contradicted, SqlState: null } ? testimony : null;
    }

    private static async Task<Testimony> ChangeAsync(
        ChangeIsRefused claim,
        string probe,
        string statement,
        StoredRow row,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var (count, refusal) = await bench.Session.UndoAsync(
            () => bench.Writer.ChangeAsync(statement, row, cancel),
            cancel
        );
        return Of(claim, probe, refusal, count);
    }

    private static Testimony Of(ChangeIsRefused claim, string probe, Refusal? refusal, int count) =>
        refusal switch
        {
            null => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                count == 0
                    ? $"The {claim.Operation} was neither refused nor done: something swallows it."
                    : $"The {claim.Operation} was accepted and done."
            ),
            _ when refusal.SqlState == claim.SqlState => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with {claim.SqlState}; the row was there.",
                refusal.SqlState
            ),
            { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"The role itself may not {claim.Operation} it, so the table did not have to refuse.",
                refusal.SqlState
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"It was refused, but not with {claim.SqlState}: {Words.Of(refusal)}.",
                refusal.SqlState
            ),
        };
}
