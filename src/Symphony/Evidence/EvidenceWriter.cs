using System.Globalization;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>Writes the evidence of a run, whatever its verdict.</summary>
public sealed class EvidenceWriter(EvidenceStore store, TimeProvider clock)
{
    /// <summary>How long another run may take to publish.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Signs the run and the log; null when nobody asked for it.</summary>
    public EvidenceSeal? Seal { get; init; }

    /// <summary>What was written of this run while it was verified; of the same store, run, manifests and invariants.</summary>
    public EvidenceAhead? Ahead { get; init; }

    /// <param name="manifests">All that was read.</param>
    /// <param name="verified">
    /// The invariants that were to be verified. A task and signature of which some were left out get a bundle in the
    /// run's folder only: half a verdict does not replace a whole one.
    /// </param>
    /// <returns>The run as it was written; its paths are below the store's folder.</returns>
    /// <exception cref="InputException">The evidence folder may not be written, or its log was cut or rewritten.</exception>
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
            using var own = Ahead is null ? new EvidenceAhead(store, run.RunId, manifests, verified) : null;
            var (staged, drafts) = (Ahead ?? own!).For(report);
            var bundles = new List<BundleReference>();
            foreach (var draft in drafts)
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
            var entry = Stage(staged, document, drafts);
            using (await EvidenceLock.TakeAsync(store.Root, Patience, clock, cancel))
            {
                Publish(staged, entry);
            }

            Sweep(bundles);
            return document;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw store.Describe(failure);
        }
    }

    /// <summary>The run's document and, with a key, its signature; and the line that the log gets for them.</summary>
    private LogEntry Stage(StagedRun staged, RunDocument run, IReadOnlyList<BundleDraft> drafts)
    {
        var digest = staged.Add(run);
        var statement = Seal?.Key is { } key ? staged.AddStatement(Envelope(key, run, digest, drafts)) : null;
        return LogEntry.Of(
            run,
            digest,
            statement,
            run.Bundles.Zip(
                drafts,
                (bundle, draft) =>
                    new LoggedBundle(
                        bundle.TaskId,
                        bundle.FailureSignature,
                        bundle.Verdict,
                        bundle.Sha256,
                        Whole: draft.Head.LeftOut.Count == 0
                    )
            )
        );
    }

    /// <summary>
    /// The log comes first: a run that shows was recorded. One that is killed in between leaves a line without a run,
    /// which passes for nothing.
    /// </summary>
    private void Publish(StagedRun staged, LogEntry entry)
    {
        Seal?.RequireConsistent(store.Root);
        EvidenceLog.Append(store.Root, entry.ToBytes());
        Seal?.WriteCheckpoint(store.Root);
        staged.Publish();
    }

    private static byte[] Envelope(
        SigningKey key,
        RunDocument run,
        string runSha256,
        IReadOnlyList<BundleDraft> drafts
    ) =>
        DsseEnvelope
            .Sign(
                Statement.Payload(
                    run,
                    runSha256,
                    drafts[0].Head.Target,
                    drafts.SelectMany(draft => draft.Head.Manifests),
                    drafts.SelectMany(draft =>
                        draft.Results.Select(check =>
                            (
                                Statement.TestName(
                                    draft.Key.TaskId,
                                    draft.Key.FailureSignature,
                                    check.Invariant.Id,
                                    check.Subject
                                ),
                                check.Verdict
                            )
                        )
                    )
                ),
                key
            )
            .ToBytes();

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
            Fingerprint = run.Fingerprint.ToString().ToLowerInvariant(),
            Standby = report.Target.IsStandby,
            Ledger = report.Target.Ledger is { } ledger ? new LedgerDocument(ledger.Version, ledger.Checksum) : null,
            Argv = [.. run.Arguments.Select(Redaction.Of)],
            ReproCommand = run.ReproCommand is { } command ? Redaction.Of(command) : null,
            Mode = run.Mode,
            WaiverDate = run.WaiverDate,
            WaiverNotes = report.WaiverNotes,
            Since = run.Since,
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
