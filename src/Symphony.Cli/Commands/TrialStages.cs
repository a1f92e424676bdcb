using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Probes;
using Symphony.Proving;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>What follows the catalog's word, where it was asked for: the database acts, and the verifier is tried.</summary>
internal sealed class TrialStages(CliContext context, VerifyRequest request)
{
    private readonly GateStages _stages = new(context);

    public IReadOnlyDictionary<string, long> DurationsMs => _stages.DurationsMs;

    /// <summary>How long the probes took.</summary>
    public TimeSpan Probing => TimeSpan.FromMilliseconds(_stages.DurationsMs.GetValueOrDefault("probe"));

    /// <summary>How long proving took.</summary>
    public TimeSpan Proving => TimeSpan.FromMilliseconds(_stages.DurationsMs.GetValueOrDefault("prove"));

    /// <summary>The report with what the trials found out. One that could not be observed to its end is an ERROR as a whole.</summary>
    public async Task<(Report Report, UnobservedException? Failure)> RunAsync(
        Report report,
        WaiverBook waivers,
        CancellationToken cancel
    )
    {
        if (report.Error is not null || (!request.Prove && request.Probe == ProbeMode.Off))
        {
            return (report, null);
        }

        try
        {
            await using var session = await RolledBackSession.OpenAsync(request.Target, request.Limits, cancel);
            if (request.Probe != ProbeMode.Off)
            {
                var prober = new Prober(session, request.Probe, request.Manifests.Rows);
                report = await _stages.RunAsync("probe", () => prober.ProbeAsync(report, waivers, cancel));
            }

            if (request.Prove)
            {
                using var shown = new ProvingLine(context);
                var prover = new Prover(session, request.Manifests.Rows, shown);
                report = await _stages.RunAsync("prove", () => prover.ProveAsync(report, waivers, cancel));
            }

            return (report, null);
        }
        catch (UnobservedException failure)
        {
            var error = new ObservationError($"{failure.Message}: {failure.Found}", failure.SqlState);
            return (report with { Error = error }, failure);
        }
    }
}
