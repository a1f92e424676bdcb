using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Verification;

/// <summary>
/// Judges what has arrived while the server still works on the rest: query by query, on a thread beside the one that
/// reads. The verdicts are those of <see cref="Verifier.Judge(Plan, Snapshot)"/>, whatever arrives when.
/// </summary>
/// <param name="planning">What is judged; of a query that was asked it has the checks.</param>
/// <param name="waivers">For the report that is made ahead.</param>
/// <param name="progress">Hears of the verdicts, on that thread.</param>
internal sealed class JudgingAhead(PlanningAhead planning, WaiverBook waivers, IVerificationProgress? progress)
{
    /// <summary>The verdicts on a query's checks, in the plan's order.</summary>
    private readonly Dictionary<string, List<CheckResult>> _judged = new(StringComparer.Ordinal);

    private readonly ExpressionForms _forms = new();
    private readonly Readings _readings = new();
    private Task _work = Task.CompletedTask;

    /// <summary>
    /// The report as it is before the target is wholly known; null where nobody listens, or where verdicts wait for more
    /// than the catalog queries.
    /// </summary>
    public Report? Report { get; private set; }

    /// <summary>Returns at once.</summary>
    public void Take(Target target, FactSet facts)
    {
        var snapshot = new Snapshot(
            target,
            new Dictionary<string, FactSet>(StringComparer.Ordinal) { [facts.Query.Name] = facts },
            _forms,
            null
        );
        _work = _work.ContinueWith(
            before =>
            {
                before.GetAwaiter().GetResult();
                _judged[facts.Query.Name] = [.. planning.ChecksOf(facts.Query).Select(check => Judge(check, snapshot))];
                ReportOnceJudged(snapshot);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    /// <summary>
    /// The verdicts on everything once it was read, and the snapshot with the forms that judging asked for. However it
    /// ends, nothing is being judged any more then.
    /// </summary>
    public async Task<(CheckResult[] Results, Snapshot Snapshot)> FinishAsync(Task<Snapshot> reading)
    {
        Snapshot snapshot;
        try
        {
            snapshot = (await reading) with { Forms = _forms };
        }
        finally
        {
            await _work;
        }

        return (InPlansOrder(await planning.Whole, snapshot), snapshot);
    }

    /// <summary>What was not judged ahead is judged now.</summary>
    private CheckResult[] InPlansOrder(Plan plan, Snapshot snapshot)
    {
        var next = _judged.Keys.ToDictionary(query => query, _ => 0, StringComparer.Ordinal);
        return
        [
            .. plan.Checks.Select(check =>
                _judged.TryGetValue(check.Query, out var judged) ? judged[next[check.Query]++] : Judge(check, snapshot)
            ),
        ];
    }

    private CheckResult Judge(PlannedCheck check, Snapshot snapshot)
    {
        var result = Verifier.Judge(check, snapshot, _readings);
        if (result.Verdict == Verdict.Pass)
        {
            progress?.Passed(result);
        }

        return result;
    }

    private void ReportOnceJudged(Snapshot snapshot)
    {
        if (
            progress is null
            || !planning.Whole.IsCompletedSuccessfully
            || planning.Whole.Result is not { } plan
            || plan.Queries.Count > _judged.Count
            || _judged.Values.Any(results => results.Exists(result => result.IsWaiting))
        )
        {
            return;
        }

        Report = Verifier.Report(plan, snapshot, InPlansOrder(plan, snapshot), waivers);
        progress.Judged(Report);
    }
}
