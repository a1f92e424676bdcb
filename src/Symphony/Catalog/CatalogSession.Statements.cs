using Npgsql;

namespace Symphony.Catalog;

/// <content>Running the statements that observe rows.</content>
public sealed partial class CatalogSession
{
    /// <summary>
    /// The snapshot with the answers to statements that read rows, in the same transaction. Each goes alone, behind a
    /// savepoint: what the server refuses in one, or ends for its time, says nothing of the others.
    /// </summary>
    public async Task<Snapshot> ReadStatementsAsync(
        Snapshot snapshot,
        IEnumerable<FactQuery> statements,
        CancellationToken cancel
    )
    {
        var sets = new Dictionary<string, FactSet>(snapshot.Facts, StringComparer.Ordinal);
        ObservationError? lost = null;
        foreach (var statement in statements)
        {
            _mayKnowAges = true;
            var answer = await ReadStatementAsync(statement, cancel);
            sets[statement.Name] = answer;
            lost ??= _connection.State == System.Data.ConnectionState.Open ? null : answer.Error;
        }

        return snapshot with
        {
            Facts = sets,
            // What ended the session is an error of the whole reading: nothing can be asked any more.
            Error = snapshot.Error ?? lost,
        };
    }

    private async Task<FactSet> ReadStatementAsync(FactQuery statement, CancellationToken cancel)
    {
        if (_connection.State != System.Data.ConnectionState.Open)
        {
            return new FactSet(statement, [], new ObservationError("the connection was lost", null));
        }

        try
        {
            await ExecuteAsync("SAVEPOINT statement", cancel);
            var answer = await AnswerAsync(statement, cancel);
            // After an answer, too: set_config in one statement would show row security's rows, or another schema's, to the next.
            await ExecuteAsync("ROLLBACK TO SAVEPOINT statement", cancel);
            return answer;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return new FactSet(statement, [], ConnectionFailures.Observe(failure));
        }
    }

    private async Task<FactSet> AnswerAsync(FactQuery statement, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(statement.Sql, _connection);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return new FactSet(statement, await ReadFactsAsync(reader, statement.Subjects.Count, cancel), null);
        }
        catch (PostgresException refused) when (_connection.State == System.Data.ConnectionState.Open)
        {
            return new FactSet(statement, [], ConnectionFailures.Observe(refused));
        }
    }
}
