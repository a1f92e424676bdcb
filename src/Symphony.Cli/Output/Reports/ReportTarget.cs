namespace Symphony.Cli.Output.Reports;

/// <summary>A view that was asked for.</summary>
/// <param name="File">
/// The full path; a mere name for a file in the run's own folder, which is not known before the run is; null for
/// standard output.
/// </param>
internal sealed record ReportTarget(ReportFormat Format, string? File)
{
    /// <summary>Where it is written, once the run is known.</summary>
    /// <param name="folder">The run's own folder, as a full path.</param>
    public string? PathIn(string folder) => File is null ? null : Path.Combine(folder, File);
}
