using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>The second witness, heard again in the way in which it was heard when the failure was recorded.</summary>
/// <param name="mode">As recorded; off where the catalog alone decided.</param>
/// <param name="rows">How rows are made, from the manifests as they are now.</param>
internal sealed class RecordedProbing(ProbeMode mode, IReadOnlyList<RowRecipe> rows)
{
    public ProbeMode Mode => mode;

    public async Task<(Report Report, UnobservedException? Failure)> ProbeAsync(
        Report report,
        ConnectionTarget target,
        SessionLimits limits,
        WaiverBook waivers,
        CancellationToken cancel
    )
    {
        if (mode == ProbeMode.Off || report.Error is not null)
        {
            return (report, null);
        }

        try
        {
            await using var session = await RolledBackSession.OpenAsync(target, limits, cancel);
            return (await new Prober(session, mode, rows).ProbeAsync(report, waivers, cancel), null);
        }
        catch (UnobservedException failure)
        {
            return (report, failure);
        }
    }
}
