using Npgsql;

namespace Symphony.Migrations;

/// <summary>A failed migration, told: which statement, what the server said, what stands, what to do.</summary>
internal static class MigrationFailure
{
    private const string Expected = "the server runs every statement of the file";

    private const string Again = "run symphony migrate again";

    /// <param name="statement">Null when the server refused to commit.</param>
    public static SymphonyException Of(
        MigrationScript script, SqlStatement? statement, IReadOnlyList<MigrationScript> appliedBefore, NpgsqlException failure)
    {
        var problem = statement is null
            ? $"{script.File.Path}: the transaction was refused at COMMIT"
            : $"{script.File.Path}:{statement.Line}: {NumberOf(script, statement)} failed: {statement.Summary}";
        var found = ServerWords.Of(failure) + PlaceOf(script, statement, failure);
        var next = $"{Standing(script, statement, appliedBefore, failure)} {Advice(failure)}, and {Again}";
        return ServerWords.AreAboutTheDatabase(failure)
            ? new UnobservedException(problem, Expected, found, next, failure) { SqlState = failure.SqlState }
            : new InputException(problem, Expected, found, next, failure);
    }

    /// <param name="cause">What ended the migration; null when the server was content.</param>
    public static SymphonyException WithInvalidIndexes(
        MigrationScript script, IReadOnlyList<MigrationScript> appliedBefore, IReadOnlyList<InvalidIndex> indexes, Exception? cause)
    {
        var failure = cause as SymphonyException;
        var names = string.Join(", ", indexes.Select(index => index.QualifiedName));
        var problem = failure?.Message ?? $"{script.File.Path}: {(cause is null ? "an index it names is INVALID" : "interrupted")}";
        var found = (failure is null ? "" : failure.Found + "; ") + $"INVALID index {names}: it guarantees nothing";
        var repairs = string.Join(' ', indexes.Select(index => index.Repair));
        var next = $"{repairs} "
            + (failure?.Next ?? $"{script.Version} is not in the ledger; applied in this run: {Names(appliedBefore)}. After the repair {Again}");
        return failure is UnobservedException || cause is OperationCanceledException
            ? new UnobservedException(problem, Expected, found, next, cause) { SqlState = (failure as UnobservedException)?.SqlState }
            : new InputException(problem, Expected, found, next, cause);
    }

    private static string NumberOf(MigrationScript script, SqlStatement statement) =>
        $"statement {IndexOf(script, statement) + 1} of {script.Statements.Count}";

    private static int IndexOf(MigrationScript script, SqlStatement statement) =>
        script.Statements.TakeWhile(other => other.Offset < statement.Offset).Count();

    private static string PlaceOf(MigrationScript script, SqlStatement? statement, NpgsqlException failure)
    {
        var position = failure switch
        {
            PostgresException { Position: > 0 } answer => answer.Position,
            PostgresException answer when answer.InternalQuery == statement?.Text => answer.InternalPosition,
            _ => 0,
        };
        return statement is null || position == 0
            ? ""
            : $", at {SourcePosition.OfServer(script.Text, statement.Offset, position)}";
    }

    private static string Standing(
        MigrationScript script, SqlStatement? statement, IReadOnlyList<MigrationScript> appliedBefore, NpgsqlException failure)
    {
        var lost = failure is not PostgresException;
        var done = statement is null || script.InTransaction ? 0 : IndexOf(script, statement);
        var own = (lost, done) switch
        {
            (true, _) when statement is null => $"whether {script.Version} was committed, only the ledger knows",
            (true, _) when !script.InTransaction =>
                $"{script.Version} is not in the ledger, and its statement may still be running: see pg_stat_activity",
            (_, 0) => $"nothing of {script.Version} was kept",
            (_, 1) => $"the first statement of {script.Version} stays done, and the ledger does not have it",
            _ => $"the first {done} statements of {script.Version} stay done, and the ledger does not have it",
        };
        return $"{own}; applied in this run: {Names(appliedBefore)}.";
    }

    private static string Names(IReadOnlyList<MigrationScript> applied) =>
        applied.Count == 0 ? "nothing" : string.Join(", ", applied.Select(script => script.Version));

    private static string Advice(NpgsqlException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.ActiveSqlTransaction =>
            "Move the statement to a file with -- symphony:no_tx on a line of its own",
        PostgresErrorCodes.LockNotAvailable =>
            "Find who holds the lock in pg_locks and pg_stat_activity, let them finish",
        PostgresErrorCodes.InsufficientPrivilege => "Connect as a role that may do this",
        _ when ServerWords.AreAboutTheDatabase(failure) => "See to the server",
        _ => "Correct the file, or the rows it does not fit",
    };
}
