namespace Symphony.Linting.Trials;

/// <summary>What one statement did to one table's rows, as the server counted it inside the transaction.</summary>
/// <param name="Scans">How often all of its rows were read (<c>seq_scan</c>).</param>
/// <param name="Lookups">How often its rows were sought by an index.</param>
public sealed record TableWork(long Inserted, long Updated, long Deleted, long Scans, long Lookups)
{
    public static TableWork None { get; } = new(0, 0, 0, 0, 0);

    public TableWork Since(TableWork earlier) =>
        new(
            Inserted - earlier.Inserted,
            Updated - earlier.Updated,
            Deleted - earlier.Deleted,
            Scans - earlier.Scans,
            Lookups - earlier.Lookups
        );
}

/// <summary>A lock that the transaction holds on a relation (PostgreSQL manual, "Explicit Locking").</summary>
public sealed record RelationLock(uint Relation, string Mode)
{
    public bool IsAccessExclusive => Mode == "AccessExclusiveLock";

    /// <summary>An INSERT, UPDATE, DELETE or MERGE takes it, whether or not it met a row.</summary>
    public bool IsOfWriter => Mode == "RowExclusiveLock";
}

/// <summary>Something that an event trigger was told about.</summary>
/// <param name="Kind"><c>create</c>, <c>drop</c> or <c>rewrite</c>.</param>
/// <param name="Class">In SQL's words.</param>
public sealed record ServerEvent(string Kind, string Class, uint Oid, string Identity);
