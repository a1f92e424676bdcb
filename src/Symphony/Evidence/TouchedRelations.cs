using Symphony.Catalog;

namespace Symphony.Evidence;

/// <summary>What a run was about, by its evidence: what its fingerprint covers where that is of what the run touched.</summary>
internal static class TouchedRelations
{
    /// <param name="bundles">All of the run.</param>
    /// <returns>In the order of their names.</returns>
    public static IReadOnlyList<Subject> Of(IEnumerable<Bundle> bundles) =>
        [
            .. bundles
                .SelectMany(bundle => bundle.Checks)
                .Select(check => check.Parameters)
                .Where(parameters => parameters?.Relation is not null)
                .Select(parameters => new Subject(parameters!.Schema, parameters.Relation, null))
                .Distinct()
                .OrderBy(subject => subject.Schema, StringComparer.Ordinal)
                .ThenBy(subject => subject.Relation, StringComparer.Ordinal),
        ];
}
