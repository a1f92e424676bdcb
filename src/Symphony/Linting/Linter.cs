using Npgsql;
using Symphony.Kinds;
using Symphony.Linting.Rules;
using Symphony.Linting.Trials;
using Symphony.Manifests;
using Symphony.Migrations;

namespace Symphony.Linting;

/// <summary>Applies migrations to a database made for it, and judges them by what they did.</summary>
/// <param name="connectionString">Of an empty database, as a superuser. It is left as the migrations leave it.</param>
/// <param name="invariants">What is declared, and must go on to hold.</param>
public sealed class Linter(
    string connectionString,
    IReadOnlyList<Invariant> invariants,
    IProgress<string>? progress = null
)
{
    /// <summary>How rows are made that the manifests' probes cannot make up by themselves.</summary>
    public IReadOnlyList<RowRecipe> Rows { get; init; } = [];

    /// <exception cref="InputException">A waiver in a file cannot be read.</exception>
    /// <exception cref="UnobservedException">The database cannot be reached.</exception>
    public async Task<LintReport> RunAsync(
        LintPlan plan,
        IReadOnlyList<LintWaiver> waivers,
        DateOnly today,
        CancellationToken cancel
    )
    {
        var book = new LintWaiverBook([.. waivers, .. plan.Judged.SelectMany(WaiverComment.Read)], today);
        var judged = new List<MigrationScript>();
        var findings = new List<FileFinding>();
        UnobservedException? failure = null;
        var notes = new List<string>();
        try
        {
            await using var session = await TrialSession.OpenAsync(connectionString, invariants, Rows, cancel);
            try
            {
                foreach (var script in plan.Base)
                {
                    await session.ApplyAsync(script, cancel);
                }

                foreach (var script in plan.Judged)
                {
                    progress?.Report($"judging {script.Version}");
                    findings.AddRange(Judge(await session.TryAsync(script, cancel), book));
                    judged.Add(script);
                }
            }
            catch (UnobservedException unjudged)
            {
                failure = unjudged;
            }

            notes.AddRange(
                session.AssumedRoles.Select(role => $"role {role} is made by no migration; it was assumed to exist.")
            );
        }
        catch (NpgsqlException lost)
        {
            throw new UnobservedException(
                "the migrations could not be judged",
                "a server of its own that answers",
                ServerWords.Of(lost),
                "run symphony lint again",
                lost
            );
        }

        notes.AddRange(book.Notes(judged));
        return new LintReport([.. judged.Select(script => script.File)], findings, notes, failure);
    }

    private static IEnumerable<FileFinding> Judge(FileTrial trial, LintWaiverBook book) =>
        RuleRegistry
            .Rules.SelectMany(rule => rule.Judge(trial))
            .DistinctBy(finding => (finding.Rule, finding.Statement.Offset, finding.About, finding.Message))
            // The order of rules is the order of their weight, and OrderBy keeps it within a statement.
            .OrderBy(finding => finding.Statement.Offset)
            .Select(finding => book.Apply(trial.Script, finding))
            .ToList();
}
