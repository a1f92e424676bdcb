using Symphony.Catalog;
using Symphony.Probes.Rows;
using Symphony.Probes.Shadows;
using Symphony.Probes.Shapes;

namespace Symphony.Probes.Witnesses;

/// <summary>What a witness works with: one for each probe, so that none depends on those before it.</summary>
internal sealed class Workbench
{
    public Workbench(RolledBackSession session, ShapeReader shapes, Stage stage, RowRecipes recipes, ProbeMode mode)
    {
        var values = new ValueMaker(shapes);
        Session = session;
        Shapes = shapes;
        Mode = mode;
        Stage = stage;
        Writer = new RowWriter(session, shapes, stage.Naming);
        Solver = new RowSolver(session, new ColumnChoices(session, shapes, values));
        Maker = new RowMaker(session, shapes, values, Solver, Writer, recipes);
    }

    public RolledBackSession Session { get; }

    public ShapeReader Shapes { get; }

    public ProbeMode Mode { get; }

    /// <summary>The real tables, or their shadows.</summary>
    public Stage Stage { get; }

    public RowWriter Writer { get; }

    public RowSolver Solver { get; }

    public RowMaker Maker { get; }

    /// <summary>What the database does with a row; it is taken back.</summary>
    public Task<Insertion> TryAsync(Draft draft, CancellationToken cancel) =>
        Session.UndoAsync(() => Writer.InsertAsync(draft, deferred: false, cancel), cancel);

    /// <summary>The same, with what has become of the row once everything that comes after has been done.</summary>
    public Task<Insertion> TryToTheEndAsync(Draft draft, CancellationToken cancel) =>
        Session.UndoAsync(
            async () =>
            {
                var insertion = await Writer.InsertAsync(draft, deferred: false, cancel);
                return insertion.Row is { } row
                    ? insertion with
                    {
                        Settled = await Writer.AgainAsync(row, cancel),
                    }
                    : insertion;
            },
            cancel
        );

    /// <summary>
    /// The same fault with the table's own triggers switched off, for what they keep from being seen: a trigger that
    /// fills a column in keeps the check on it from ever refusing. What they give an ordinary row, the row is given.
    /// </summary>
    /// <returns>Null where they cannot be switched off.</returns>
    public async Task<Insertion?> TryWithoutTriggersAsync(
        Draft accepted,
        IEnumerable<KeyValuePair<string, string?>> fault,
        CancellationToken cancel
    )
    {
        if ((await TryAsync(accepted, cancel)).Row is not { } stored)
        {
            return null;
        }

        var shape = (await Shapes.TableAsync(accepted.Table, cancel))!;
        var whole = accepted
            .With(stored.Values.Where(entry => shape.Find(entry.Key) is { Generation: null }))
            .With(fault);
        return await WithoutTriggersAsync(
            accepted.Table,
            () => Writer.InsertAsync(whole, deferred: false, cancel),
            cancel
        );
    }

    /// <summary>What happens while a table's own triggers are switched off; null where they cannot be.</summary>
    public Task<T?> WithoutTriggersAsync<T>(ObjectName table, Func<Task<T>> attempt, CancellationToken cancel)
        where T : class =>
        Session.UndoAsync(
            async () =>
                await Session.TryAsync([$"ALTER TABLE {Writer.NameOf(table)} DISABLE TRIGGER USER"], cancel) is null
                    ? await attempt()
                    : null,
            cancel
        );

    /// <summary>Whether a refusal is by that index: a partitioned table's index refuses in the name of a partition's.</summary>
    public async Task<bool> IsByIndexAsync(Refusal refusal, ObjectName table, string? index, CancellationToken cancel)
    {
        if (refusal.Constraint == index)
        {
            return true;
        }

        if (refusal.Constraint is null || refusal.Relation is null || index is null)
        {
            return false;
        }

        var (rows, _) = await Session.UndoAsync(
            () =>
                Session.QueryAsync(
                    """
                    SELECT '1'::pg_catalog.text
                    FROM pg_catalog.pg_class leaf
                    JOIN pg_catalog.pg_namespace leaf_schema ON leaf_schema.oid = leaf.relnamespace
                    CROSS JOIN pg_catalog.pg_partition_ancestors(leaf.oid) AS above(relid)
                    JOIN pg_catalog.pg_index i ON i.indexrelid = above.relid
                    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                    JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
                    JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                    WHERE leaf_schema.nspname = $1::pg_catalog.text AND leaf.relname = $2::pg_catalog.text
                      AND n.nspname = $3::pg_catalog.text AND t.relname = $4::pg_catalog.text AND x.relname = $5::pg_catalog.text
                    """,
                    [refusal.Relation.Schema, refusal.Constraint, table.Schema, table.Name, index],
                    cancel
                ),
            cancel
        );
        return rows.Count > 0;
    }
}
