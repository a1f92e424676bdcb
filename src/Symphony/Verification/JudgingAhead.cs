using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Verification;

/// <summary>
/// Judges what has arrived while the server still works on the rest: query by query, on a thread beside the one that
/// reads. The verdicts are those of <see cref="Verifier.Judge(Plan, Snapshot)"/>, whatever arrives when.
/// </summary>
/// <param name="plan">What is judged.</param>
/// <param name="waivers">For the report that is made ahead.</param>
/// <param name="progress">Hears of the verdicts, on that thread.</param>
internal sealed class JudgingAhead(Plan plan, WaiverBook waivers, IVerificationProgress? progress)
{
    private readonly ILookup<string, int> _places = Enumerable
        .Range(0, plan.Checks.Count)
        .ToLookup(place => plan.Checks[place].Query, StringComparer.Ordinal);

    private readonly CheckResult?[] _results = new CheckResult?[plan.Checks.Count];
    private readonly ExpressionForms _forms = new();
    private readonly Readings _readings = new();
    private int _queriesLeft = plan.Queries.Count;
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
                Judge(_places[facts.Query.Name], snapshot);
                _queriesLeft--;
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

        Judge(Enumerable.Range(0, _results.Length).Where(place => _results[place] is null), snapshot);
        return ([.. _results.Select(result => result!)], snapshot);
    }

    private void Judge(IEnumerable<int> places, Snapshot snapshot)
    {
        foreach (var place in places)
        {
            var result = Verifier.Judge(plan.Checks[place], snapshot, _readings);
            _results[place] = result;
            if (result.Verdict == Verdict.Pass)
            {
                progress?.Passed(result);
            }
        }
    }

    private void ReportOnceJudged(Snapshot snapshot)
    {
        if (progress is null || _queriesLeft > 0 || _results.Any(result => result is null or { IsWaiting: true }))
        {
            return;
        }

        Report = Verifier.Report(plan, snapshot, _results!, waivers);
        progress.Judged(Report);
    }
}
