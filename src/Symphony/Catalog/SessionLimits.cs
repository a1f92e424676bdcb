using System.Globalization;

namespace Symphony.Catalog;

/// <summary>How long a session may wait: to connect, for one statement, for one lock.</summary>
public sealed record SessionLimits(TimeSpan Connect, TimeSpan Statement, TimeSpan Lock)
{
    public static SessionLimits Default { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));

    /// <summary>The SQL that makes the server keep to them until the transaction ends.</summary>
    internal IReadOnlyList<string> Statements =>
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"SET LOCAL statement_timeout = {(long)Statement.TotalMilliseconds}"
            ),
            string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {(long)Lock.TotalMilliseconds}"),
        ];
}
