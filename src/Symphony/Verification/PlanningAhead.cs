using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>
/// Compiles a plan on a thread beside, kind by kind. Of thousands of checks that takes a while, in which the server can
/// answer for the kinds that are ready.
/// </summary>
internal sealed class PlanningAhead
{
    private readonly List<Plan> _parts = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc cref="Plan.Compile"/>
    public PlanningAhead(
        IReadOnlyList<Invariant> invariants,
        IReadOnlyDictionary<Selector, IReadOnlyList<Subject>> matches,
        int major
    ) => Whole = Task.Run(() => Compile(Plan.CompileByKind(invariants, matches, major)));

    public Task<Plan> Whole { get; }

    /// <summary>The catalog queries there are by now; waits for the first. None where compiling failed, which the whole tells.</summary>
    public async Task<IReadOnlyList<FactQuery>> ReadyAsync()
    {
        await Task.WhenAny(_first.Task, Whole);
        lock (_parts)
        {
            return [.. _parts.SelectMany(CatalogQueries)];
        }
    }

    /// <summary>All that is asked of the catalog.</summary>
    public async Task<Questions> QuestionsAsync()
    {
        var plan = await Whole;
        return new Questions([.. CatalogQueries(plan)], plan.Relations);
    }

    /// <summary>The checks that a query decides, in the plan's order.</summary>
    public IEnumerable<PlannedCheck> ChecksOf(FactQuery query)
    {
        lock (_parts)
        {
            return _parts.First(part => part.Queries.Contains(query)).Checks.Where(check => check.Query == query.Name);
        }
    }

    private static IEnumerable<FactQuery> CatalogQueries(Plan plan) => plan.Queries.Where(query => !query.IsStatement);

    private Plan Compile(IEnumerable<Plan> parts)
    {
        foreach (var part in parts)
        {
            lock (_parts)
            {
                _parts.Add(part);
            }

            _first.TrySetResult();
        }

        return Plan.Join(_parts);
    }
}
