using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Writes a row that references nothing, and deletes what a row references.</summary>
internal static class OrphanWitness
{
    /// <summary>PostgreSQL 18 has a code of its own for RESTRICT.</summary>
    private const string RestrictViolation = "23001";

    public static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        OrphanIsRefused claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var accepted = await bench.Maker.MakeAsync(claim.Table, await WishAsync(claim, bench, cancel), cancel);
        return [await OrphanAsync(claim, accepted, bench, cancel), await DeletedAsync(claim, accepted, bench, cancel)];
    }

    /// <summary>A row that could refer to itself is given another one, which can be deleted without it.</summary>
    private static async Task<RowWish> WishAsync(OrphanIsRefused claim, Workbench bench, CancellationToken cancel)
    {
        if (claim.Table != claim.References)
        {
            return RowWish.WithFilled(claim.Columns);
        }

        var parent = await bench.Maker.InsertAsync(claim.Table, RowWish.WithFilled(claim.Referenced), cancel);
        return RowWish.WithGiven(
            claim
                .Columns.Zip(claim.Referenced)
                .ToDictionary(pair => pair.First, pair => parent.Values[pair.Second], StringComparer.Ordinal)
        );
    }

    private static async Task<Testimony> OrphanAsync(
        OrphanIsRefused claim,
        Draft accepted,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var probe = $"insert a row into {claim.Table} whose {string.Join(", ", claim.Columns)} references nothing";
        var fault = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var column in await OwnColumnsAsync(claim, bench, cancel))
        {
            fault[column] = await bench.Maker.FreshAsync(claim.Table, column, cancel);
        }

        var orphan = accepted.With(fault);
        var insertion = await bench.TryAsync(orphan, cancel);
        if (insertion is { Refusal: { Constraint: null } } or { Row: not null })
        {
            // A trigger that looks the reference up comes first.
            var unmasked = await bench.TryWithoutTriggersAsync(accepted, fault, cancel);
            insertion = unmasked?.Refusal is { } refusal && IsBy(refusal, claim) ? unmasked : insertion;
        }

        return insertion switch
        {
            { Refusal: { } refusal } when IsBy(refusal, claim) => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with 23503 by {claim.Constraint}; the same row with a reference was accepted.",
                refusal.SqlState
            ),
            { Refusal: { } other } => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused it first: {Words.Of(other)}.",
                other.SqlState
            ),
            { Row: { } row } when claim.Columns.Any(column => row.Values[column] != orphan.Values[column]) =>
                new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    "It was accepted with another reference: a trigger sets it."
                ),
            { Row: not null } => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                "A row that references nothing was accepted and stored."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                "A row that references nothing was accepted without an error, and is not there."
            ),
        };
    }

    private static bool IsBy(Refusal refusal, OrphanIsRefused claim) =>
        refusal.SqlState == PostgresErrorCodes.ForeignKeyViolation && refusal.Constraint == claim.Constraint;

    /// <summary>Columns that no other reference needs, where there are such: the fault is to be this one's alone.</summary>
    private static async Task<IReadOnlyList<string>> OwnColumnsAsync(
        OrphanIsRefused claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var shape = (await bench.Shapes.TableAsync(claim.Table, cancel))!;
        var others = shape
            .ForeignKeys.Where(reference => reference.Name != claim.Constraint)
            .SelectMany(reference => reference.Columns);
        var own = claim.Columns.Except(others).ToList();
        return own.Count > 0 ? own : claim.Columns;
    }

    private static async Task<Testimony> DeletedAsync(
        OrphanIsRefused claim,
        Draft accepted,
        Workbench bench,
        CancellationToken cancel
    ) =>
        await bench.Session.UndoAsync(
            async () =>
            {
                var probe = $"delete the row of {claim.References} that a row of {claim.Table} references";
                var child = (await bench.Writer.InsertAsync(accepted, deferred: false, cancel)).Row;
                if (child is null)
                {
                    return new Testimony(
                        probe,
                        TestimonyOutcome.Inconclusive,
                        "The row was accepted once and not again."
                    );
                }

                var (_, refusal) = await DeleteAsync(claim, child, bench, cancel);
                if (refusal is { Constraint: null })
                {
                    // The referenced table may keep its rows for a reason of its own.
                    var unmasked = await bench.WithoutTriggersAsync(
                        claim.References,
                        async () => (await DeleteAsync(claim, child, bench, cancel)).Refusal ?? refusal,
                        cancel
                    );
                    refusal = unmasked ?? refusal;
                }

                var others = child
                    .Values.Where(entry => !claim.Columns.Contains(entry.Key))
                    .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
                if (refusal is null && others.Values.All(value => value is null))
                {
                    return new Testimony(
                        probe,
                        TestimonyOutcome.Inconclusive,
                        "It was accepted; the row has nothing but the reference to be known by."
                    );
                }

                var after = refusal is null ? await bench.Writer.FindAsync(claim.Table, others, cancel) : null;
                return Of(claim, probe, refusal, after);
            },
            cancel
        );

    private static Task<(IReadOnlyList<string?[]> Result, Refusal? Refusal)> DeleteAsync(
        OrphanIsRefused claim,
        StoredRow child,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var same = claim.Referenced.Select(
            (column, i) => $"{SqlText.QuoteName(column)}::pg_catalog.text = ${i + 1}::pg_catalog.text"
        );
        var delete =
            $"DELETE FROM {bench.Writer.NameOf(claim.References)} WHERE {string.Join(" AND ", same)} RETURNING '1'::pg_catalog.text";
        return bench.Session.AttemptAsync(
            async () =>
            {
                var (rows, refusal) = await bench.Session.QueryAsync(
                    delete,
                    [.. claim.Columns.Select(column => child.Values[column])],
                    cancel
                );
                return (rows, refusal ?? await bench.Session.TryAsync(["SET CONSTRAINTS ALL IMMEDIATE"], cancel));
            },
            cancel
        );
    }

    private static Testimony Of(OrphanIsRefused claim, string probe, Refusal? refusal, StoredRow? after)
    {
        var isKept = claim.OnDelete is "no_action" or "restrict";
        if (refusal is not null)
        {
            var isBy =
                refusal.SqlState is PostgresErrorCodes.ForeignKeyViolation or RestrictViolation
                && refusal.Constraint == claim.Constraint;
            return isBy && isKept
                    ? new Testimony(
                        probe,
                        TestimonyOutcome.Confirmed,
                        $"It was refused with {Words.Code(refusal)}.",
                        refusal.SqlState
                    )
                : isBy
                    ? new Testimony(
                        probe,
                        TestimonyOutcome.Contradicted,
                        $"It was refused with {Words.Code(refusal)}; ON DELETE {claim.OnDelete} was claimed.",
                        refusal.SqlState
                    )
                : new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    $"Something else refused it: {Words.Of(refusal)}.",
                    refusal.SqlState
                );
        }

        var found =
            after is null ? "cascade"
            : claim.Columns.Any(column => after.Values[column] is null) ? "set_null"
            : "left";
        return (isKept, found) switch
        {
            (false, "cascade") when claim.OnDelete == "cascade" => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                "The row that referenced it went with it."
            ),
            (false, "set_null") when claim.OnDelete == "set_null" => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                "The reference became NULL."
            ),
            (false, _) when claim.OnDelete == "set_default" => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                "It was accepted; what the default leads to is not looked at."
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                "It was accepted, and "
                    + (
                        found == "cascade" ? "the row that referenced it went with it."
                        : found == "set_null" ? "the reference became NULL."
                        : "a row was left that references nothing."
                    )
            ),
        };
    }
}
