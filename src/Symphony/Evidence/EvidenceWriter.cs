using System.Globalization;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>Writes the evidence of a run, whatever its verdict.</summary>
public sealed class EvidenceWriter(EvidenceStore store, TimeProvider clock)
{
    /// <param name="manifests">All that was read.</param>
    /// <param name="verified">
    /// The invariants that were to be verified. A task and signature of which some were left out get a bundle in the
    /// run's folder only: half a verdict does not replace a whole one.
    /// </param>
    /// <returns>The run as it was written; its paths are below the store's folder.</returns>
    /// <exception cref="InputException">The evidence folder may not be written.</exception>
    /// <exception cref="UnobservedException">The disk is full, or fails.</exception>
    public async Task<RunDocument> WriteAsync(
        Report report,
        ManifestSet manifests,
        IReadOnlyCollection<Invariant> verified,
        RunInfo run,
        CancellationToken cancel
    )
    {
        var began = clock.GetTimestamp();
        try
        {
            using var staged = new StagedRun(store, run.RunId);
            var bundles = new List<BundleReference>();
            foreach (var draft in BundleDraft.Of(report, manifests, verified))
            {
                cancel.ThrowIfCancellationRequested();
                bundles.Add(staged.Add(draft));
            }

            var document = Describe(report, run, bundles) with
            {
                Git = await run.Git,
                DurationsMs = new Dictionary<string, long>(run.DurationsMs)
                {
                    ["evidence"] = (long)clock.GetElapsedTime(began).TotalMilliseconds,
                },
                Ended = Timestamp(clock.GetUtcNow()),
            };
            staged.Add(document);
            cancel.ThrowIfCancellationRequested();
            staged.Publish();
            Sweep(bundles);
            return document;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw store.Describe(failure);
        }
    }

    private static RunDocument Describe(Report report, RunInfo run, IReadOnlyList<BundleReference> bundles) =>
        new()
        {
            Schema = RunDocument.Identifier,
            RunId = run.RunId,
            Started = Timestamp(run.Started),
            Ended = Timestamp(run.Started),
            DurationsMs = run.DurationsMs,
            Stages = run.Stages,
            Bundles = bundles,
            Git = null,
            ToolVersion = run.ToolVersion,
            Role = report.Target.Role,
            Host = run.Host,
            Port = run.Port,
            Standby = report.Target.IsStandby,
            Argv = [.. run.Arguments.Select(Redaction.Of)],
            ReproCommand = run.ReproCommand is { } command ? Redaction.Of(command) : null,
            Mode = run.Mode,
            WaiverDate = run.WaiverDate,
            WaiverNotes = report.WaiverNotes,
            Verdict = report.Verdict,
            ExitCode = run.ExitCode,
        };

    private void Sweep(IEnumerable<BundleReference> bundles)
    {
        foreach (var task in bundles.Select(bundle => bundle.TaskId).Distinct())
        {
            StagedFile.Sweep(store.FullPath(task), clock.GetUtcNow());
        }
    }

    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
