using Npgsql;
using Symphony.Linting.Rows;
using Symphony.Migrations;
using Symphony.Sql;

namespace Symphony.Linting.Trials;

/// <summary>
/// Runs a migration's transactions as the runner would, and again as long as what stopped one was the trial's doing:
/// a role that nobody made, rows of the trial that a constraint refuses.
/// </summary>
internal sealed class FileRun(MigrationSession session, Population population, OldWriters writers, StatementWatch watch)
{
    /// <summary>Roles that a migration named and nobody had made: they were made, so that it could be judged.</summary>
    public SortedSet<string> AssumedRoles { get; } = new(StringComparer.Ordinal);

    /// <param name="watched">Whether the statements are looked at; otherwise no trials come back.</param>
    /// <returns>The trials, and the statement that the server refused to run in the file's transaction.</returns>
    public async Task<(IReadOnlyList<StatementTrial> Trials, NotInTransactionException? Outside)> RunAsync(
        MigrationScript script,
        IReadOnlyList<SqlStatement> statements,
        bool watched,
        CancellationToken cancel
    )
    {
        NotInTransactionException? outside = null;
        if (script.InTransaction)
        {
            try
            {
                return (await RunUnitAsync(script, statements, 1, watched, false, cancel), null);
            }
            catch (NotInTransactionException refused)
            {
                outside = refused;
            }
        }

        var trials = new List<StatementTrial>();
        for (var i = 0; i < statements.Count; i++)
        {
            trials.AddRange(await RunUnitAsync(script, [statements[i]], i + 1, watched, true, cancel));
        }

        return (trials, outside);
    }

    private async Task<IReadOnlyList<StatementTrial>> RunUnitAsync(
        MigrationScript script,
        IReadOnlyList<SqlStatement> unit,
        int number,
        bool watched,
        bool mayRunAlone,
        CancellationToken cancel
    )
    {
        while (true)
        {
            SqlStatement? current = null;
            try
            {
                var trials = new List<StatementTrial>();
                await using var transaction = await session.BeginAsync(cancel);
                foreach (var statement in unit)
                {
                    current = statement;
                    if (watched)
                    {
                        trials.Add(await watch.RunAsync(statement, number, trials.LastOrDefault(), cancel));
                    }
                    else
                    {
                        await session.ExecuteAsync(statement, cancel);
                    }
                }

                current = null;
                await transaction.CommitAsync(cancel);
                return trials;
            }
            catch (PostgresException refusal) when (current is not null && IsAboutTheTransaction(refusal))
            {
                if (!mayRunAlone)
                {
                    throw new NotInTransactionException(current, ServerWords.Of(refusal));
                }
            }
            catch (PostgresException refusal) when (IsObstacle(refusal))
            {
                await RemoveObstacleAsync(refusal, cancel);
                continue;
            }
            catch (NpgsqlException failure)
            {
                throw TrialFailure.Of(script, current, failure);
            }

            if (await TryAloneAsync(script, unit[0], number, watched, cancel) is { } alone)
            {
                return alone;
            }
        }
    }

    /// <returns>Null when it is worth another try.</returns>
    private async Task<IReadOnlyList<StatementTrial>?> TryAloneAsync(
        MigrationScript script,
        SqlStatement statement,
        int number,
        bool watched,
        CancellationToken cancel
    )
    {
        try
        {
            if (watched)
            {
                return [await watch.RunAloneAsync(statement, number, cancel)];
            }

            await session.ExecuteAsync(statement, cancel);
            return [];
        }
        catch (PostgresException refusal) when (IsObstacle(refusal))
        {
            await RemoveObstacleAsync(refusal, cancel);
            return null;
        }
        catch (NpgsqlException failure)
        {
            throw TrialFailure.Of(script, statement, failure);
        }
    }

    private static bool IsAboutTheTransaction(PostgresException refusal) =>
        refusal.SqlState is PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination;

    private bool IsObstacle(PostgresException refusal) =>
        MissingRole.In(refusal) is { } role ? !AssumedRoles.Contains(role) : IsAboutRows(refusal) && population.HasRows;

    /// <summary>Class 23, integrity constraint violation (PostgreSQL manual, "PostgreSQL Error Codes").</summary>
    private static bool IsAboutRows(PostgresException refusal) =>
        refusal.SqlState.StartsWith("23", StringComparison.Ordinal);

    private async Task RemoveObstacleAsync(PostgresException refusal, CancellationToken cancel)
    {
        if (MissingRole.In(refusal) is { } role)
        {
            AssumedRoles.Add(role);
            await session.ExecuteAsync($"CREATE ROLE {SqlText.QuoteName(role)}", cancel);
            return;
        }

        await population.EmptyAsync(cancel);
        await writers.ForgetWhatNeedsRowsAsync(cancel);
    }
}
