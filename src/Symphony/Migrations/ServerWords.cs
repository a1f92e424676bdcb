using Npgsql;

namespace Symphony.Migrations;

/// <summary>What a server answered, as people read it. DETAIL is left out: it holds the data of rows.</summary>
internal static class ServerWords
{
    public static string Of(NpgsqlException failure) =>
        failure switch
        {
            PostgresException { Hint: { Length: > 0 } hint } answer => $"{Headline(answer)} (hint: {hint})",
            PostgresException answer => Headline(answer),
            { InnerException: { } inner } => $"{failure.Message}: {inner.Message}",
            _ => failure.Message,
        };

    /// <summary>
    /// Whether the file is not to blame: the same statement may succeed in another state of the server, or by another
    /// role (PostgreSQL manual, appendix "PostgreSQL Error Codes").
    /// </summary>
    public static bool AreAboutTheDatabase(NpgsqlException failure) =>
        failure.SqlState is null
        || failure.SqlState[..2] is "08" or "28" or "40" or "53" or "57" or "58" or "XX"
        || failure.SqlState
            is PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.ObjectInUse
                or PostgresErrorCodes.InsufficientPrivilege
                or PostgresErrorCodes.ReadOnlySqlTransaction;

    private static string Headline(PostgresException answer) =>
        $"{answer.InvariantSeverity} {answer.SqlState}: {answer.MessageText}";
}
