using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>
/// What every kind promises, on every server, of the changes that break what it claims. A class of its own, for classes
/// run beside each other, and this one takes longest.
/// </summary>
public sealed class SabotageContract(PostgresServers servers)
{
    [Theory]
    [MemberData(nameof(KindContract.ExamplesAndMajors), MemberType = typeof(KindContract))]
    public async Task Every_sabotage_is_noticed_and_repaired(string name, int major)
    {
        var failures = await ExampleTrials.TryAllAsync(
            servers,
            name,
            major,
            harmless: false,
            async (database, example, sabotage) =>
            {
                var broken = await database.JudgeAsync(example.Kind, example.Claim);
                if (broken.Verdict is not (Verdict.Fail or Verdict.Error) || string.IsNullOrEmpty(broken.Explanation))
                {
                    return $"was not noticed: {broken.InWords()}";
                }

                if (broken.Remedy.Count == 0 && broken.Next is null)
                {
                    return $"leaves the reader without a next step: {broken.InWords()}";
                }

                if (sabotage.BeyondRemedy)
                {
                    return null;
                }

                // An ERROR offers no remedy, for nothing may be broken; here something is, and the kind's own repairs it.
                var remedy =
                    broken.Verdict == Verdict.Fail
                        ? broken.Remedy
                        : example.Kind.Remedy(example.Claim, broken.Observed);
                await database.ExecuteAsync(remedy.Select(InTransaction));
                var repaired = await database.JudgeAsync(example.Kind, example.Claim);
                return repaired.Verdict == Verdict.Pass
                    ? null
                    : $"is not repaired by {string.Join("; ", remedy)}: {repaired.InWords()}";
            }
        );

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Everything here is rolled back, and CONCURRENTLY cannot be; it changes how long locks are held, not what is made.</summary>
    private static string InTransaction(string remedy) => remedy.Replace(" CONCURRENTLY", "", StringComparison.Ordinal);
}
