using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Symphony.Catalog.Selectors;

namespace Symphony.Catalog;

/// <summary>
/// One connection and, on it, one read-only repeatable-read transaction: everything that is read is of one moment.
/// Names are resolved in pg_catalog only, with pg_temp last, or it would be searched first (PostgreSQL manual,
/// "search_path"); settings that change how values print are fixed.
/// </summary>
public sealed class CatalogSession : IAsyncDisposable
{
    /// <summary>What fixes the meaning of names and the spelling of values, whatever database, role and client set.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "SET LOCAL search_path = pg_catalog, pg_temp",
        "SET LOCAL DateStyle = 'ISO, YMD'",
        "SET LOCAL IntervalStyle = 'postgres'",
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL extra_float_digits = 1",
        "SET LOCAL bytea_output = 'hex'",
        "SET LOCAL quote_all_identifiers = off",
        "SET LOCAL standard_conforming_strings = on",
        // Compiling a catalog query takes longer than running it, and the planner's estimates of recursion ask for it.
        "SET LOCAL jit = off",
        // Off, a subject without a name would be one that is called NULL.
        "SET LOCAL array_nulls = on",
        // On, a claimed `x = NULL` would be read as `x IS NULL`.
        "SET LOCAL transform_null_equals = off",
        "SET LOCAL lc_monetary = 'C'",
        // A plan with a Gather on top prints its output in parentheses of its own.
        "SET LOCAL max_parallel_workers_per_gather = 0",
    ];

    private const string GuestSavepoint = "symphony_session";

    private readonly NpgsqlConnection _connection;
    private readonly SessionLimits _limits;
    private readonly bool _isGuest;

    private CatalogSession(NpgsqlConnection connection, SessionLimits limits, bool isGuest) =>
        (_connection, _limits, _isGuest) = (connection, limits, isGuest);

    public int Major => _connection.PostgreSqlVersion.Major;

    /// <exception cref="UnobservedException">The server cannot be reached, or refuses.</exception>
    public static async Task<CatalogSession> OpenAsync(
        ConnectionTarget target,
        SessionLimits limits,
        CancellationToken cancel
    )
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ToConnectionString())
        {
            ApplicationName = "symphony",
            Pooling = false,
            Enlist = false,
            IncludeErrorDetail = false,
            Timeout = (int)limits.Connect.TotalSeconds,
            // The server ends a statement first and says so; this is for one that no longer answers at all.
            CommandTimeout = (int)(limits.Statement.TotalSeconds + limits.Lock.TotalSeconds) + 10,
        };
        await using (var source = CreateSource(settings.ConnectionString))
        {
            var connection = source.CreateConnection();
            try
            {
                await connection.OpenAsync(cancel);
                var session = new CatalogSession(connection, limits, isGuest: false);
                await session.BeginAsync("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", cancel);
                return session;
            }
            catch (Exception failure)
                when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                await connection.DisposeAsync();
                throw ConnectionFailures.Describe(target, failure);
            }
            catch (OperationCanceledException)
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>
    /// A session inside the caller's open transaction, which sees what that transaction has changed and not committed.
    /// Disposing it leaves the transaction as it was: settings are undone, and so is a failure.
    /// </summary>
    /// <exception cref="UnobservedException">The server refuses, for instance because the transaction has failed.</exception>
    internal static async Task<CatalogSession> WithinAsync(
        NpgsqlConnection connection,
        SessionLimits limits,
        CancellationToken cancel
    )
    {
        var session = new CatalogSession(connection, limits, isGuest: true);
        try
        {
            await session.BeginAsync($"SAVEPOINT {GuestSavepoint}", cancel);
            return session;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw ConnectionFailures.DescribeQuery("inside the transaction", failure);
        }
    }

    /// <summary>The objects that each selector is about, in the order of their names.</summary>
    /// <exception cref="UnobservedException">A query was refused or timed out.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<Subject>>> MatchAsync(
        IReadOnlyList<Selector> selectors,
        CancellationToken cancel
    )
    {
        if (selectors.Count == 0)
        {
            return [];
        }

        await using var batch = new NpgsqlBatch(_connection);
        foreach (var selector in selectors)
        {
            batch.BatchCommands.Add(Command(selector.Sql, selector.Parameters()));
        }

        var matches = new List<IReadOnlyList<Subject>>();
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            do
            {
                var subjects = new List<Subject>();
                while (await reader.ReadAsync(cancel))
                {
                    subjects.Add(new Subject(Text(reader, 0), Text(reader, 1), Text(reader, 2)));
                }

                matches.Add(subjects);
            } while (await reader.NextResultAsync(cancel));
        }
        catch (NpgsqlException failure)
        {
            throw ConnectionFailures.DescribeQuery("the objects that the rules are about", failure);
        }

        return matches;
    }

    /// <summary>
    /// Everything the queries ask, in one batch. A query that fails ends the transaction: it and those after it come
    /// back with the error, those before it with their facts.
    /// </summary>
    /// <param name="queries">What is asked.</param>
    /// <param name="relations">What the fingerprint covers.</param>
    /// <param name="whenFactsAreThere">
    /// Gets the snapshot once it lacks nothing but the fingerprint, on which the server then works just as long as all
    /// facts took: what is done meanwhile costs no time. Not called when a query failed.
    /// </param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Snapshot> ReadAsync(
        IReadOnlyList<FactQuery> queries,
        IReadOnlyList<Subject> relations,
        Action<Snapshot> whenFactsAreThere,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Command(VersionedSql.ReadResource("Catalog/target.sql"), []));
        foreach (var query in queries)
        {
            batch.BatchCommands.Add(Command(query.Sql, query.Parameters()));
        }

        var touched = new FactQuery("fingerprint", VersionedSql.ReadResource("Catalog/fingerprint.sql"), relations);
        batch.BatchCommands.Add(Command(touched.Sql, touched.Parameters().Take(2).ToArray()));

        var sets = new Dictionary<string, FactSet>(StringComparer.Ordinal);
        Target? target = null;
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            target = await ReadTargetAsync(reader, cancel);
            foreach (var query in queries)
            {
                await reader.NextResultAsync(cancel);
                sets[query.Name] = new FactSet(query, await ReadFactsAsync(reader, query.Subjects.Count, cancel), null);
            }

            var facts = new Snapshot(target, sets, new ExpressionForms(), null);
            var fingerprint = ReadFingerprintAsync(reader, cancel);
            try
            {
                whenFactsAreThere(facts);
            }
            finally
            {
                // Even after an exception: the connection is not to be closed under a reading.
                target = target with
                {
                    SchemaFingerprint = await fingerprint,
                };
            }

            return facts with
            {
                Target = target,
            };
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            var error = ConnectionFailures.Observe(failure);
            foreach (var query in queries.Where(query => !sets.ContainsKey(query.Name)))
            {
                sets[query.Name] = new FactSet(query, [], error);
            }

            return new Snapshot(target ?? Target.Unknown, sets, new ExpressionForms(), error);
        }
    }

    /// <summary>
    /// Asks the server for the normal forms that judging wants. All of them in one round trip; only when the server
    /// refuses one are they asked one by one, each behind a savepoint, because a refusal ends the transaction.
    /// </summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task ReadFormsAsync(ExpressionForms forms, CancellationToken cancel)
    {
        var wanted = forms
            .Wanted.OrderBy(e => e.Relation.ToString(), StringComparer.Ordinal)
            .ThenBy(e => e.Text, StringComparer.Ordinal)
            .ToList();
        try
        {
            if (!await TryReadFormsAsync(wanted, forms, cancel))
            {
                foreach (var expression in wanted)
                {
                    await TryReadFormsAsync([expression], forms, cancel);
                }
            }
        }
        catch (NpgsqlException failure)
        {
            throw ConnectionFailures.DescribeQuery("the server's normal form of expressions", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGuest)
        {
            await _connection.DisposeAsync();
        }
        else if (_connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync($"ROLLBACK TO SAVEPOINT {GuestSavepoint}", CancellationToken.None);
            await ExecuteAsync($"RELEASE SAVEPOINT {GuestSavepoint}", CancellationToken.None);
        }
    }

    private static NpgsqlDataSource CreateSource(string connectionString)
    {
        // The types that are read are built in: loading the database's own would be a round trip for nothing.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString).EnableTransportSecurity();
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }

    private async Task BeginAsync(string begin, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        foreach (
            var statement in (IEnumerable<string>)
                [
                    begin,
                    "SET LOCAL transaction_read_only = on",
                    .. Settings,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SET LOCAL statement_timeout = {(long)_limits.Statement.TotalMilliseconds}"
                    ),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SET LOCAL lock_timeout = {(long)_limits.Lock.TotalMilliseconds}"
                    ),
                ]
        )
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task<bool> TryReadFormsAsync(
        IReadOnlyList<RelationExpression> wanted,
        ExpressionForms forms,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SAVEPOINT expressions"));
        foreach (var expression in wanted)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ExpressionForms.ExplainSql(expression)));
        }

        var read = new List<NormalForm>();
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            do
            {
                if (await reader.ReadAsync(cancel))
                {
                    read.Add(new NormalForm(FormOf(reader.GetString(0)), null, null));
                }
            } while (await reader.NextResultAsync(cancel));
        }
        catch (PostgresException refused) when (!ConnectionFailures.IsLimit(refused))
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT expressions", cancel);
            if (wanted is [var only])
            {
                forms.Add(only, new NormalForm(null, refused.MessageText, refused.SqlState));
            }

            return wanted.Count == 1;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            forms.Add(wanted[i], read[i]);
        }

        return true;
    }

    /// <summary>The plan's only output column.</summary>
    private static string FormOf(string plan)
    {
        using var document = JsonDocument.Parse(plan);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Output")[0].GetString()!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancel);
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

    private static async Task<string> ReadFingerprintAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetString(0);
    }

    private static async Task<JsonElement?[]> ReadFactsAsync(
        NpgsqlDataReader reader,
        int subjects,
        CancellationToken cancel
    )
    {
        var facts = new JsonElement?[subjects];
        while (await reader.ReadAsync(cancel))
        {
            var subject = reader.GetInt32(0) - 1;
            facts[subject] = facts[subject] is null
                ? JsonElement.Parse(reader.GetString(1))
                : throw new InvalidOperationException("A query answered twice for one subject.");
        }

        return facts;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Values travel as text of unknown type, exactly as they stand in the evidence; the query casts them.</summary>
    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<string?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = (object?)parameter ?? DBNull.Value }
            );
        }

        return command;
    }
}
