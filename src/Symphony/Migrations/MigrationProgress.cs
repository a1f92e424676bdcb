namespace Symphony.Migrations;

/// <summary>What a run is doing, told as it happens.</summary>
public abstract record MigrationProgress
{
    private MigrationProgress() { }

    /// <summary>Another run holds the lock; told once.</summary>
    /// <param name="Holder">The other run as far as the server lets us see it.</param>
    public sealed record Waiting(string Holder) : MigrationProgress;

    public sealed record Applying(MigrationScript Migration) : MigrationProgress;

    /// <summary>A lock was not to be had; nothing of the migration was kept, and it is tried again.</summary>
    /// <param name="Found">The server's words.</param>
    /// <param name="Attempt">The one that failed, from 1.</param>
    /// <param name="Pause">How long is waited before the next.</param>
    public sealed record Retrying(MigrationScript Migration, string Found, int Attempt, TimeSpan Pause)
        : MigrationProgress;

    /// <summary>The migration and its ledger entry are committed.</summary>
    public sealed record Applied(MigrationScript Migration, TimeSpan Elapsed) : MigrationProgress;
}
