namespace Symphony.Cli.Output.Reports;

/// <summary>The evidence itself in one object, as <c>--json</c> prints it: its bytes as they were written.</summary>
internal sealed class JsonFormat : ReportFormat
{
    public override string Name => "json";

    public override string FileName => "results.json";

    public override void Write(EvidenceRun run, TextWriter output) =>
        JsonReport.Write(run.Stored.BundleTexts, run.Stored.RunText, output);
}
