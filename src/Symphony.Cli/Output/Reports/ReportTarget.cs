namespace Symphony.Cli.Output.Reports;

/// <summary>A view that was asked for.</summary>
/// <param name="File">The full path; null for standard output.</param>
internal sealed record ReportTarget(ReportFormat Format, string? File);
