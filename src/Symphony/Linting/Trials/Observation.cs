namespace Symphony.Linting.Trials;

/// <summary>What can be seen of an open transaction at one moment.</summary>
/// <param name="Work">By table, since the transaction began.</param>
/// <param name="Events">Since the last observation.</param>
/// <param name="LockTimeout">In milliseconds; 0 waits for ever.</param>
internal sealed record Observation(
    IReadOnlySet<RelationLock> Locks,
    IReadOnlyDictionary<uint, TableWork> Work,
    IReadOnlyList<ServerEvent> Events,
    int LockTimeout
);
