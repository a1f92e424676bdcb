using System.Globalization;
using Npgsql;

namespace Symphony.Catalog;

/// <summary>How long a session may wait: to connect, for one statement, for one lock.</summary>
public sealed record SessionLimits(TimeSpan Connect, TimeSpan Statement, TimeSpan Lock)
{
    public static SessionLimits Default { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));

    /// <summary>
    /// The limits that the transaction has of its own, whatever the role, the database or the client set. Facts name
    /// them as well: see Kinds/Setting/facts.sql.
    /// </summary>
    internal static readonly IReadOnlyList<string> Settings =
    [
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "transaction_timeout",
    ];

    /// <summary>
    /// The SQL that makes the server keep to them until the transaction ends, and to no others: a role's limit on idle
    /// or long transactions would end the session in the middle of what it reads. PostgreSQL 17 has transaction_timeout.
    /// </summary>
    internal IReadOnlyList<string> Of(NpgsqlConnection connection) =>
        [
            .. connection.PostgreSqlVersion.Major >= 17 ? ["SET LOCAL transaction_timeout = 0"] : Array.Empty<string>(),
            "SET LOCAL idle_in_transaction_session_timeout = 0",
            .. Statements,
        ];

    /// <summary>The SQL for its own limits alone.</summary>
    internal IReadOnlyList<string> Statements =>
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"SET LOCAL statement_timeout = {(long)Statement.TotalMilliseconds}"
            ),
            string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {(long)Lock.TotalMilliseconds}"),
        ];
}
