namespace Symphony.Catalog;

/// <summary>What a reading asks of the catalog.</summary>
/// <param name="Queries">The facts.</param>
/// <param name="Relations">What the fingerprint covers.</param>
public sealed record Questions(IReadOnlyList<FactQuery> Queries, IReadOnlyList<Subject> Relations);
