using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>The tables that a statement's changes are about: where it is worth looking again.</summary>
/// <param name="All">Their OIDs.</param>
/// <param name="HasExisting">Whether it changed anything that was there before the migration.</param>
internal sealed record TouchedTables(IReadOnlySet<uint> All, bool HasExisting)
{
    /// <summary>Their schemas and names, those included that a table had before the statement.</summary>
    public IReadOnlySet<(string Schema, string Name)> Names(StatementTrial trial) =>
        All.SelectMany(oid => new[] { trial.Before.Relation(oid), trial.After.Relation(oid) })
            .OfType<SchemaObject>()
            .Select(table => (table.Namespace, table.Name))
            .ToHashSet();

    public static TouchedTables Of(StatementTrial trial, SchemaImage start)
    {
        List<SchemaObject> changed = [.. trial.Created, .. trial.Dropped, .. trial.Changed.Select(pair => pair.Before)];
        var functions = changed
            .Where(entry => entry.Class == "function")
            .Select(entry => (long)entry.Key.Oid)
            .ToHashSet();
        var tables = changed
            .Select(entry => entry.Parent ?? entry.Key.Oid)
            .Concat(
                trial
                    .After.Objects.Where(entry => entry.Number("function") is { } oid && functions.Contains(oid))
                    .Select(trigger => trigger.Parent!.Value)
            )
            // Dropping or referring to a table changes what may be written to the tables that refer to it.
            .Concat(changed.Select(entry => entry.Number("references")).OfType<long>().Select(oid => (uint)oid))
            .ToHashSet();
        var existing = changed.Any(entry =>
            start.Has(entry.Key) || entry.Parent is { } parent && start.Relation(parent) is not null
        );
        return new TouchedTables(tables, existing);
    }
}
