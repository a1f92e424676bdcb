using Npgsql;
using Symphony.Catalog;

namespace Symphony.Linting.Trials;

/// <summary>Looks at the transaction that is open on a connection, without leaving a trace in what it looks at.</summary>
internal sealed class Observer(NpgsqlConnection connection)
{
    /// <summary>Everything the trial itself makes is in here, and is no part of what is judged.</summary>
    public const string Schema = "symphony_lint";

    private const string Forget = $"DELETE FROM {Schema}.event";

    private readonly string _sql = VersionedSql.ReadResource("Linting/Trials/observe.sql");

    /// <summary>Puts the event triggers into a database that was made for a trial; needs a superuser.</summary>
    public static async Task InstallAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            VersionedSql.ReadResource("Linting/Trials/install.sql"),
            connection
        );
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<Observation> ObserveAsync(CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(_sql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Forget));
        // Planning takes longer than running it, and one observer looks twice at every statement.
        await batch.PrepareAsync(cancel);
        var locks = new HashSet<RelationLock>();
        var work = new Dictionary<uint, TableWork>();
        var events = new List<ServerEvent>();
        var lockTimeout = 0;
        await using var row = await batch.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            switch (row.GetString(0))
            {
                case "lock":
                    locks.Add(new RelationLock(row.GetFieldValue<uint>(1), row.GetString(2)));
                    break;
                case "work":
                    work[row.GetFieldValue<uint>(1)] = WorkOf(row.GetFieldValue<long[]>(3));
                    break;
                case "lock_timeout":
                    lockTimeout = (int)row.GetFieldValue<long[]>(3)[0];
                    break;
                case var kind:
                    events.Add(
                        new ServerEvent(
                            kind,
                            row.GetString(2),
                            row.GetFieldValue<uint>(1),
                            row.IsDBNull(4) ? "" : row.GetString(4)
                        )
                    );
                    break;
            }
        }

        return new Observation(locks, work, events, lockTimeout);
    }

    private static TableWork WorkOf(long[] numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
}
