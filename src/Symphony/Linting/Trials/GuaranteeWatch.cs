using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Migrations;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Linting.Trials;

/// <summary>
/// The declared invariants, verified while a migration goes on: which of those that held before it do not hold after,
/// and since which statement. An invariant that did not hold before cannot be broken. The manifests' own probes are
/// made as well, between migrations: they are what the version before writes.
/// </summary>
/// <param name="rows">How rows are made that a probe cannot make up by itself.</param>
internal sealed class GuaranteeWatch(
    NpgsqlConnection connection,
    IReadOnlyList<Invariant> invariants,
    IReadOnlyList<RowRecipe> rows
)
{
    private readonly WaiverBook _noWaivers = new([], DateOnly.MinValue);
    private readonly Dictionary<string, SqlStatement> _failingSince = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqlStatement> _lastTouched = new(StringComparer.Ordinal);
    private HashSet<string> _held = [];
    private bool _isCurrent;

    /// <summary>Finds out what holds now, unless nothing has been done since the last migration's end.</summary>
    public async Task LearnAsync(CancellationToken cancel)
    {
        _failingSince.Clear();
        _lastTouched.Clear();
        if (!_isCurrent && invariants.Count > 0)
        {
            _held = [.. Holding(await VerifyAloneAsync(invariants, cancel))];
        }
    }

    /// <summary>Something else was done to the database.</summary>
    public void Forget() => _isCurrent = false;

    /// <summary>Looks after a statement, inside its transaction.</summary>
    /// <param name="relations">What it touched: claims about other relations are left alone until the end.</param>
    public async Task LookAsync(
        SqlStatement statement,
        IReadOnlySet<(string Schema, string Name)> relations,
        CancellationToken cancel
    )
    {
        var touched = Watched.Where(invariant => Concerns(invariant, relations)).ToLookup(IsProbe);
        foreach (var probe in touched[true])
        {
            _lastTouched[probe.Id] = statement;
        }

        var concerned = touched[false].ToList();
        if (concerned.Count == 0)
        {
            return;
        }

        var holding = Holding(await VerifyAsync(concerned, cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var id in concerned.Select(invariant => invariant.Id))
        {
            if (holding.Contains(id))
            {
                _failingSince.Remove(id);
            }
            else
            {
                _failingSince.TryAdd(id, statement);
            }
        }
    }

    /// <summary>What no longer holds now that everything is committed.</summary>
    /// <param name="last">To whom a failure is put down that was not seen after any statement.</param>
    /// <exception cref="UnobservedException">It cannot be decided of an invariant whether it still holds.</exception>
    public async Task<IReadOnlyList<BrokenGuarantee>> ConcludeAsync(SqlStatement last, CancellationToken cancel)
    {
        if (invariants.Count == 0)
        {
            return [];
        }

        // All of them, and not only those that held: what holds now is what the next migration may break.
        var report = await VerifyAloneAsync(invariants, cancel);
        var watched = report.Checks.Where(check => _held.Contains(check.Invariant.Id)).ToList();
        _held = [.. Holding(report)];
        _isCurrent = true;
        if (watched.Find(check => check.Verdict == Verdict.Error && !IsProbe(check.Invariant)) is { } undecided)
        {
            throw new UnobservedException(
                $"it cannot be decided whether {undecided.Invariant.Id} still holds after the migration",
                "a verdict on every invariant that held before it",
                undecided.Explanation ?? "no answer",
                undecided.Next ?? "verify the invariant by itself: symphony verify --only " + undecided.Invariant.Id
            );
        }

        return
        [
            .. watched
                // A row that could be made before the migration and cannot be made now is a write that it refuses.
                .Where(check => check.Verdict != Verdict.Pass)
                .GroupBy(check => check.Invariant)
                .Select(failures => new BrokenGuarantee(
                    (IsProbe(failures.Key) ? _lastTouched : _failingSince).GetValueOrDefault(failures.Key.Id, last),
                    failures.Key.Id,
                    failures.Key.FailureSignature,
                    $"{failures.Key.ManifestPath}:{failures.Key.Location.Line}",
                    [.. failures.Select(check => check.Subject ?? "the rule")],
                    failures.First().Explanation ?? "it does not hold",
                    [.. failures.SelectMany(check => check.Remedy)]
                )),
        ];
    }

    /// <summary>A rule, and a claim about something else than a relation, may be concerned by everything.</summary>
    private static bool Concerns(Invariant invariant, IReadOnlySet<(string Schema, string Name)> relations) =>
        invariant.Claim is not { } claim
        || invariant.Kind.SubjectOf(claim) is not { Schema: { } schema, Relation: { } relation }
        || relations.Contains((schema, relation));

    private static bool IsProbe(Invariant invariant) => invariant.Kind.IsBehavioural;

    private List<Invariant> Watched => [.. invariants.Where(invariant => _held.Contains(invariant.Id))];

    private static IEnumerable<string> Holding(Report report) =>
        report
            .Checks.GroupBy(check => check.Invariant.Id)
            .Where(checks => checks.All(check => check.Verdict == Verdict.Pass))
            .Select(checks => checks.Key);

    private async Task<Report> VerifyAloneAsync(IReadOnlyList<Invariant> which, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var report = await ProbeAsync(await VerifyAsync(which, cancel), cancel);
        await transaction.RollbackAsync(cancel);
        return report;
    }

    private async Task<Report> ProbeAsync(Report report, CancellationToken cancel)
    {
        var prober = new Prober(RolledBackSession.Within(connection, SessionLimits.Default), ProbeMode.Direct, rows);
        var heard = new List<CheckResult>(report.Checks.Count);
        foreach (var check in report.Checks)
        {
            heard.Add(IsProbe(check.Invariant) ? await prober.ProbeAsync(check, cancel) : check);
        }

        return report with
        {
            Checks = heard,
        };
    }

    private async Task<Report> VerifyAsync(IReadOnlyList<Invariant> which, CancellationToken cancel)
    {
        await using var session = await CatalogSession.WithinAsync(connection, SessionLimits.Default, cancel);
        return await VerificationRun.VerifyAsync(which, session, _noWaivers, cancel);
    }
}
