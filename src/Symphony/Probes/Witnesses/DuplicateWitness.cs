using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Writes a second row with the key of the first.</summary>
internal static class DuplicateWitness
{
    public static async Task<Testimony> TestifyAsync(
        DuplicateIsRefused claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var shape =
            await bench.Shapes.TableAsync(claim.Table, cancel)
            ?? throw new RowNotMadeException($"there is no table {claim.Table}", "Create it.", null);
        var constraint = claim.Constraint ?? shape.Unique.FirstOrDefault(unique => unique.Primary)?.Name;
        var probe = $"insert two rows into {claim.Table} with the same {string.Join(", ", claim.Columns)}";
        // NULL is like no other NULL: a key of it is no key, whether it is a column's or an expression's.
        var columns = claim.Columns.Where(column => shape.Find(column) is not null).ToHashSet(StringComparer.Ordinal);
        var wish = new RowWish(
            new Dictionary<string, string?>(),
            columns,
            [
                .. claim.Columns.Except(columns).Select(expression => $"({expression}) IS NOT NULL"),
                .. claim.Predicate is { } predicate ? new[] { $"({predicate}) IS TRUE" } : [],
            ]
        );
        var first = await bench.Maker.InsertAsync(claim.Table, wish, cancel);
        // The control: another row with a key of its own is accepted beside the first.
        var second = await bench.Maker.MakeAsync(claim.Table, wish, cancel);
        var insertion = await bench.TryAsync(Twin(first, second, constraint, shape), cancel);
        var isByIndex =
            insertion.Refusal is { } found
            && found.SqlState == claim.SqlState
            && await bench.IsByIndexAsync(found, claim.Table, constraint, cancel);
        return insertion switch
        {
            { Refusal: { } refusal } when isByIndex => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"The second was refused with {Words.Code(refusal)}; one with another key was accepted.",
                refusal.SqlState
            ),
            { Refusal: { } other } => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused the second first: {Words.Of(other)}.",
                other.SqlState
            ),
            { Row: { } row } when KeyOf(row, shape, constraint) != KeyOf(first, shape, constraint) => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                "The second was accepted under a key of its own: a trigger gives the key."
            ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"A second row with the same {string.Join(", ", claim.Columns)} was accepted and stored."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                "The second row was accepted without an error, and is not there."
            ),
        };
    }

    /// <summary>The first row again, but for what other unique indexes want to differ.</summary>
    private static Draft Twin(StoredRow first, Draft second, string? constraint, TableShape shape)
    {
        var key = shape.Unique.FirstOrDefault(unique => unique.Name == constraint)?.Columns ?? [];
        var own = shape
            .Unique.Where(unique => unique.Name != constraint)
            .SelectMany(unique => unique.Columns)
            .Except(key)
            .ToHashSet(StringComparer.Ordinal);
        return second.With(
            first.Values.Where(entry =>
                shape.Find(entry.Key) is { Generation: null }
                && !own.Contains(entry.Key)
                && (key.Contains(entry.Key) || second.Values.ContainsKey(entry.Key))
            )
        );
    }

    private static string KeyOf(StoredRow row, TableShape shape, string? constraint) =>
        string.Join(
            '\0',
            (shape.Unique.FirstOrDefault(unique => unique.Name == constraint)?.Columns ?? []).Select(column =>
                row.Values.GetValueOrDefault(column)
            )
        );
}
