namespace Symphony.Cli.Output.Reports;

/// <summary>
/// A view of a run's evidence for somebody else's program or for a reader: a pure function of the stored documents. The
/// same evidence gives the same bytes; no clock and no machine is asked.
/// </summary>
internal abstract class ReportFormat
{
    /// <summary>Its name in <c>--report FORMAT=FILE</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name of its file in a run's folder, with <c>--report FORMAT</c> alone.</summary>
    public abstract string FileName { get; }

    /// <summary>Text that came from a database or a manifest is escaped for whoever reads the format.</summary>
    public abstract void Write(EvidenceRun run, TextWriter output);
}
