using Npgsql;
using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>
/// A file without transaction that was interrupted is run again from its beginning, so every statement of it must bear
/// a second run: it is given one.
/// </summary>
internal sealed class SecondRun(MigrationSession session, Observer observer, StatementWatch watch)
{
    /// <param name="end">The schema after the first run.</param>
    public async Task<IReadOnlyList<Repetition>> RunAsync(
        IReadOnlyList<SqlStatement> statements,
        SchemaImage end,
        CancellationToken cancel
    )
    {
        var found = new List<Repetition>();
        var image = end;
        foreach (var statement in statements)
        {
            try
            {
                var inserted = await RunAsync(statement, cancel);
                var now = await watch.ImageAsync(cancel);
                if (SecondOf(image, now) is { } second)
                {
                    found.Add(new Repetition(statement, $"a second run makes a second object, {second.Title}"));
                }
                else if (inserted)
                {
                    found.Add(new Repetition(statement, "a second run writes its rows again"));
                }

                image = now;
            }
            catch (PostgresException refusal)
            {
                found.Add(new Repetition(statement, $"a second run is refused: {ServerWords.Of(refusal)}"));
            }
        }

        await session.ResetAsync(cancel);
        return found;
    }

    /// <summary>Something whose name nothing had: what was dropped and made again has its name back.</summary>
    private static SchemaObject? SecondOf(SchemaImage before, SchemaImage after)
    {
        var names = before.Objects.Select(entry => entry.Title).ToHashSet(StringComparer.Ordinal);
        return after.Without(before).FirstOrDefault(entry => !names.Contains(entry.Title));
    }

    /// <returns>Whether rows were inserted.</returns>
    private async Task<bool> RunAsync(SqlStatement statement, CancellationToken cancel)
    {
        try
        {
            await using var transaction = await session.BeginAsync(cancel);
            var before = await observer.ObserveAsync(cancel);
            await session.ExecuteAsync(statement, cancel);
            var after = await observer.ObserveAsync(cancel);
            await transaction.CommitAsync(cancel);
            return after.Work.Any(entry =>
                entry.Value.Inserted > before.Work.GetValueOrDefault(entry.Key, TableWork.None).Inserted
            );
        }
        catch (PostgresException refusal)
            when (refusal.SqlState
                    is PostgresErrorCodes.ActiveSqlTransaction
                        or PostgresErrorCodes.InvalidTransactionTermination
            )
        {
            await session.ExecuteAsync(statement, cancel);
            return false;
        }
    }
}
