using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>Updates, deletes, truncates, or runs a statement of the manifest's own.</summary>
internal static class StatementWitness
{
    public static async Task<Testimony> TestifyAsync(
        string probe,
        Scenario claim,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        if (claim.When.Operation == "sql" && bench.Mode == ProbeMode.Shadow)
        {
            return new Testimony(
                probe,
                TestimonyOutcome.Unobserved,
                "a statement of one's own names the real tables, which a shadow is not.",
                null,
                "Probe it with --probe direct on a database of your own, or by `symphony gate`."
            );
        }

        var (sql, parameters) = await StatementAsync(claim, scope, bench, cancel);
        if (claim.When.Operation is "update" or "delete")
        {
            await RequireRowsAsync(claim, parameters, bench, cancel);
        }

        return await bench.Session.UndoAsync(
            async () =>
            {
                var ((rows, counted), refusal) = await RunAsync(sql, parameters, claim, bench, cancel);
                return refusal is not null ? Refused(probe, claim, refusal)
                    : claim.Then.SqlState is not null
                        ? new Testimony(
                            probe,
                            TestimonyOutcome.Contradicted,
                            $"It was accepted; it was to be refused with {ScenarioWitness.Expected(claim.Then)}."
                        )
                    : counted && rows.Count == 0
                        ? new Testimony(
                            probe,
                            TestimonyOutcome.Contradicted,
                            "It was accepted and did nothing, though the rows are there: something swallows it."
                        )
                    : claim.Then.Row is null ? new Testimony(probe, TestimonyOutcome.Confirmed, "It was accepted.")
                    : await ComparedAsync(probe, claim, rows, scope, bench, cancel);
            },
            cancel
        );
    }

    private static async Task<Testimony> ComparedAsync(
        string probe,
        Scenario claim,
        IReadOnlyList<StoredRow> rows,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var settled = new List<StoredRow>(rows.Count);
        foreach (var row in claim.When.Operation == "update" ? rows : [])
        {
            if (await bench.Writer.AgainAsync(row, cancel) is not { } found)
            {
                return new Testimony(
                    probe,
                    TestimonyOutcome.Contradicted,
                    "It was accepted without an error, and the row is no longer there."
                );
            }

            settled.Add(found);
        }

        return await ExpectedRow.CompareAsync(
            probe,
            claim,
            claim.When.Operation == "update" ? settled : rows,
            scope,
            bench,
            cancel
        );
    }

    private static Testimony Refused(string probe, Scenario claim, Refusal refusal) =>
        claim.Then.SqlState is not null && ScenarioWitness.IsClaimed(refusal, claim.Then)
            ? new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                $"It was refused with {Words.Code(refusal)}.",
                refusal.SqlState
            )
            : new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                claim.Then.SqlState is null
                    ? $"It was refused: {Words.Of(refusal)}."
                    : $"It was refused with something else than {ScenarioWitness.Expected(claim.Then)}: {Words.Of(refusal)}.",
                refusal.SqlState
            );

    private static async Task<(string Sql, List<string?> Parameters)> StatementAsync(
        Scenario claim,
        RowScope scope,
        Workbench bench,
        CancellationToken cancel
    )
    {
        if (claim.When.Operation == "sql")
        {
            return (claim.When.Sql!, []);
        }

        var table = bench.Writer.NameOf(claim.Table);
        if (claim.When.Operation == "truncate")
        {
            // A table that others reference is refused without CASCADE, whatever its triggers do.
            return ($"TRUNCATE TABLE {table} CASCADE", []);
        }

        var shape =
            await bench.Shapes.TableAsync(claim.Table, cancel)
            ?? throw new RowNotMadeException(
                $"there is no table {claim.Table}",
                "Create it with the migration that owns it, or correct the name in the manifest.",
                null
            );
        var parameters = new List<string?>();
        string Pair(string column, string? value, string sign)
        {
            var type =
                shape.Find(column)?.Type
                ?? throw new RowNotMadeException(
                    $"the table {claim.Table} has no column {column}",
                    "Correct the column's name in the manifest.",
                    null
                );
            parameters.Add(value);
            return $"{SqlText.QuoteName(column)} {sign} CAST(${parameters.Count} AS {type})";
        }

        var where = scope
            .Resolve(claim.When.Where)
            .Select(entry => Pair(entry.Key, entry.Value, "IS NOT DISTINCT FROM"))
            .ToList();
        var condition = where.Count == 0 ? "" : $" WHERE {string.Join(" AND ", where)}";
        var set = scope.Resolve(claim.When.Values).Select(entry => Pair(entry.Key, entry.Value, "=")).ToList();
        var stored = shape.Columns.Select(column => SqlText.QuoteName(column.Name) + "::pg_catalog.text");
        return (
            (
                claim.When.Operation == "update"
                    ? $"UPDATE {table} SET {string.Join(", ", set)}{condition}"
                    : $"DELETE FROM {table}{condition}"
            )
                + $" RETURNING tableoid::pg_catalog.oid::pg_catalog.text, ctid::pg_catalog.text, {string.Join(", ", stored)}",
            parameters
        );
    }

    /// <summary>A statement about no row is accepted by everybody, and refused by no trigger for each row.</summary>
    private static async Task RequireRowsAsync(
        Scenario claim,
        List<string?> parameters,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var shape = (await bench.Shapes.TableAsync(claim.Table, cancel))!;
        var where = claim.When.Where.Keys.Select(
            (column, i) =>
                $"{SqlText.QuoteName(column)} IS NOT DISTINCT FROM CAST(${i + 1} AS {shape.Find(column)!.Type})"
        );
        var (rows, refusal) = await bench.Session.UndoAsync(
            () =>
                bench.Session.QueryAsync(
                    $"SELECT '1'::pg_catalog.text FROM {bench.Writer.NameOf(claim.Table)} WHERE {string.Join(" AND ", where.DefaultIfEmpty("true"))} LIMIT 1",
                    [.. parameters.Take(claim.When.Where.Count)],
                    cancel
                ),
            cancel
        );
        if (refusal is not null || rows.Count == 0)
        {
            throw new RowNotMadeException(
                refusal is null
                    ? $"the {claim.When.Operation} is about no row of {claim.Table}, so that whatever happens proves nothing"
                    : $"the rows of {claim.Table} could not be read: {Words.Of(refusal)}",
                "Insert the row under `given`, and name it under `where`.",
                refusal?.SqlState
            );
        }
    }

    private static Task<((IReadOnlyList<StoredRow> Rows, bool Counted) Result, Refusal? Refusal)> RunAsync(
        string sql,
        List<string?> parameters,
        Scenario claim,
        Workbench bench,
        CancellationToken cancel
    ) =>
        bench.Session.AttemptAsync(
            async () =>
            {
                var isCounted = claim.When.Operation is "update" or "delete";
                var (rows, refusal) = isCounted
                    ? await bench.Session.QueryAsync(sql, parameters, cancel)
                    : ([], await bench.Session.TryAsync([sql], cancel));
                refusal ??= await bench.Session.TryAsync(["SET CONSTRAINTS ALL IMMEDIATE"], cancel);
                var shape = isCounted ? await bench.Shapes.TableAsync(claim.Table, cancel) : null;
                return (
                    (
                        (IReadOnlyList<StoredRow>)[.. rows.Select(row => RowWriter.Stored(claim.Table, shape!, row))],
                        isCounted
                    ),
                    refusal
                );
            },
            cancel
        );
}
