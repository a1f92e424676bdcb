using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>What one statement of a migration did.</summary>
/// <param name="Unit">Statements with the same number were one transaction.</param>
public sealed record StatementTrial(SqlStatement Statement, int Unit)
{
    /// <summary>It refused to run in a transaction and was run outside one; what it locked could then not be seen.</summary>
    public bool RanAlone { get; init; }

    public SchemaImage Before { get; init; } = SchemaImage.Empty;

    public SchemaImage After { get; init; } = SchemaImage.Empty;

    /// <summary>Held when it began.</summary>
    public IReadOnlySet<RelationLock> LocksBefore { get; init; } = new HashSet<RelationLock>();

    /// <summary>Held when it was done.</summary>
    public IReadOnlySet<RelationLock> LocksAfter { get; init; } = new HashSet<RelationLock>();

    public IReadOnlyDictionary<uint, TableWork> Work { get; init; } = new Dictionary<uint, TableWork>();

    /// <summary>Tables that ALTER TABLE wrote anew.</summary>
    public IReadOnlySet<uint> Rewritten { get; init; } = new HashSet<uint>();

    /// <summary>What event triggers were told.</summary>
    public IReadOnlyList<ServerEvent> Events { get; init; } = [];

    /// <summary>Tables with rows before it and none after it.</summary>
    public IReadOnlySet<uint> Emptied { get; init; } = new HashSet<uint>();

    /// <summary>The session's lock_timeout when it began, in milliseconds; 0 waits for ever.</summary>
    public int LockTimeout { get; init; }

    public IEnumerable<RelationLock> NewLocks => LocksAfter.Where(held => !LocksBefore.Contains(held));

    public TableWork WorkOn(uint table) => Work.GetValueOrDefault(table, TableWork.None);

    public IEnumerable<SchemaObject> Created => After.Without(Before);

    public IEnumerable<SchemaObject> Dropped => Before.Without(After);

    public IEnumerable<(SchemaObject Before, SchemaObject After)> Changed => After.ChangedSince(Before);
}
