using Npgsql;
using NpgsqlTypes;
using Symphony.Catalog.Selectors;

namespace Symphony.Catalog;

/// <summary>
/// One connection and, on it, one read-only repeatable-read transaction: everything that is read is of one moment.
/// Names are resolved in pg_catalog only, with pg_temp last, or it would be searched first (PostgreSQL manual,
/// "search_path"); settings that change how values print are fixed.
/// </summary>
public sealed partial class CatalogSession : IAsyncDisposable
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
        // A policy that hides rows from this role makes a statement fail instead of finding nothing.
        "SET LOCAL row_security = off",
        // A plan with a Gather on top prints its output in parentheses of its own.
        "SET LOCAL max_parallel_workers_per_gather = 0",
    ];

    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private const string GuestSavepoint = "symphony_session";

    private readonly NpgsqlConnection _connection;
    private readonly SessionLimits _limits;
    private readonly bool _isGuest;
    private bool _isForOnce;

    /// <summary>Settings that the server has not been sent yet.</summary>
    private IReadOnlyList<string> _owed = [];

    private CatalogSession(NpgsqlConnection connection, SessionLimits limits, bool isGuest) =>
        (_connection, _limits, _isGuest) = (connection, limits, isGuest);

    /// <summary>What the fingerprint of the schema covers, when facts are read.</summary>
    public FingerprintScope Fingerprint { get; private init; }

    public int Major => _connection.PostgreSqlVersion.Major;

    /// <param name="fingerprint">What the fingerprint of the schema covers.</param>
    /// <exception cref="UnobservedException">The server cannot be reached, or refuses.</exception>
    public static async Task<CatalogSession> OpenAsync(
        ConnectionTarget target,
        SessionLimits limits,
        CancellationToken cancel,
        FingerprintScope fingerprint = FingerprintScope.Touched
    )
    {
        CatalogSession? session = null;
        await ServerConnection.OpenAsync(
            target,
            limits,
            asksAgain: false,
            async connection =>
            {
                session = new CatalogSession(connection, limits, isGuest: false) { Fingerprint = fingerprint };
                await session.BeginAsync(Begin, cancel);
            },
            cancel
        );
        return session!;
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

    /// <summary>
    /// The same for facts that are read once inside an attempt that is undone as a whole: it has no savepoint of its
    /// own, and its settings go to the server together with the first queries.
    /// </summary>
    internal static CatalogSession ForOnce(NpgsqlConnection connection, SessionLimits limits)
    {
        var session = new CatalogSession(connection, limits, isGuest: true);
        (session._isForOnce, session._owed) = (true, session.Beginning);
        return session;
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
            throw await DescribeAsync("the objects that the rules are about", failure, cancel);
        }

        return matches;
    }

    /// <summary>The rows of a catalog query of this library, every value text.</summary>
    /// <exception cref="UnobservedException">It was refused or timed out.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadRowsAsync(
        string sql,
        IReadOnlyList<string?> parameters,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Command(sql, parameters));
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var rows = new List<IReadOnlyList<string?>>();
            while (await reader.ReadAsync(cancel))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))]);
            }

            return rows;
        }
        catch (NpgsqlException failure)
        {
            throw ConnectionFailures.DescribeQuery("the catalog", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGuest)
        {
            await _connection.DisposeAsync();
        }
        else if (_connection.State == System.Data.ConnectionState.Open && !_isForOnce)
        {
            await using var end = new NpgsqlBatch(_connection);
            end.BatchCommands.Add(new NpgsqlBatchCommand($"ROLLBACK TO SAVEPOINT {GuestSavepoint}"));
            end.BatchCommands.Add(new NpgsqlBatchCommand($"RELEASE SAVEPOINT {GuestSavepoint}"));
            await end.ExecuteNonQueryAsync();
        }
    }

    private IReadOnlyList<string> Beginning =>
        [
            .. _limits.Of(_connection),
            "SET LOCAL transaction_read_only = on",
            .. Settings,
            // A guest's queries come again after every change, each of few objects: planning takes longer than running.
            .. _isGuest ? ["SET LOCAL plan_cache_mode = force_generic_plan"] : Array.Empty<string>(),
        ];

    private async Task BeginAsync(string begin, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in Beginning.Prepend(begin))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Values travel as text of unknown type, exactly as they stand in the evidence; the query casts them.</summary>
    internal static NpgsqlBatchCommand Command(string sql, IReadOnlyList<string?> parameters)
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
