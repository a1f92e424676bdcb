using Symphony.Linting.Rows;
using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>Runs one statement, and looks at the database before and after it.</summary>
internal sealed class StatementWatch(
    MigrationSession session,
    SchemaReader schema,
    Observer observer,
    OldWriters writers,
    GuaranteeWatch guarantees
)
{
    /// <summary>The schema before the file: what is changed of it, others use already.</summary>
    public SchemaImage Start { get; set; } = SchemaImage.Empty;

    /// <param name="previous">The one before it in the same transaction, or null.</param>
    public async Task<StatementTrial> RunAsync(
        SqlStatement statement,
        int unit,
        StatementTrial? previous,
        CancellationToken cancel
    )
    {
        var imageBefore = previous?.After ?? await schema.ReadAsync(cancel);
        var before = await observer.ObserveAsync(cancel);
        await session.ExecuteAsync(statement, cancel);
        var after = await observer.ObserveAsync(cancel);
        var trial = new StatementTrial(statement, unit)
        {
            Before = imageBefore,
            After = await schema.ReadAsync(cancel),
            LocksBefore = before.Locks,
            LocksAfter = after.Locks,
            Work = after.Work.ToDictionary(
                entry => entry.Key,
                entry => entry.Value.Since(before.Work.GetValueOrDefault(entry.Key, TableWork.None))
            ),
            Rewritten = after.Events.Where(told => told.Kind == "rewrite").Select(told => told.Oid).ToHashSet(),
            Events = after.Events,
            LockTimeout = before.LockTimeout,
        };
        trial = trial with { Emptied = await EmptiedAsync(trial, cancel) };

        var touched = TouchedTables.Of(trial, Start);
        await writers.TryAsync(statement, touched.All, trial.After, cancel);
        // A new table may be one that a rule is about, and not follow it.
        if (touched.HasExisting || trial.Created.Any(entry => entry.Class == "table"))
        {
            await guarantees.LookAsync(statement, touched.Names(trial), cancel);
        }

        return trial;
    }

    /// <summary>CONCURRENTLY and its like: seen by what they leave behind, and not while they work.</summary>
    public async Task<StatementTrial> RunAloneAsync(SqlStatement statement, int unit, CancellationToken cancel)
    {
        var before = await ImageAsync(cancel);
        await session.ExecuteAsync(statement, cancel);
        return new StatementTrial(statement, unit)
        {
            RanAlone = true,
            Before = before,
            After = await ImageAsync(cancel),
        };
    }

    public async Task<SchemaImage> ImageAsync(CancellationToken cancel)
    {
        await using var transaction = await session.BeginAsync(cancel);
        var image = await schema.ReadAsync(cancel);
        await transaction.CommitAsync(cancel);
        return image;
    }

    /// <summary>Tables whose file was exchanged by something else than a rewrite, and that have no rows now.</summary>
    private async Task<IReadOnlySet<uint>> EmptiedAsync(StatementTrial trial, CancellationToken cancel)
    {
        var emptied = new HashSet<uint>();
        foreach (var table in Exchanged(trial))
        {
            await using var command = session.Command($"SELECT EXISTS (SELECT FROM ONLY {table.Identity})");
            if (!(bool)(await command.ExecuteScalarAsync(cancel))!)
            {
                emptied.Add(table.Key.Oid);
            }
        }

        return emptied;
    }

    private static IEnumerable<SchemaObject> Exchanged(StatementTrial trial) =>
        from after in trial.After.Tables
        let before = trial.Before.Find(after.Key)
        where before is not null && !trial.Rewritten.Contains(after.Key.Oid)
        where before.Number("filenode") != after.Number("filenode")
        select after;
}
