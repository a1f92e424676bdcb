using Symphony.Postgres.Tests.Kinds;
using Symphony.Postgres.Tests.Proving;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Symphony.Postgres.Tests.Servers.LongestFirst))]

namespace Symphony.Postgres.Tests.Servers;

/// <summary>
/// Begins with the classes that take longest: the tests of a class run one after the other, and one that began late
/// would keep the whole run waiting for it alone.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly IReadOnlyList<string?> Long =
    [
        typeof(SabotageContract).FullName,
        typeof(HarmlessContract).FullName,
        typeof(KindContract).FullName,
        typeof(ReaderContract).FullName,
        typeof(ProveCommandTests).FullName,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    /// <param name="name">"Test collection for", the class, and an id.</param>
    private static int Place(string name)
    {
        var place = Long.ToList().FindIndex(@class => name.Contains($" {@class} ", StringComparison.Ordinal));
        return place < 0 ? Long.Count : place;
    }
}
