using System.Globalization;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// OpenMetrics 1.0 text for the textfile folder of a node exporter, which reads the older Prometheus form: only what
/// both accept, so gauges alone, and no time stamps beside the samples.
/// </summary>
internal sealed class OpenMetricsReport : ReportFormat
{
    /// <summary>Each is a time series of its own; whoever has more failures than that needs no longer list.</summary>
    private const int MostSeries = 1_000;

    public override string Name => "openmetrics";

    public override string FileName => "symphony.prom";

    public override void Write(EvidenceRun run, TextWriter output)
    {
        var metrics = new MetricWriter(output);
        WriteRun(metrics, run);
        WriteBundles(metrics, run);
        WriteChecks(metrics, run);
        metrics.End();
    }

    private static void WriteRun(MetricWriter metrics, EvidenceRun run)
    {
        var document = run.Run;
        var target = run.Bundles.Select(bundle => bundle.Target).FirstOrDefault();
        metrics.Family("symphony_run", "What was verified, and by what; always 1.");
        metrics.Sample(
            1,
            ("mode", document.Mode),
            ("tool_version", document.ToolVersion),
            ("database", target?.Database ?? ""),
            ("system_identifier", target?.SystemIdentifier ?? ""),
            ("server_version_num", (target?.ServerVersionNum ?? 0).ToString(CultureInfo.InvariantCulture)),
            ("commit", document.Git?.Commit ?? "")
        );
        metrics.Family("symphony_run_started_timestamp_seconds", "When the run began, in seconds since 1970.");
        metrics.Sample(Seconds(document.Started));
        metrics.Family("symphony_run_ended_timestamp_seconds", "When its evidence had been written.");
        metrics.Sample(Seconds(document.Ended));
        metrics.Family("symphony_run_exit_code", "0 holds, 1 a failure that blocks, 2 not observed, 3 bad input.");
        metrics.Sample(document.ExitCode);
        metrics.Family("symphony_run_phase_duration_seconds", "How long each phase of the run took.");
        foreach (var phase in document.DurationsMs.Keys.Order(StringComparer.Ordinal))
        {
            metrics.Sample(document.DurationsMs[phase] / 1000m, ("phase", phase));
        }

        metrics.Family("symphony_stage_failing", "Stages that did not end well, beside the verification: 1 for each.");
        foreach (var problem in run.Problems)
        {
            metrics.Sample(1, ("stage", problem.Stage), ("verdict", problem.Verdict.Word()));
        }
    }

    private static void WriteBundles(MetricWriter metrics, EvidenceRun run)
    {
        metrics.Family("symphony_holds", "Whether a task's invariants hold or are waived: 1, or else 0.");
        foreach (var bundle in run.Bundles)
        {
            metrics.Sample(bundle.Verdict is Verdict.Pass or Verdict.Waived ? 1 : 0, Key(bundle));
        }

        metrics.Family("symphony_checks", "How many checks have each verdict.");
        foreach (var bundle in run.Bundles)
        {
            foreach (
                var (verdict, count) in new[]
                {
                    ("PASS", bundle.Summary.Pass),
                    ("FAIL", bundle.Summary.Fail),
                    ("ERROR", bundle.Summary.Error),
                    ("WAIVED", bundle.Summary.Waived),
                }
            )
            {
                metrics.Sample(count, [.. Key(bundle), ("verdict", verdict)]);
            }
        }
    }

    private static void WriteChecks(MetricWriter metrics, EvidenceRun run)
    {
        var open = run.Checks.Where(item => item.Check.Verdict != Verdict.Pass).ToList();
        metrics.Family("symphony_check_open", "Checks that do not pass, waived ones too: 1 for each.");
        foreach (var (bundle, check) in open.Take(MostSeries))
        {
            metrics.Sample(
                1,
                [.. Of(bundle, check), ("severity", check.Severity.ToString()), ("verdict", check.Verdict.Word())]
            );
        }

        metrics.Family("symphony_checks_omitted", "Checks that do not pass and have no sample of their own here.");
        metrics.Sample(Math.Max(0, open.Count - MostSeries));
        metrics.Family("symphony_waiver_expires_timestamp_seconds", "When a waiver ends, in seconds since 1970.");
        foreach (var (bundle, check) in open.Take(MostSeries).Where(item => item.Check.Waiver is not null))
        {
            // The last day is still in force.
            var days = check.Waiver!.Expires.DayNumber + 1 - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            metrics.Sample(days * 86_400m, Of(bundle, check));
        }
    }

    private static (string, string)[] Key(Bundle bundle) =>
        [("task", bundle.TaskId), ("failure_signature", bundle.FailureSignature)];

    private static (string, string)[] Of(Bundle bundle, CheckDocument check) =>
        [.. Key(bundle), ("invariant", check.Id), ("subject", check.Subject ?? "")];

    private static decimal Seconds(string time) =>
        DateTimeOffset
            .Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .ToUnixTimeMilliseconds() / 1000m;
}
