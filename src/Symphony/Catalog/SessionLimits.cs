namespace Symphony.Catalog;

/// <summary>How long a session may wait: to connect, for one statement, for one lock.</summary>
public sealed record SessionLimits(TimeSpan Connect, TimeSpan Statement, TimeSpan Lock)
{
    public static SessionLimits Default { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));
}
