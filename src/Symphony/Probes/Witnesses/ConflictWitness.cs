using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Writes a second row that conflicts with the first, as the operators of the constraint themselves say.</summary>
internal static class ConflictWitness
{
    /// <summary>Of so many columns every choice is tried in which the second row is like the first.</summary>
    private const int MostColumns = 6;

    public static async Task<Testimony> TestifyAsync(ConflictIsRefused claim, Workbench bench, CancellationToken cancel)
    {
        var shape =
            await bench.Shapes.TableAsync(claim.Table, cancel)
            ?? throw new RowNotMadeException($"there is no table {claim.Table}", "Create it.", null);
        var probe = $"insert two rows into {claim.Table} that conflict by {claim.Constraint}";
        var names = claim
            .Elements.SelectMany(element => RowSolver.NamesIn(element.Expression))
            .ToHashSet(StringComparer.Ordinal);
        var columns = shape
            .Columns.Where(column => column.Generation is null && names.Contains(column.Name))
            .Select(column => column.Name)
            .ToList();
        var wish = RowWish.WithFilled(columns) with
        {
            Hold = claim.Predicate is { } predicate ? [$"({predicate}) IS TRUE"] : [],
        };
        var first = await bench.Maker.InsertAsync(claim.Table, wish, cancel);
        // The control: a row that does not conflict is accepted beside the first.
        var second = await bench.Maker.MakeAsync(claim.Table, wish, cancel);
        var masked = default(Refusal);
        foreach (var likeness in Likenesses([.. columns.Take(MostColumns)]))
        {
            var other = second.With(likeness.Select(column => KeyValuePair.Create(column, first.Values[column])));
            if (!await ConflictsAsync(claim, shape, first.Values, other.Values, bench, cancel))
            {
                continue;
            }

            var insertion = await bench.TryAsync(other, cancel);
            if (insertion.Refusal is not { } refusal)
            {
                return new Testimony(
                    probe,
                    TestimonyOutcome.Contradicted,
                    $"Its operators say that the second conflicts with the first, and it was accepted{(insertion.Row is null ? " without an error, and is not there" : " and stored")}."
                );
            }

            if (
                refusal.SqlState == PostgresErrorCodes.ExclusionViolation
                && await bench.IsByIndexAsync(refusal, claim.Table, claim.Constraint, cancel)
            )
            {
                return new Testimony(
                    probe,
                    TestimonyOutcome.Confirmed,
                    $"The second was refused with {Words.Code(refusal)}; one that does not conflict was accepted.",
                    refusal.SqlState
                );
            }

            masked = refusal;
        }

        return masked is not null
                ? new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    $"Something else refused the second first: {Words.Of(masked)}.",
                    masked.SqlState
                )
            : claim.CallsOwn
                ? new Testimony(
                    probe,
                    TestimonyOutcome.Unobserved,
                    "of the rows that were tried no two conflict, as its operators say.",
                    Next: "See what the functions of its operators and elements do now, and those that these call; and show a conflict by a `probe`."
                )
            : new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                "Of the rows that were tried no two conflict, as its operators say."
            );
    }

    /// <summary>The columns in which the second row is like the first: all of them, then fewer, then none.</summary>
    private static IEnumerable<IReadOnlyList<string>> Likenesses(IReadOnlyList<string> columns) =>
        Enumerable
            .Range(0, 1 << columns.Count)
            .Select(choice => columns.Where((_, i) => (choice & (1 << i)) == 0).ToList());

    private static async Task<bool> ConflictsAsync(
        ConflictIsRefused claim,
        TableShape shape,
        IReadOnlyDictionary<string, string?> first,
        IReadOnlyDictionary<string, string?> second,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var written = shape.Columns.Where(column => column.Generation is null).ToList();
        string Row(int offset) =>
            "(SELECT "
            + string.Join(", ", claim.Elements.Select((element, i) => $"{element.Expression} AS \"element {i}\""))
            + $", ({claim.Predicate ?? "true"}) AS \"is meant\" FROM (SELECT base.*"
            + string.Concat(
                shape
                    .Columns.Where(column => column.Generation is not null)
                    .Select(column => $", ({column.Generation}) AS {SqlText.QuoteName(column.Name)}")
            )
            + " FROM (SELECT "
            + string.Join(
                ", ",
                written.Select(
                    (column, i) => $"CAST(${offset + i + 1} AS {column.Type}) AS {SqlText.QuoteName(column.Name)}"
                )
            )
            + $") AS base) AS {SqlText.QuoteName(claim.Table.Name)})";
        var compared = claim.Elements.Select((element, i) => $"a.\"element {i}\" {element.Operator} b.\"element {i}\"");
        var (rows, refusal) = await bench.Session.PeekAsync(
            [],
            $"SELECT '1'::pg_catalog.text FROM {Row(0)} AS a, {Row(written.Count)} AS b WHERE b.\"is meant\" AND "
                + string.Join(" AND ", compared),
            [
                .. written.Select(column => first.GetValueOrDefault(column.Name)),
                .. written.Select(column => second.GetValueOrDefault(column.Name)),
            ],
            cancel
        );
        return refusal is null && rows.Count > 0;
    }
}
