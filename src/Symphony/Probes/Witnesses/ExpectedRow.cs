using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Compares what was stored with what a scenario expects, in the server's own spelling of values.</summary>
internal static class ExpectedRow
{
    private const string NotNull = "not_null";

    /// <param name="rows">Every row that the statement wrote: each must be as expected.</param>
    public static async Task<Testimony> CompareAsync(
        string probe,
        Scenario claim,
        IReadOnlyList<StoredRow> rows,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        foreach (var (column, expected) in claim.Then.Row!)
        {
            foreach (var row in rows)
            {
                if (!row.Values.TryGetValue(column, out var found))
                {
                    throw new RowNotMadeException(
                        $"the table {claim.Table} has no column {column}",
                        "Correct the column's name under `then.row`.",
                        null
                    );
                }

                if (!await IsAsync(expected, found, column, claim, scope, bench, cancel))
                {
                    // Values are not told: they may be somebody's.
                    return new Testimony(
                        probe,
                        TestimonyOutcome.Contradicted,
                        $"It was accepted, and {column} is {(found is null ? "NULL" : "another value")}; expected: {Shown(expected)}."
                    );
                }
            }
        }

        return new Testimony(
            probe,
            TestimonyOutcome.Confirmed,
            $"It was accepted, and {string.Join(", ", claim.Then.Row!.Keys)} came back as expected."
        );
    }

    private static string Shown(RowValue expected) => expected.Text == NotNull ? "not NULL" : $"{expected}";

    private static async Task<bool> IsAsync(
        RowValue expected,
        string? found,
        string column,
        Scenario claim,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        if (!expected.IsReference && expected.Text == NotNull)
        {
            return found is not null;
        }

        var wanted = scope.Resolve(expected);
        if (wanted is null || found is null || wanted == found)
        {
            return wanted == found;
        }

        // 1.0 and 1.00, {"a":1} and {"a": 1}: the type knows what is the same to it.
        var type = (await bench.Shapes.TableAsync(claim.Table, cancel))!.Find(column)!.Type;
        var (rows, refusal) = await bench.Session.UndoAsync(
            () =>
                bench.Session.QueryAsync(
                    $"SELECT (CAST($1 AS {type})::pg_catalog.text = $2::pg_catalog.text OR ROW(CAST($1 AS {type})) *= ROW(CAST($2 AS {type})))::pg_catalog.text",
                    [wanted, found],
                    cancel
                ),
            cancel
        );
        return refusal is null && rows is [["true"]];
    }
}
