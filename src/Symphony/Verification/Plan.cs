using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>One claim about one subject, and where its fact will be found.</summary>
/// <param name="Query">The name of the query that answers it.</param>
/// <param name="Ordinal">The subject's place among that query's subjects, from 0.</param>
public sealed record PlannedCheck(Invariant Invariant, Claim Claim, Subject Subject, string Query, int Ordinal);

/// <summary>A rule that matched fewer objects than it must.</summary>
public sealed record RuleShortfall(Invariant Invariant, int Matches);

/// <summary>
/// What a run will ask: one query per kind used, whatever the number of invariants (and a statement for each claim of a
/// kind that reads rows), and the checks that the answers decide. Pure: the same manifests, matches and version give the
/// same plan.
/// </summary>
public sealed record Plan(
    IReadOnlyList<FactQuery> Queries,
    IReadOnlyList<PlannedCheck> Checks,
    IReadOnlyList<RuleShortfall> Shortfalls
)
{
    /// <summary>The relations that the plan touches, in the order of their names: what the fingerprint covers.</summary>
    public IReadOnlyList<Subject> Relations =>
        field ??= [
            .. Queries
                .SelectMany(query => query.Subjects)
                .Where(subject => subject.Relation is not null)
                .DistinctBy(subject => (subject.Schema, subject.Relation))
                .Select(subject => subject with { Name = null })
                .OrderBy(subject => subject.Schema, StringComparer.Ordinal)
                .ThenBy(subject => subject.Relation, StringComparer.Ordinal),
        ];

    /// <summary>The selectors that the invariants' rules use, each once.</summary>
    public static IReadOnlyList<Selector> SelectorsOf(IEnumerable<Invariant> invariants) =>
        [.. invariants.Select(invariant => invariant.Rule?.Selector).OfType<Selector>().Distinct()];

    /// <param name="invariants">What is to be verified.</param>
    /// <param name="matches">What each selector matched.</param>
    /// <param name="major">The server's major version, which decides the queries' text.</param>
    public static Plan Compile(
        IEnumerable<Invariant> invariants,
        IReadOnlyDictionary<Selector, IReadOnlyList<Subject>> matches,
        int major
    ) => Join([.. CompileByKind(invariants, matches, major)]);

    /// <summary>
    /// The same kind by kind, what takes longest to judge first and then in the order of their names: what is asked of
    /// one does not wait for the others.
    /// </summary>
    internal static IEnumerable<Plan> CompileByKind(
        IEnumerable<Invariant> invariants,
        IReadOnlyDictionary<Selector, IReadOnlyList<Subject>> matches,
        int major
    ) =>
        invariants
            .GroupBy(invariant => invariant.Kind)
            .OrderByDescending(kind => kind.Key.ReadsBodies)
            .ThenBy(kind => kind.Key.Key, StringComparer.Ordinal)
            .Select(kind => CompileKind(kind, matches, major));

    /// <summary>Several plans as one, statements last: theirs are the rows, and may take their time.</summary>
    internal static Plan Join(IReadOnlyList<Plan> parts) =>
        new(
            [.. parts.SelectMany(part => part.Queries).OrderBy(query => query.IsStatement)],
            [.. parts.SelectMany(part => part.Checks)],
            [.. parts.SelectMany(part => part.Shortfalls)]
        );

    private static Plan CompileKind(
        IEnumerable<Invariant> invariants,
        IReadOnlyDictionary<Selector, IReadOnlyList<Subject>> matches,
        int major
    )
    {
        var questions = new QuestionList(major);
        var checks = new List<PlannedCheck>();
        var shortfalls = new List<RuleShortfall>();
        foreach (var invariant in invariants)
        {
            foreach (var claim in ClaimsOf(invariant, matches, shortfalls))
            {
                checks.Add(questions.Ask(invariant, claim));
            }
        }

        return new Plan(questions.ToQueries(), checks, shortfalls);
    }

    private static IEnumerable<Claim> ClaimsOf(
        Invariant invariant,
        IReadOnlyDictionary<Selector, IReadOnlyList<Subject>> matches,
        List<RuleShortfall> shortfalls
    )
    {
        if (invariant.Rule is not { } rule)
        {
            return [invariant.Claim!];
        }

        var found = matches[rule.Selector];
        if (found.Count < rule.AtLeast)
        {
            shortfalls.Add(new RuleShortfall(invariant, found.Count));
        }

        return found.Select(rule.ClaimFor);
    }
}
