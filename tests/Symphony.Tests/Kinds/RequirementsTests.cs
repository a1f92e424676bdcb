using FsCheck;
using FsCheck.Fluent;
using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

public sealed class RequirementsTests
{
    /// <summary>RFC 8785 section 3.2.3: names stand in the order of their UTF-16 code units. The last requirement of a path counts.</summary>
    [Fact]
    public void Whatever_is_required_when_stands_once_and_in_the_order_of_evidence() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<List<(NonNull<string> Path, bool Value)>>(),
                required =>
                {
                    var requirements = new Requirements();
                    var last = new SortedDictionary<string, bool>(StringComparer.Ordinal);
                    foreach (var (path, value) in required)
                    {
                        requirements.Set(path.Get, value);
                        last[path.Get] = value;
                    }

                    Assert.Equal(
                        last.Select(pair => (pair.Key, (object?)pair.Value)),
                        Enumerable.Range(0, requirements.Count).Select(place => requirements[place])
                    );
                    Assert.All(last.Keys, path => Assert.True(requirements.Contains(path)));
                    Assert.False(requirements.Contains(string.Concat(last.Keys) + "+"));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_required_where_nothing_was_judged() => Assert.Equal(0, Requirements.None.Count);
}
