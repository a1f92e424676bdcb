using Symphony.Linting.Rules;
using Symphony.Migrations;

namespace Symphony.Linting;

/// <summary>A finding in its file.</summary>
/// <param name="Waiver">The decision that it may stand; null where it counts.</param>
public sealed record FileFinding(MigrationFile File, Finding Finding, LintWaiver? Waiver)
{
    public string Path => File.Path;

    public int Line => Finding.Statement.Line;
}

/// <summary>What judging migrations found, in the order of files and lines.</summary>
/// <param name="Judged">The files that were judged to their end.</param>
/// <param name="Findings">Also those that are waived.</param>
/// <param name="Notes">What was assumed, and waivers without effect.</param>
/// <param name="Failure">Why a file could not be judged; those after it were not.</param>
public sealed record LintReport(
    IReadOnlyList<MigrationFile> Judged,
    IReadOnlyList<FileFinding> Findings,
    IReadOnlyList<string> Notes,
    UnobservedException? Failure
)
{
    public IEnumerable<FileFinding> Counting => Findings.Where(finding => finding.Waiver is null);
}
