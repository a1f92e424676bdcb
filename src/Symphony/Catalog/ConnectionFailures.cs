using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Npgsql;

namespace Symphony.Catalog;

/// <summary>What the driver and the server say when something fails, in words a person can act on.</summary>
internal static class ConnectionFailures
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>PostgreSQL 17.</summary>
    private const string TransactionTimeout = "25P04";

    public static UnobservedException Describe(ConnectionTarget target, Exception failure)
    {
        var refused = failure as PostgresException ?? failure.InnerException as PostgresException;
        var (found, next) = refused?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword => (
                "the server refused the password",
                "check the password (DATABASE_URL, PGPASSWORD or .pgpass)"
            ),
            PostgresErrorCodes.InvalidAuthorizationSpecification => (
                refused.MessageText,
                "check the role, and pg_hba.conf on the server"
            ),
            PostgresErrorCodes.InvalidCatalogName => (
                refused.MessageText,
                "check the database's name; `symphony migrate` does not create it"
            ),
            PostgresErrorCodes.InsufficientPrivilege => (
                refused.MessageText,
                "grant the role CONNECT on the database; Symphony needs no more"
            ),
            PostgresErrorCodes.CannotConnectNow => (
                refused.MessageText,
                "wait until the server has started, then run again"
            ),
            PostgresErrorCodes.TooManyConnections => (refused.MessageText, "free a connection; Symphony needs one"),
            { } => ($"{refused.MessageText} (SQLSTATE {refused.SqlState})", "read the server's log"),
            null when IsOfCertificates(failure) || failure.InnerException is { } inner && IsOfCertificates(inner) => (
                Unreachable(target, failure),
                "check sslmode, and the files that sslrootcert, sslcert and sslkey name, against the server's certificate"
            ),
            null => (Unreachable(target, failure), "start the server, or correct --database-url or DATABASE_URL"),
        };
        return new UnobservedException(
            "cannot connect to the database",
            $"a PostgreSQL server that lets {target} in",
            found,
            next,
            failure
        )
        {
            SqlState = refused?.SqlState,
        };
    }

    public static UnobservedException DescribeQuery(string what, Exception failure) =>
        DescribeQuery(what, failure, Observe(failure));

    public static UnobservedException DescribeQuery(string what, Exception failure, ObservationError error) =>
        new UnobservedException(
            $"cannot read {what}",
            "an answer to a catalog query",
            error.Message,
            Next(error),
            failure
        )
        {
            SqlState = error.SqlState,
        };

    public static ObservationError Observe(Exception failure) =>
        failure switch
        {
            PostgresException refused => new($"{refused.MessageText} (SQLSTATE {refused.SqlState})", refused.SqlState),
            { InnerException: PostgresException refused } => new(
                $"{refused.MessageText} (SQLSTATE {refused.SqlState})",
                refused.SqlState
            ),
            TimeoutException or { InnerException: TimeoutException } => new("the server did not answer in time", null),
            _ => new($"the connection was lost: {failure.InnerException?.Message ?? failure.Message}", null),
        };

    public static string Next(ObservationError error) =>
        error.SqlState switch
        {
            PostgresErrorCodes.QueryCanceled => "raise --statement-timeout, or run when the server is less busy",
            PostgresErrorCodes.LockNotAvailable =>
                "wait until the migration that holds the lock has ended, or raise --lock-timeout",
            PostgresErrorCodes.IdleSessionTimeout or IdleInTransactionTimeout or TransactionTimeout =>
                "the server ends sessions that are idle or transactions that are long: verify as a role for which idle_session_timeout, idle_in_transaction_session_timeout and transaction_timeout are longer",
            PostgresErrorCodes.AdminShutdown or null => "run again; nothing was decided",
            PostgresErrorCodes.InsufficientPrivilege => "grant the verifying role what the message names",
            _ => "run with --debug and report this query",
        };

    /// <summary>For a statement whose text, or whose names, stand in a manifest.</summary>
    public static string NextForStatement(ObservationError error) =>
        error.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege =>
                "Grant the verifying role SELECT on what the statement reads and USAGE on its schema; where row security hides rows from it, it needs BYPASSRLS too: what cannot see every row proves nothing.",
            PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or null => Next(error),
            _ =>
                "Correct the statement in the manifest: it must be one that only reads, and names outside pg_catalog are written with their schema.",
        };

    /// <summary>A limit of time, or the end of the server: what is asked next would meet the same.</summary>
    public static bool IsLimit(PostgresException refused) =>
        refused.SqlState
            is PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.LockNotAvailable
                or IdleInTransactionTimeout
                or TransactionTimeout
        || refused.SqlState.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>
    /// A refusal that says something of the moment, the machine or the connection and not of the statement: another
    /// time it is answered. Classes 08, 40, 53, 55, 57, 58 and XX (PostgreSQL manual, appendix "Error Codes").
    /// </summary>
    public static bool IsOfTheMoment(string sqlState) =>
        sqlState.Length < 2 || sqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58" or "XX";

    /// <summary>A certificate or key was refused, or its file cannot be read or is none: not all of it the driver wraps.</summary>
    public static bool IsOfCertificates(Exception failure) =>
        failure
            is AuthenticationException
                or CryptographicException
                or FileNotFoundException
                or DirectoryNotFoundException
                or UnauthorizedAccessException;

    private static string Unreachable(ConnectionTarget target, Exception failure) =>
        failure switch
        {
            { InnerException: SocketException socket } => $"{target.Host}:{target.Port}: {socket.Message}",
            SocketException socket => $"{target.Host}:{target.Port}: {socket.Message}",
            TimeoutException or { InnerException: TimeoutException } =>
                $"{target.Host}:{target.Port}: no answer in time",
            _ => failure.InnerException?.Message ?? failure.Message,
        };
}
