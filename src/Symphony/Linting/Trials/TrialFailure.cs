using Npgsql;
using Symphony.Migrations;

namespace Symphony.Linting.Trials;

/// <summary>A migration that cannot be judged, told: a statement of it does not run on top of the files before it.</summary>
internal static class TrialFailure
{
    /// <param name="statement">Null when the server refused to commit.</param>
    public static UnobservedException Of(MigrationScript script, SqlStatement? statement, NpgsqlException failure)
    {
        var place = statement is null
            ? $"{script.File.Path}: the transaction was refused at COMMIT"
            : $"{script.File.Path}:{statement.Line}: {statement.Summary}";
        return new UnobservedException(
            $"{place}: could not be judged, because it does not run",
            "every statement runs on a fresh server, on top of the migrations before it",
            ServerWords.Of(failure),
            "correct the file, or give the folder with the migrations it stands on with --migrations",
            failure
        )
        {
            SqlState = failure.SqlState,
        };
    }
}

/// <summary>The server refuses to run a statement in the transaction that its file is.</summary>
internal sealed class NotInTransactionException(SqlStatement statement, string message) : Exception(message)
{
    public SqlStatement Statement { get; } = statement;
}
