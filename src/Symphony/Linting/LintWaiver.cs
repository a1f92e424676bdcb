namespace Symphony.Linting;

/// <summary>A decision, for a time, that a finding may stand.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Version">The migration's file name without <c>.sql</c>.</param>
/// <param name="Offset">Where the one statement begins that it is about; null for any statement of the file.</param>
/// <param name="About">The one object it is about, as the finding names it; null for any.</param>
/// <param name="Until">The last UTC day on which it is in force.</param>
/// <param name="Place">Where it stands: file and line.</param>
public sealed record LintWaiver(
    string Rule,
    string Version,
    int? Offset,
    string? About,
    string Reason,
    DateOnly Until,
    string Place
);
