using System.Text.Json;
using Npgsql;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <content>Reading facts: everything the queries ask, in one batch.</content>
public sealed partial class CatalogSession
{
    /// <summary>
    /// Everything the queries ask, in one batch. A query that fails ends the transaction: it and those after it come
    /// back with the error, those before it with their facts.
    /// </summary>
    /// <param name="questions">What is asked.</param>
    /// <param name="arrived">
    /// Gets each query's facts as soon as they are there, while the server works on the next query's. It must return at
    /// once: until then nothing is read.
    /// </param>
    /// <param name="cancel">Ends the reading.</param>
    public Task<Snapshot> ReadAsync(Questions questions, Action<Target, FactSet> arrived, CancellationToken cancel) =>
        ReadAsync(questions.Queries, Task.FromResult(questions), arrived, cancel);

    /// <summary>The same while the questions are still being put together: those that are ready go first, by themselves.</summary>
    internal async Task<Snapshot> ReadAsync(
        IReadOnlyList<FactQuery> ready,
        Task<Questions> whole,
        Action<Target, FactSet> arrived,
        CancellationToken cancel
    )
    {
        var reading = new Reading();
        try
        {
            await AskAsync(ready, reading, arrived, cancel);
            var (queries, relations) = await whole;
            await AskAsync([.. queries.Where(reading.Lacks)], reading, arrived, cancel);

            // A command of its own: in the batch, the server would keep the last facts back until this was answered too.
            var fingerprint = await ReadFingerprintAsync(relations, cancel);
            reading.Target = reading.Target! with
            {
                SchemaFingerprint = fingerprint,
                Ledger = await ReadLedgerAsync(cancel),
            };
            return new Snapshot(reading.Target, reading.Sets, new ExpressionForms(), null);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            var error = await WithBlockerAsync(ConnectionFailures.Observe(failure), cancel);
            foreach (var query in (await whole).Queries.Where(reading.Lacks))
            {
                reading.Sets[query.Name] = new FactSet(query, [], error);
            }

            return new Snapshot(reading.Target ?? Target.Unknown, reading.Sets, new ExpressionForms(), error);
        }
    }

    /// <summary>One batch; the first one asks for the target, too.</summary>
    private async Task AskAsync(
        IReadOnlyList<FactQuery> queries,
        Reading reading,
        Action<Target, FactSet> arrived,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (reading.Target is null)
        {
            batch.BatchCommands.Add(Command(VersionedSql.ReadResource("Catalog/target.sql"), []));
        }
        else if (queries.Count == 0)
        {
            return;
        }

        foreach (var query in queries)
        {
            batch.BatchCommands.Add(Command(query.Sql, query.Parameters));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (reading.Target is null)
        {
            reading.Target = await ReadTargetAsync(reader, cancel);
            await reader.NextResultAsync(cancel);
        }

        foreach (var query in queries)
        {
            var facts = new FactSet(query, await ReadFactsAsync(reader, query.Subjects.Count, cancel), null);
            reading.Sets[query.Name] = facts;
            arrived(reading.Target, facts);
            await reader.NextResultAsync(cancel);
        }
    }

    /// <summary>The answers to the queries and nothing else: for judging the same again after a change.</summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    internal async Task<Snapshot> ReadFactsAsync(IReadOnlyList<FactQuery> queries, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in _owed)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        foreach (var query in queries)
        {
            batch.BatchCommands.Add(Command(query.Sql, query.Parameters));
        }

        _owed = [];
        var sets = new Dictionary<string, FactSet>(StringComparer.Ordinal);
        ObservationError? error = null;
        try
        {
            // Statements without rows are passed over.
            await using var reader = batch.BatchCommands.Count > 0 ? await batch.ExecuteReaderAsync(cancel) : null;
            foreach (var query in queries)
            {
                sets[query.Name] = new FactSet(
                    query,
                    await ReadFactsAsync(reader!, query.Subjects.Count, cancel),
                    null
                );
                await reader!.NextResultAsync(cancel);
            }
        }
        catch (PostgresException failure) when (!ConnectionFailures.IsLimit(failure))
        {
            error = ConnectionFailures.Observe(failure);
            foreach (var query in queries.Where(query => !sets.ContainsKey(query.Name)))
            {
                sets[query.Name] = new FactSet(query, [], error);
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("the catalog again", failure);
        }

        return new Snapshot(Target.Unknown, sets, new ExpressionForms(), error);
    }

    private static async Task<Target> ReadTargetAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.ReadAsync(cancel);
        return new Target(
            Text(reader, 0),
            reader.GetString(1),
            reader.GetInt32(2),
            null,
            reader.GetString(4),
            reader.GetBoolean(3)
        );
    }

    private NpgsqlBatchCommand FingerprintOf(IReadOnlyList<Subject> relations)
    {
        if (Fingerprint == FingerprintScope.Full)
        {
            var all = VersionedSql.ReadResource("Catalog/fingerprint_full.sql");
            var objects = VersionedSql.Read("Schemas/objects.sql", Major);
            return Command(all.Replace("-- objects", objects, StringComparison.Ordinal), ["{}"]);
        }

        return Command(
            VersionedSql.Read("Catalog/fingerprint.sql", Major),
            [
                SqlText.ArrayLiteral(relations.Select(relation => relation.Schema)),
                SqlText.ArrayLiteral(relations.Select(relation => relation.Relation)),
            ]
        );
    }

    private async Task<string> ReadFingerprintAsync(IReadOnlyList<Subject> relations, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        // Its lines are sorted where they are, not in a file; what users wrote has the memory that they are used to.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL work_mem = '16MB'"));
        batch.BatchCommands.Add(FingerprintOf(relations));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL work_mem TO DEFAULT"));
        batch.BatchCommands.Add(Command(VersionedSql.ReadResource("Catalog/ledger.sql"), []));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var fingerprint = reader.GetString(0);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        _hasLedger = reader.GetBoolean(0);
        return fingerprint;
    }

    private static async Task<JsonElement?[]> ReadFactsAsync(
        NpgsqlDataReader reader,
        int subjects,
        CancellationToken cancel
    )
    {
        var facts = new JsonElement?[subjects];
        byte[] json = [];
        JsonElement fact = default;
        while (await reader.ReadAsync(cancel))
        {
            var subject = reader.GetInt32(0) - 1;
            var next = reader.GetFieldValue<byte[]>(1);
            // A rule's objects are often the same to the byte, and one fact is enough for a run of them.
            if (fact.ValueKind == JsonValueKind.Undefined || !next.AsSpan().SequenceEqual(json))
            {
                (json, fact) = (next, JsonElement.Parse(next));
            }

            facts[subject] = facts[subject] is null
                ? fact
                : throw new InvalidOperationException("A query answered twice for one subject.");
        }

        return facts;
    }

    /// <summary>What was read so far.</summary>
    private sealed class Reading
    {
        public Target? Target { get; set; }

        public Dictionary<string, FactSet> Sets { get; } = new(StringComparer.Ordinal);

        public bool Lacks(FactQuery query) => !Sets.ContainsKey(query.Name);
    }
}
