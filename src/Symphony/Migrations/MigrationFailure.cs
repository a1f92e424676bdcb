using Npgsql;

namespace Symphony.Migrations;

/// <summary>A failed migration, told: which statement, what the server said, what stands, what to do.</summary>
internal static class MigrationFailure
{
    private const string Expected = "the server runs every statement of the file";

    private const string Again = "run symphony migrate again";

    /// <param name="statement">Null when the server refused to commit.</param>
    public static SymphonyException Of(
        MigrationScript script,
        SqlStatement? statement,
        IReadOnlyList<MigrationScript> appliedBefore,
        NpgsqlException failure
    )
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

    /// <summary>The failure of a statement, told together with the INVALID indexes that it left.</summary>
    public static SymphonyException With(IReadOnlyList<InvalidIndex> left, SymphonyException failure)
    {
        var found = $"{failure.Found}; {NamesOf(left)}";
        var next = $"{RepairsOf(left)} {failure.Next}";
        return failure is UnobservedException unobserved
            ? new UnobservedException(failure.Message, Expected, found, next, failure)
            {
                SqlState = unobserved.SqlState,
            }
            : new InputException(failure.Message, Expected, found, next, failure);
    }

    /// <summary>INVALID indexes without a failed statement: the run was interrupted, or the server was content.</summary>
    public static SymphonyException Of(
        MigrationScript script,
        IReadOnlyList<InvalidIndex> left,
        IReadOnlyList<MigrationScript> appliedBefore,
        OperationCanceledException? interruption
    )
    {
        var next =
            $"{RepairsOf(left)} {script.Version} is not in the ledger; applied in this run: "
            + $"{Names(appliedBefore)}. After the repair {Again}";
        return interruption is null
            ? new InputException($"{script.File.Path}: it ran, but an index is INVALID", Expected, NamesOf(left), next)
            : new UnobservedException($"{script.File.Path}: interrupted", Expected, NamesOf(left), next, interruption);
    }

    private static string NamesOf(IReadOnlyList<InvalidIndex> left) =>
        $"INVALID index {string.Join(", ", left.Select(index => index.QualifiedName))}: it guarantees nothing";

    private static string RepairsOf(IReadOnlyList<InvalidIndex> left) =>
        string.Join(' ', left.Select(index => index.Repair));

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
        MigrationScript script,
        SqlStatement? statement,
        IReadOnlyList<MigrationScript> appliedBefore,
        NpgsqlException failure
    )
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

    private static string Advice(NpgsqlException failure) =>
        failure.SqlState switch
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
