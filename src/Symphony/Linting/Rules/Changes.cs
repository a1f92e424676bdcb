using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

/// <summary>Questions about a trial that several rules ask.</summary>
internal static class Changes
{
    /// <summary>Objects of a class that were there before the migration and that a statement dropped for good.</summary>
    public static IEnumerable<(StatementTrial Trial, SchemaObject Object)> Dropped(
        this FileTrial file,
        params string[] classes
    ) =>
        from trial in file.Statements
        from entry in trial.Dropped
        where classes.Contains(entry.Class) && file.IsExisting(entry)
        where entry.Class == "column" || !GoesWithItsRelation(trial, entry)
        where entry.Class != "column" || trial.After.Relation(entry.Parent!.Value) is not null
        where !GoesWithItsPartitionRoot(file, trial, entry)
        select (trial, entry);

    /// <summary>What others find under the same name once the statement's transaction is over.</summary>
    public static SchemaObject? Successor(this FileTrial file, StatementTrial trial, SchemaObject dropped) =>
        file.Committed(trial)
            .Objects.FirstOrDefault(entry => entry.Class == dropped.Class && entry.Identity == dropped.Identity);

    /// <summary>Objects of a class that were there before and that a statement changed: as they were and as they are.</summary>
    public static IEnumerable<(StatementTrial Trial, SchemaObject Before, SchemaObject After)> Altered(
        this FileTrial file,
        params string[] classes
    ) =>
        from trial in file.Statements
        from pair in trial.Changed
        where classes.Contains(pair.After.Class) && file.IsExisting(pair.After)
        where !GoesWithItsPartitionRoot(file, trial, pair.After)
        select (trial, pair.Before, pair.After);

    /// <summary>Objects of a class that a statement made on a table that was there before.</summary>
    public static IEnumerable<(StatementTrial Trial, SchemaObject Object, SchemaObject Table)> AddedToExisting(
        this FileTrial file,
        params string[] classes
    ) =>
        from trial in file.Statements
        from entry in trial.Created
        where classes.Contains(entry.Class) && entry.Parent is not null
        let table = file.ExistingTable(entry.Parent!.Value)
        where table is not null && !GoesWithItsPartitionRoot(file, trial, entry)
        select (trial, entry, table);

    /// <summary>The object as it is when the statement's transaction is over, or null.</summary>
    public static SchemaObject? Finally(this FileTrial file, StatementTrial trial, SchemaObject entry) =>
        file.Committed(trial).Find(entry.Key);

    /// <summary>The name of the relation that the object belongs to.</summary>
    public static string RelationOf(this StatementTrial trial, SchemaObject entry) =>
        (trial.Before.Relation(entry.Parent ?? 0) ?? trial.After.Relation(entry.Parent ?? 0))?.Identity
        ?? entry.Identity;

    private static bool GoesWithItsRelation(StatementTrial trial, SchemaObject entry) =>
        entry.Parent is { } relation
        && (
            trial.After.Relation(relation) is null
            || trial.Dropped.Any(column =>
                column.Class == "column"
                && column.Parent == relation
                && (entry.Numbers("columns").Contains(column.Key.Sub) || entry.Class == "sequence")
            )
        );

    /// <summary>What is done to a partitioned table is done to its partitions too, and told once.</summary>
    private static bool GoesWithItsPartitionRoot(FileTrial file, StatementTrial trial, SchemaObject entry) =>
        entry.Parent is { } relation
        && file.Start.Relation(relation)?.Number("partition_of") is { } root
        && trial
            .Created.Concat(trial.Dropped)
            .Concat(trial.Changed.Select(pair => pair.After))
            .Any(other => other.Class == entry.Class && other.Parent == (uint)root);
}
