using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Proving;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>What follows the catalog's word, where it was asked for: the database acts, and the verifier is tried.</summary>
internal sealed class TrialStages(CliContext context, VerifyRequest request)
{
    private readonly GateStages _stages = new(context);

    public IReadOnlyDictionary<string, long> DurationsMs => _stages.DurationsMs;

    /// <summary>How long proving took.</summary>
    public TimeSpan Proving => TimeSpan.FromMilliseconds(_stages.DurationsMs.GetValueOrDefault("prove"));

    /// <summary>The report with what the trials found out. One that could not be observed to its end is an ERROR as a whole.</summary>
    public async Task<(Report Report, UnobservedException? Failure)> RunAsync(
        Report report,
        WaiverBook waivers,
        CancellationToken cancel
    )
    {
        if (!request.Prove || report.Error is not null)
        {
            return (report, null);
        }

        try
        {
            await using var session = await RolledBackSession.OpenAsync(request.Target, request.Limits, cancel);
            using var shown = new ProvingLine(context);
            var proven = await _stages.RunAsync(
                "prove",
                () => new Prover(session, shown).ProveAsync(report, waivers, cancel)
            );
            return (proven, null);
        }
        catch (UnobservedException failure)
        {
            var error = new ObservationError($"{failure.Message}: {failure.Found}", failure.SqlState);
            return (report with { Error = error }, failure);
        }
    }
}
