using Npgsql;
using Symphony.Linting.Rows;
using Symphony.Manifests;
using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>
/// A database made for trials, and migrations applied to it one after the other: watched, or only so that the next can
/// stand on them.
/// </summary>
internal sealed class TrialSession : IAsyncDisposable
{
    private readonly MigrationSession _session;
    private readonly Population _population;
    private readonly OldWriters _writers;
    private readonly GuaranteeWatch _guarantees;
    private readonly StatementWatch _watch;
    private readonly FileRun _run;
    private readonly SecondRun _second;

    private TrialSession(MigrationSession session, IReadOnlyList<Invariant> invariants)
    {
        var connection = session.Connection;
        var observer = new Observer(connection);
        _session = session;
        _population = new Population(connection);
        _writers = new OldWriters(connection);
        _guarantees = new GuaranteeWatch(connection, invariants);
        _watch = new StatementWatch(
            session,
            new SchemaReader(connection, Observer.Schema),
            observer,
            _writers,
            _guarantees
        );
        _run = new FileRun(session, _population, _writers, _watch);
        _second = new SecondRun(session, observer, _watch);
    }

    /// <summary>Roles that a migration named and nobody had made: they were made, so that it could be judged.</summary>
    public IReadOnlyCollection<string> AssumedRoles => _run.AssumedRoles;

    /// <param name="connectionString">Of an empty database, as a superuser.</param>
    public static async Task<TrialSession> OpenAsync(
        string connectionString,
        IReadOnlyList<Invariant> invariants,
        CancellationToken cancel
    )
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Compiling the catalog's queries takes longer than running them; a trial does not wait for ever. What is set
            // with the connection outlasts RESET ALL.
            Options = "-c jit=off -c statement_timeout=60s",
        };
        var session = await MigrationSession.OpenAsync(settings.ConnectionString, cancel);
        await Ledger.CreateAsync(session, cancel);
        await Observer.InstallAsync(session.Connection, cancel);
        return new TrialSession(session, invariants);
    }

    /// <summary>Applies a migration without looking.</summary>
    /// <exception cref="UnobservedException">A statement failed.</exception>
    public async Task ApplyAsync(MigrationScript script, CancellationToken cancel)
    {
        await _run.RunAsync(script, Runnable(script), watched: false, cancel);
        _guarantees.Forget();
        await _session.ResetAsync(cancel);
    }

    /// <summary>Applies a migration, and says what it did.</summary>
    /// <exception cref="UnobservedException">A statement failed, so that nothing can be said of those after it.</exception>
    public async Task<FileTrial> TryAsync(MigrationScript script, CancellationToken cancel)
    {
        var start = await _watch.ImageAsync(cancel);
        await _population.FillAsync(Judged(start), cancel);
        _watch.Start = start;
        await _writers.LearnAsync(Judged(start), cancel);
        await _guarantees.LearnAsync(cancel);
        await _session.ResetAsync(cancel);

        var statements = Runnable(script);
        var (trials, outside) = await _run.RunAsync(script, statements, watched: true, cancel);
        await _session.ResetAsync(cancel);

        var end = await _watch.ImageAsync(cancel);
        var last = script.Statements[^1];
        var trial = new FileTrial(script, start, trials, end)
        {
            TransactionControl = [.. script.Statements.Where(RefusedStatement.IsTransactionControl)],
            OutsideTransaction = outside is null ? null : (outside.Statement, outside.Message),
            RefusedWriters = await _writers.ConcludeAsync(last, end, cancel),
            BrokenGuarantees = await _guarantees.ConcludeAsync(last, cancel),
        };
        if (script.InTransaction)
        {
            return trial;
        }

        // Last of all: a second run may do things that the first did not.
        var repetitions = await _second.RunAsync(statements, end, cancel);
        _guarantees.Forget();
        return trial with { Repetitions = repetitions };
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static List<SqlStatement> Runnable(MigrationScript script) =>
        [.. script.Statements.Where(statement => !RefusedStatement.IsTransactionControl(statement))];

    /// <summary>The ledger is the runner's, not the migrations'.</summary>
    private static SchemaImage Judged(SchemaImage image) =>
        new([.. image.Objects.Where(entry => entry.Identity != Ledger.Table)]);
}
